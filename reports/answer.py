"""What came of handing one letter over, whatever carried it: taken, put off, refused, or an answer that was never heard.

The account names no secret: what a server says is made visible, and a password that it repeats is blanked out.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reports.escape import terminal

__all__ = ["Answer", "CarrierDown", "Fate", "SendError", "read_secret", "told"]


class Fate(StrEnum):
    """ACCEPTED: the receiver answers for it now. LATER: try again. REFUSED: do not. UNSURE: all was handed over, no answer came."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answer:
    """One letter's fate, and in ``said`` the receiver's own words, made visible."""

    fate: Fate
    said: str


class SendError(ValueError):
    """The settings do not allow sending: no readable secret, or a password over an open connection."""


class CarrierDown(Exception):
    """The way itself failed, no letter was handed over; ``hopeless``: the same try in a minute would fail alike."""

    def __init__(self, said: str, *, hopeless: bool = False) -> None:
        super().__init__(said)
        self.said = said
        self.hopeless = hopeless


def read_secret(variable: str, file: Path | None, what: str) -> str:
    """The secret from ``file`` if one is named, else from the environment; empty where there is neither.

    Raises ``SendError`` for a file that cannot be read or is empty. No message repeats a character of it.
    """
    if file is None:
        return os.environ.get(variable, "")
    try:
        secret = file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SendError(f"the file of {what} cannot be read: {terminal(str(file))}: {reason}") from None
    if not secret:
        raise SendError(f"the file of {what} is empty: {terminal(str(file))}")
    return secret


def told(words: str, secrets: Iterable[str] = ()) -> str:
    """What a server or the system said, on one line, without any of ``secrets`` (nor their base64, as log-ins spell them)."""
    for secret in secrets:
        if secret:
            spelt = base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode("ascii")
            words = words.replace(secret, "***").replace(spelt, "***")
    return terminal(words, 300)
