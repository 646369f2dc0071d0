"""Crawl archive in, findings out: page state, fingerprints, linkage, clusters."""
