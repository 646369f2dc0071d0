"""Host names written in running text, told apart from file names, settings and sentences without a space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["hosts_in", "may_name_host"]

#: A name of at most five labels; what follows must not make it a file, a call or half of something longer. Scripts write signs
#: before it as escapes (an apostrophe is ``u0027`` behind a backslash).
_HOST: Final = re.compile(
    r"(?<![\w./%=+\\\u00ad\u200b-\u200d\u2060-])(?:\\(?:u00[0-9a-f]{2}|[nrt]))?"
    r"(?:(?P<mail>[A-Za-z0-9][\w.+-]{0,63}@)|(?P<sure>https?:\\?/\\?/|www\.))?"
    r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,18})(?![\w@(={-]|\.[a-z])",
    re.IGNORECASE,
)
#: What stands in every name; most texts with a dot have none of it.
_DOTTED: Final = re.compile(r"\.[^\W\d_]")
#: Endings that shops have. A bare word with another one is more often a sentence without its space, or a setting.
_COMMON_ENDING: Final = re.compile(
    r"\.(?:com|net|org|info|biz|ru|su|de|fr|es|eu|uk|it|pl|nl|be|ch|at|cz|se|dk|fi|pt|gr|ua|by|kz|us|ca|au|nz|jp|cn|br|mx|ar|tv"
    r"|cc|co|io|shop|store|site|online|top|club|website|space|live|pro|xyz|app|market|fm|example)$"
)
#: Endings of files that are also endings of host names.
_FILE: Final = re.compile(
    r"\.(?:js|css|png|jpe?g|gif|svg|php|html?|aspx?|jsp|json|xml|ico|woff2?|ttf|map|min|py|sh|pl|zip|mov|md|rs)$"
)


#: Of those, endings of what is a file with a scheme before it too: an address whose slash was forgotten.
_ONLY_FILE: Final = re.compile(r"\.(?:js|css|png|jpe?g|gif|svg|php|html?|aspx?|jsp|json|xml|ico|woff2?|ttf)$")
#: Words that begin a sentence, the space before it forgotten: "a wide choice.It comes".
_BEGINS_SENTENCE: Final = re.compile(r"[a-z]\.(?:It|At|Be|Us|By|In|To|Is|No|So|Me|My|Es|De|Live|Pro|Top|Shop|Store)$")


def may_name_host(text: str) -> bool:
    """False for most texts that name no host: a quick question."""
    return _DOTTED.search(text) is not None


def hosts_in(text: str) -> Iterator[tuple[str, int]]:
    """(host in lower case, where it starts) of every host named in ``text``: after ``@`` or a scheme any, bare ones by rule."""
    if not may_name_host(text):
        return
    for match in _HOST.finditer(text):
        host = match.group("host").lower()
        is_bare = match.group("mail") is None and match.group("sure") is None
        if _ONLY_FILE.search(host) or (is_bare and not _may_be_bare(host, match.group("host"))):
            continue
        yield host, match.start()


def _may_be_bare(host: str, written: str) -> bool:
    """Whether a name that stands in a text without scheme or ``@`` is one: no file, no setting, no end of a sentence."""
    if _FILE.search(host) or not _COMMON_ENDING.search(host):
        return False
    return host.find(".") > 1 and _BEGINS_SENTENCE.search(written) is None
