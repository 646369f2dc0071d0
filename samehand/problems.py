"""What may stop a command, each with the exit code it ends in."""

from __future__ import annotations

__all__ = ["BadInput", "Interrupted", "StageFailed"]


class BadInput(ValueError):
    """Something the user gave that cannot be used (exit 2): one sentence that names it and its mend."""


class StageFailed(RuntimeError):
    """A stage that could not do its work (exit 1 unless told otherwise)."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class Interrupted(RuntimeError):
    """Stopped by a signal after closing what was open (exit 11)."""
