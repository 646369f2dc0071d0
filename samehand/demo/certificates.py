"""Certificates of the story's hosts, the same bytes for the same names: keys are derived, signatures are RFC 6979."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samehand.demo.world import KeyPair

__all__ = ["self_signed"]

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_NOT_BEFORE = datetime(2006, 11, 1, tzinfo=UTC)
_NOT_AFTER = datetime(2036, 11, 1, tzinfo=UTC)


def self_signed(label: str, names: tuple[str, ...], organisation: str, *, since: datetime = _NOT_BEFORE) -> KeyPair:
    """A self-signed P-256 certificate for ``names`` (the first is the common name). ``label`` decides the key.

    The keys are public knowledge (anyone can derive them) and serve loopback names only.
    """
    secret = int.from_bytes(hashlib.sha512(f"samehand story key {label}".encode()).digest()) % (_ORDER - 1) + 1
    key = ec.derive_private_key(secret, _CURVE)
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, names[0])]
    )
    serial = int.from_bytes(hashlib.sha256(f"{label}\n{since:%Y%m%d}\n{' '.join(names)}".encode()).digest()[:15]) | 1
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(since)
        .not_valid_after(_NOT_AFTER)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return KeyPair(certificate.public_bytes(serialization.Encoding.PEM), pem, names)
