"""How pages are built: outlines, grams, parts, class uses and the habits of who typed them."""
