"""How the grammar of an identifier is written down.

A pattern names its account in the group ``id`` and, where the same number means another account on another server,
the server in the group ``host``. Every repetition is bounded, so a search stays linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["HOST", "UUID", "Grammar", "grammar"]

#: A quote as it stands in a script, in a JSON string inside a script, or in an attribute.
_Q = r"(?:\\{0,3}[\"']|&quot;|&#0?3[49];)"
_S = r"\s{0,20}"
#: A UUID, and a host name as the group ``host``.
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
HOST = r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})"


@dataclass(frozen=True, slots=True)
class Grammar:
    """One identifier: ``word`` names its kind, ``means`` tells an analyst what both sites have.

    ``marks`` are strings of which one must stand in the text before any pattern is tried; one with a capital is
    looked for as written, the others in any case. ``fold`` says that letter case carries nothing; ``account`` finds
    what is compared, in its first group, when the identifier names a property below an account; ``per_host`` says
    that the same number is another account on another server.
    """

    word: str
    means: str
    marks: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    fold: bool = False
    account: re.Pattern[str] | None = None
    per_host: bool = False


def grammar(
    word: str, means: str, marks: str, *patterns: str, fold: bool = False, account: str | None = None, per_host: bool = False
) -> Grammar:
    """A row of the table; in patterns ``{Q}`` stands for any quote and ``{S}`` for optional white space."""
    compiled = tuple(re.compile(p.replace("{Q}", _Q).replace("{S}", _S), re.ASCII | re.IGNORECASE) for p in patterns)
    return Grammar(word, means, tuple(marks.split()), compiled, fold, re.compile(account, re.ASCII) if account else None, per_host)
