"""What robots.txt allows, by RFC 9309: 4xx allows all, 5xx and no answer refuse all, the first 512 KiB count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

__all__ = ["ALLOW_ALL", "MAX_DELAY", "MAX_ROBOTS", "PRODUCT", "Rules", "read_robots", "refuse_all", "robots_url"]

MAX_ROBOTS = 512 * 1024
MAX_DELAY = 30.0  # seconds; a host that asks for more is not visited further than this allows
PRODUCT = "samehand"
_MAX_SITEMAPS = 20
_MAX_LINES = 20_000  # rules beyond are padding: the largest real files have some thousand lines


class _Parser(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin. ``refused_because`` says why everything is refused where the file itself was not read."""

    parser: _Parser | None = None
    refused_because: str | None = None
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether ``url`` may be asked for."""
        if self.refused_because is not None:
            return False
        if self.parser is None or urlsplit(url).path == "/robots.txt":
            return True
        return bool(self.parser.can_fetch(url, PRODUCT))


ALLOW_ALL = Rules()


def refuse_all(why: str) -> Rules:
    """Rules for an origin whose robots.txt could not be read."""
    return Rules(refused_because=why)


def robots_url(url: str) -> str:
    """The robots.txt of the origin of ``url``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def read_robots(status: int, body: bytes) -> Rules:
    """The rules that an answer to ``/robots.txt`` gives; ``body`` has its content encoding removed."""
    if 500 <= status <= 599 or status == 429:
        return refuse_all(f"robots.txt answered {status}")
    if not 200 <= status <= 299:
        return ALLOW_ALL
    text = _text(body[:MAX_ROBOTS])
    if re.match(r"\s*<(?:!doctype|html|head|body|\?xml)\b", text, re.IGNORECASE):
        return ALLOW_ALL  # a page, not rules
    lines = re.split(r"\r\n|\r|\n", text, maxsplit=_MAX_LINES)[:_MAX_LINES]
    parser = Protego.parse("\n".join(line[:2100] for line in lines))
    delay = parser.crawl_delay(PRODUCT)
    sitemaps = tuple(dict.fromkeys(str(found) for _, found in zip(range(_MAX_SITEMAPS), parser.sitemaps, strict=False)))
    return Rules(parser, None, float(delay) if delay is not None and delay == delay and delay > 0 else None, sitemaps)


def _text(body: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    return body.decode("utf-8", "replace")
