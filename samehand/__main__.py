"""``python -m samehand``: the command line."""

from __future__ import annotations

import sys

from samehand.cli import main

if __name__ == "__main__":
    sys.exit(main())
