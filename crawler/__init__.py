"""Candidates in, crawl archive out: the only room that knows Scrapy."""
