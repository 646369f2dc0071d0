"""One kind of evidence per file: what it takes from a storefront, and how two storefronts compare in it."""
