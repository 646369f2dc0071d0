"""How well and how fast it works: measured on worlds whose operators are known, written to ``docs/quality.md``."""
