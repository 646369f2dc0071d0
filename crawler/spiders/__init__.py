"""The spiders; there is one, ``storefront``."""
