"""Facts about a host that are not in its pages: its certificate, its header order, its cookies' names, its DNS records."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import re
import ssl
import warnings
from collections.abc import Sequence
from functools import lru_cache

import dns.asyncresolver
import dns.exception
import dns.rdatatype
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from crawler.captures import Certificate, DnsFacts

__all__ = ["cookie_names", "dns_facts", "header_order", "read_certificate", "verdict"]

_MAX_SANS = 500
_MAX_RECORDS = 50
_MAX_TEXT = 2000
_DNS_SECONDS = 8.0
_COOKIE = re.compile(r"\s*([^=;,\s]{1,200})\s*=")


def _load(der: bytes) -> x509.Certificate:
    """A certificate, however oddly it is written: warnings of the parser are of no use to anybody here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x509.load_der_x509_certificate(der)


def read_certificate(der: bytes) -> Certificate | None:
    """The leaf certificate as recorded, or None when it cannot be read."""
    try:
        leaf = _load(der)
        spki = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        subject, issuer = leaf.subject.rfc4514_string(), leaf.issuer.rfc4514_string()
        begins, ends = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return Certificate(
        fingerprint=hashlib.sha256(der).hexdigest(),
        spki=hashlib.sha256(spki).hexdigest(),
        subject=subject[:_MAX_TEXT],
        issuer=issuer[:_MAX_TEXT],
        sans=_sans(leaf),
        not_before=begins.strftime("%Y-%m-%dT%H:%M:%SZ"),
        not_after=ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _sans(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    return tuple(sorted({name.lower()[:253] for name in found})[:_MAX_SANS])


@lru_cache(maxsize=1)
def _store() -> Store | None:
    """The machine's trust store; None where it has none."""
    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    return Store(list(map(_load, found))) if found else None


@lru_cache(maxsize=4096)
def verdict(chain: tuple[bytes, ...], host: str) -> str:
    """``ok`` when a browser would accept the chain for this host, else why not, in a few words."""
    store = _store()
    if store is None:
        return "not checked: this machine has no trust store"
    try:
        leaf, *rest = map(_load, chain)
        name: x509.GeneralName
        try:
            name = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            name = x509.DNSName(host)
        PolicyBuilder().store(store).build_server_verifier(name).verify(leaf, rest)
    except VerificationError as error:
        return " ".join(str(error).split())[:200]
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        return f"cannot be read ({type(error).__name__})"
    return "ok"


def header_order(headers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names of the header fields in the order and case received, each once."""
    return tuple(dict.fromkeys(name for name, _ in headers))


def cookie_names(headers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names of the cookies that a response sets, in order, each once."""
    found = (_COOKIE.match(value) for name, value in headers if name.lower() == "set-cookie")
    return tuple(dict.fromkeys(match[1] for match in found if match))


async def dns_facts(name: str, zone: str, resolver: dns.asyncresolver.Resolver | None = None) -> DnsFacts | None:
    """The records of ``name`` (addresses, CNAME) and of its registrable domain ``zone`` (NS, MX, SOA, TXT).

    None when no question was answered at all, for then nothing is known.
    """
    try:
        asker = resolver or dns.asyncresolver.Resolver()
    except dns.exception.DNSException:
        return None
    questions = ((name, "A"), (name, "AAAA"), (name, "CNAME"), (zone, "NS"), (zone, "MX"), (zone, "SOA"), (zone, "TXT"))
    answers = await asyncio.gather(*(_ask(asker, owner, kind) for owner, kind in questions))
    if all(answer is None for answer in answers):
        return None
    a, aaaa, cname, ns, mx, soa, txt = (answer or () for answer in answers)
    return DnsFacts(name=name, a=a, aaaa=aaaa, cname=cname, ns=ns, mx=mx, soa=soa, txt=txt)


async def _ask(resolver: dns.asyncresolver.Resolver, name: str, kind: str) -> tuple[str, ...] | None:
    try:
        answer = await resolver.resolve(
            name, dns.rdatatype.from_text(kind), lifetime=_DNS_SECONDS, raise_on_no_answer=False, search=False
        )
    except dns.resolver.NXDOMAIN:
        return ()
    except (dns.exception.DNSException, OSError, UnicodeError):
        return None
    if answer.rrset is None:
        return ()
    return tuple(sorted(record.to_text()[:_MAX_TEXT] for record in answer.rrset)[:_MAX_RECORDS])
