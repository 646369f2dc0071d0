"""What a crawl keeps of one storefront, as frozen values. ``crawler.archive`` writes and reads them; nothing here opens a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Capture",
    "Certificate",
    "Connection",
    "DnsFacts",
    "HostKind",
    "LoggedCertificate",
    "Outcome",
    "Resource",
    "Role",
]


class Role(StrEnum):
    """What a resource is to its storefront; the first group are pages, the second assets."""

    HOME = "home"
    LISTING = "listing"
    PRODUCT = "product"
    CART = "cart"
    CHECKOUT = "checkout"
    PAYMENT = "payment"
    LOGIN = "login"
    REGISTER = "register"
    INVITATION = "invitation"
    CONTACT = "contact"
    ABOUT = "about"
    TERMS = "terms"
    PRIVACY = "privacy"
    SHIPPING = "shipping"
    RETURNS = "returns"
    LEGAL = "legal"
    BLOG = "blog"
    ERROR_PAGE = "error-page"
    PAGE = "page"

    ROBOTS = "robots"
    SITEMAP = "sitemap"
    MANIFEST = "manifest"
    ICON = "icon"
    STYLE = "style"
    SCRIPT = "script"
    IMAGE = "image"
    FONT = "font"
    OTHER = "other"

    @property
    def is_page(self) -> bool:
        """True for the roles that people read."""
        return self not in _ASSET_ROLES


_ASSET_ROLES = frozenset(
    {
        Role.ROBOTS,
        Role.SITEMAP,
        Role.MANIFEST,
        Role.ICON,
        Role.STYLE,
        Role.SCRIPT,
        Role.IMAGE,
        Role.FONT,
        Role.OTHER,
    }
)


class HostKind(StrEnum):
    """A storefront is compared; a service (accounts host, gateway) only answers for storefronts."""

    STOREFRONT = "storefront"
    SERVICE = "service"


class Outcome(StrEnum):
    """How the visit to one storefront ended. Only ``FINISHED`` and ``BUDGET`` allow "gone" to be said of what is missing."""

    FINISHED = "finished"
    BUDGET = "budget"  # a limit was reached; what was fetched is kept
    ROBOTS = "refused-by-robots"
    UNREACHABLE = "unreachable"
    GUARD = "address-refused"
    FAILED = "failed"  # our own error; never says anything about the shop


@dataclass(frozen=True, slots=True)
class Resource:
    """One response as archived.

    ``url`` is the address as people write it (plain name, no port of a ``--hosts`` file); ``headers`` are in the
    order received; ``body`` has its content encoding removed; ``digest`` is the SHA-256 of ``body`` in hex;
    ``date`` is the WARC-Date; ``truncated`` is the WARC-Truncated reason when the body was cut.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    digest: str
    date: str
    role: Role
    address: str | None = None
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name, case-insensitively."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None

    @property
    def media_type(self) -> str:
        """The declared type without parameters, lower case; empty when none was declared."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Certificate:
    """The leaf certificate a host showed. ``fingerprint`` and ``spki`` are SHA-256 in hex."""

    fingerprint: str
    spki: str
    subject: str
    issuer: str
    sans: tuple[str, ...]
    not_before: str
    not_after: str


@dataclass(frozen=True, slots=True)
class LoggedCertificate:
    """A certificate that a log or somebody's list holds for ``host``, valid when the host was captured. Nobody saw it served.

    ``identity`` (SHA-256 in hex of issuer and serial, or of what else tells certificates apart) is no digest of its bytes,
    which are not known here. ``spki`` is the SHA-256 of the public key in hex. None is "not told".
    """

    host: str
    identity: str
    spki: str | None
    issuer: str
    serial: str | None
    sans: tuple[str, ...]
    not_before: str | None
    not_after: str | None


@dataclass(frozen=True, slots=True)
class Connection:
    """One host as it was connected to; ``certificate`` is None over plain HTTP and where the archive lacks it."""

    host: str
    scheme: str
    address: str | None
    certificate: Certificate | None


@dataclass(frozen=True, slots=True)
class DnsFacts:
    """Records of one name; an empty tuple means asked and none, a missing ``DnsFacts`` means never asked."""

    name: str
    a: tuple[str, ...] = ()
    aaaa: tuple[str, ...] = ()
    cname: tuple[str, ...] = ()
    ns: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    soa: tuple[str, ...] = ()
    txt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """All that was archived of one storefront in one crawl.

    ``site`` is the registrable domain; ``url`` the address asked for first; ``discovered_by`` the site that led
    here (None for a candidate of the list) and ``discovered_how`` one of ``crawler.discovery``'s words.
    ``resources`` are in order of URL, one per URL (the last one wins). ``logged`` was not seen by the visit but added from a log.
    """

    site: str
    url: str
    kind: HostKind
    outcome: Outcome
    reason: str
    resources: tuple[Resource, ...]
    connections: tuple[Connection, ...] = ()
    dns: tuple[DnsFacts, ...] = ()
    discovered_by: str | None = None
    discovered_how: str | None = None
    logged: tuple[LoggedCertificate, ...] = ()
