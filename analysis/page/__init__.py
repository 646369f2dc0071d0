"""A page as fingerprints read it: parsed once, cut into tags, runs and blocks, and judged for what there is to read."""
