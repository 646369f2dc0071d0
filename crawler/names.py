"""Host names and URLs as one canonical text, and the registrable domain that stands for a storefront."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import idna
import tldextract

__all__ = ["MAX_URL", "absolute", "host_of", "is_public_suffix", "naming", "registrable", "site_of", "tidy_host", "tidy_url"]

#: Longest URL kept, in characters: what browsers and sitemaps agree on.
MAX_URL = 2083

#: The bundled snapshot only: a look-up over the network would make the same list give other storefronts tomorrow.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABELS = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_NON_ASCII = re.compile(r"[^\x21-\x7e]")


@lru_cache(maxsize=65536)
def tidy_host(host: str) -> str | None:
    """``host`` in lower case, as A-labels, without trailing dot; None where it is no host name or address.

    IPv6 literals come back without brackets, IPv4 in dotted decimal only: other spellings of an address are refused.
    """
    text = host.strip().rstrip(".").lower()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    if not text or len(text) > 255:
        return None
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        pass
    if not text.isascii():
        try:
            text = idna.encode(text, uts46=True, transitional=False).decode("ascii").lower()
        except (idna.IDNAError, UnicodeError):
            return None
    if len(text) > 253 or not _LABELS.fullmatch(text):
        return None
    last = text.rpartition(".")[2]
    if last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last):
        return None
    return text


@lru_cache(maxsize=65536)
def registrable(host: str) -> str:
    """The registrable domain of ``host`` by the Public Suffix List, private suffixes included.

    An address and a public suffix stand for themselves: ``registrable("www.shop.co.uk") == "shop.co.uk"``,
    ``registrable("127.0.0.1") == "127.0.0.1"``.
    Where ``host`` is no host name it is given back in lower case.
    """
    tidy = tidy_host(host)
    if tidy is None:
        return host.strip().lower()
    if ":" in tidy or tidy.rpartition(".")[2].isdigit():
        return tidy
    found = _EXTRACT(tidy)
    if found.suffix:
        return found.top_domain_under_public_suffix or tidy
    return ".".join(tidy.split(".")[-2:])  # the list's own rule for names that it does not know


def is_public_suffix(host: str) -> bool:
    """True for a name under which anybody may register (``co.uk``, ``myshopify.com``, a single label): no storefront itself."""
    tidy = tidy_host(host)
    if tidy is None or ":" in tidy or tidy.rpartition(".")[2].isdigit():
        return False
    return "." not in tidy or _EXTRACT(tidy).suffix == tidy


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def host_of(url: str) -> str | None:
    """The canonical host of an http(s) URL; None for anything else."""
    parts = _split(url)
    return tidy_host(parts.hostname or "") if parts else None


def site_of(url: str) -> str | None:
    """The registrable domain of an http(s) URL; None for anything else."""
    host = host_of(url)
    return registrable(host) if host else None


def tidy_url(url: str) -> str | None:
    """One spelling per http(s) address: no fragment, no credentials, no default port, host in A-labels, a path.

    None where it is no such address or longer than ``MAX_URL``.
    """
    if len(url) > 4 * MAX_URL:
        return None
    parts = _split(url.strip())
    if parts is None:
        return None
    host = tidy_host(parts.hostname or "")
    if host is None:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != _DEFAULT_PORTS[parts.scheme]:
        netloc += f":{parts.port}"
    tidy = urlunsplit((parts.scheme, netloc, _quoted(parts.path) or "/", _quoted(parts.query), ""))
    return tidy if len(tidy) <= MAX_URL else None


def _quoted(text: str) -> str:
    return _NON_ASCII.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)


def absolute(base: str, href: str) -> str | None:
    """``href`` as found on a page at ``base``, tidied; None for other schemes, bad addresses and over-long ones."""
    if len(href) > 4 * MAX_URL:
        return None
    cleaned = href.strip("\x00\t\n\x0b\x0c\r ").replace("\t", "").replace("\n", "").replace("\r", "")
    try:
        return tidy_url(urljoin(base, _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}" if found[0] != "\\" else "/", cleaned)))
    except ValueError:
        return None


def naming(site: str) -> re.Pattern[str]:
    """What finds ``site``, or a host below it, in a text: plain, defanged or inside an encoded address; no longer name with it.

    >>> [bool(naming("a.example").search(text)) for text in ("at https://www.A[.]example/", "?to=%2Fa.example", "mama.example")]
    [True, True, False]
    """
    dotted = re.escape(site).replace(r"\.", r"(?:\.|\[\.\])")
    return re.compile(rf"(?:(?<![\w-])|(?<=%[0-9a-f][0-9a-f])){dotted}(?![\[\].-]{{0,4}}\w)", re.IGNORECASE)
