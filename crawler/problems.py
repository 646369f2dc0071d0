"""What a user can mend is one exception type: its message names the file, the line where there is one, and the mend."""

from __future__ import annotations

__all__ = ["InputProblem"]


class InputProblem(Exception):
    """Input that cannot be used: the message is one sentence for the person who gave it."""
