"""The story of a shop, its mirrors, its copyist and its neighbours, served on loopback."""
