"""From links to clusters, and from last crawl's clusters to this one's."""
