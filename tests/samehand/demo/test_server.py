"""The demo's server: real sockets, real TLS, and headers that go out exactly as declared."""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from samehand.demo.server import Serving, serve
from samehand.demo.story import build_story
from samehand.demo.world import Episode, Site


@pytest.fixture(scope="module")
def episode() -> Episode:
    return build_story().episodes[1]


@pytest.fixture(scope="module")
def serving(episode: Episode) -> Iterator[Serving]:
    with serve(episode) as running:
        yield running


def ask(stream: socket.socket, request: str) -> tuple[list[str], bytes]:
    """Send one request and read one answer; the head's lines as they came and the body."""
    stream.sendall(request.encode())
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += stream.recv(65536)
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    length = next(int(line.split(": ")[1]) for line in lines if line.lower().startswith("content-length"))
    while len(body) < length and not request.startswith("HEAD"):
        body += stream.recv(65536)
    return lines, body


def connect(serving: Serving, host: str, *, tls: bool = False) -> socket.socket:
    address, http, https = serving.ports[host]
    plain = socket.create_connection((address, https if tls else http), timeout=10)
    if not tls:
        return plain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except ssl.SSLError:
        plain.close()
        raise


def certificate_of(serving: Serving, host: str) -> x509.Certificate:
    with connect(serving, host, tls=True) as stream:
        assert isinstance(stream, ssl.SSLSocket)
        shown = stream.getpeercert(binary_form=True)
        assert shown is not None
        return x509.load_der_x509_certificate(shown)


@pytest.mark.parametrize("role", ["original", "mirror", "licensed", "fraud", "twin_a"])
def test_headers_go_out_in_order_and_case_as_declared(serving: Serving, episode: Episode, role: str) -> None:
    site = episode.site(role)
    with connect(serving, site.host) as stream:
        for path in ("/", "/no-such-page"):
            lines, body = ask(stream, f"GET {path} HTTP/1.1\r\nHost: {site.host}\r\n\r\n")
            reply = site.reply(path)
            assert lines[0].startswith(f"HTTP/1.1 {reply.status} ")
            assert lines[1:] == [f"{name}: {value}" for name, value in reply.headers]
            assert body == reply.body


def test_every_resource_is_served_byte_for_byte_on_one_connection(serving: Serving, episode: Episode) -> None:
    site = episode.site("mirror")
    with connect(serving, site.host) as stream:
        for path, reply in site.replies.items():
            _, body = ask(stream, f"GET {path} HTTP/1.1\r\nHost: {site.host}\r\n\r\n")
            assert hashlib.sha256(body).digest() == hashlib.sha256(reply.body).digest(), path


def test_sni_picks_the_certificate(serving: Serving, episode: Episode) -> None:
    original, neighbour, mirror, accounts = (
        certificate_of(serving, episode.site(role).host) for role in ("original", "neighbour", "mirror", "accounts")
    )
    assert original == neighbour
    assert len({shown.fingerprint(hashes.SHA256()) for shown in (original, mirror, accounts)}) == 3
    names = accounts.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)
    assert episode.site("mirror").host in names
    assert episode.site("fraud").host not in names


def test_a_plain_shop_has_no_tls(serving: Serving, episode: Episode) -> None:
    site = episode.site("licensed")
    assert site.key_pair is None
    with pytest.raises(ssl.SSLError):
        connect(serving, site.host, tls=True)


def test_an_alias_redirects_and_a_stranger_is_refused(serving: Serving, episode: Episode) -> None:
    site = episode.site("original")
    with connect(serving, f"www.{site.host}") as stream:
        lines, _ = ask(stream, f"GET /x HTTP/1.1\r\nHost: www.{site.host}\r\n\r\n")
        assert lines[0].startswith("HTTP/1.1 301")
        assert f"Location: http://{site.host}/x" in lines
    with connect(serving, site.host) as stream:
        lines, _ = ask(stream, "GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
        assert lines[0].startswith("HTTP/1.1 421")


def test_posts_are_refused_and_logged(episode: Episode) -> None:
    site: Site = episode.site("accounts")
    with serve(episode) as serving:
        with connect(serving, site.host) as stream:
            lines, _ = ask(stream, f"POST /enter HTTP/1.1\r\nHost: {site.host}\r\nUser-Agent: t\r\nContent-Length: 3\r\n\r\na=b")
            assert lines[0].startswith("HTTP/1.1 405")
            _, body = ask(stream, f"HEAD / HTTP/1.1\r\nHost: {site.host}\r\n\r\n")
            assert body == b""
        logged = [(one.method, one.host, one.path, one.user_agent) for one in serving.accesses]
    assert logged == [("POST", site.host, "/enter", "t"), ("HEAD", site.host, "/", "")]


def test_the_hosts_text_names_every_host_with_its_ports(serving: Serving, episode: Episode) -> None:
    lines = [line.split() for line in serving.hosts.splitlines()]
    assert {name for _, name in lines} == {name for site in episode.sites for name in (site.host, *site.aliases)}
    for where, name in lines:
        address, http, https = serving.ports[name]
        assert where == f"{address}:{http},{https}"
        assert address.startswith("127.")


def test_nothing_listens_after_the_block(episode: Episode) -> None:
    with serve(episode) as serving:
        address, http, _ = serving.ports[episode.sites[0].host]
        lingering = socket.create_connection((address, http), timeout=10)
    with lingering, pytest.raises(OSError, match="refused"):
        socket.create_connection((address, http), timeout=10).close()


def test_nonsense_ends_only_its_own_connection(serving: Serving, episode: Episode) -> None:
    site = episode.site("original")
    with connect(serving, site.host) as stream:
        stream.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        assert stream.recv(10) == b""
    with connect(serving, site.host) as stream:
        lines, _ = ask(stream, f"GET / HTTP/1.1\r\nHost: {site.host}\r\n\r\n")
        assert lines[0] == "HTTP/1.1 200 OK"
