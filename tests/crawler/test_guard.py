"""The guard: which addresses may be connected to, however they are written."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest

from crawler.guard import AddressRefusedError, Guard, NotInHostsError, Target, UnresolvedError, plain_url, refusal
from crawler.hostsfile import HostEntry, HostsFile

HOSTS = HostsFile({"shop.example": (HostEntry("127.0.0.1", 18080, 18443),)})


def target(guard: Guard, url: str) -> Target:
    _, host, port = plain_url(url)
    return asyncio.run(guard.target(host, port))


def answering(*addresses: str) -> Guard:
    async def resolve(_name: str) -> list[str]:
        return list(addresses)

    return Guard(HostsFile(), resolve=resolve)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.5",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "3fff::1",
        "::127.0.0.1",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is not None
    with pytest.raises(AddressRefusedError):
        target(answering(address), "https://shop.example/")


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "193.0.6.139", "2606:4700::1111", "2a00:1450:4009::200e"])
def test_public_addresses_pass(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None
    assert target(answering(address), "http://shop.example/").endpoints == ((address, 80),)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "0.0.0.0",
        "①②⑦.⓪.⓪.①",
        "localhost",
        "[::ffff:127.0.0.1]",
        "127.0.0.1",
        "[::1]",
        "127.0.0.1.",
        "0x7f.1",
        "１２７.0.0.1",
    ],
)
def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        target(Guard(HOSTS), f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://shop.example/",
        "data:text/html,x",
        "gopher://shop.example/",
        "javascript:1",
        "http://",
        "http://a b/",
    ],
)
def test_other_schemes_and_broken_addresses_are_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        plain_url(url)


def test_credentials_and_fragments_are_not_sent() -> None:
    assert plain_url("http://user:secret@Shop.Example:80/a?b#c")[0] == "http://shop.example/a?b"


def test_one_bad_answer_refuses_the_name() -> None:
    with pytest.raises(AddressRefusedError, match=r"10\.0\.0\.5"):
        target(answering("1.1.1.1", "10.0.0.5"), "https://shop.example/")


def test_a_name_is_resolved_once_and_the_checked_address_is_kept() -> None:
    answers = iter((["1.1.1.1"], ["127.0.0.1"]))

    async def resolve(_name: str) -> list[str]:
        return next(answers)

    async def twice() -> list[tuple[tuple[str, int], ...]]:
        guard = Guard(HostsFile(), resolve=resolve)
        return [(await guard.target("shop.example", 443)).endpoints for _ in range(2)]

    assert asyncio.run(twice()) == [(("1.1.1.1", 443),)] * 2


@pytest.mark.parametrize("port", [22, 25, 6379, 81, 9200])
def test_ports_that_serve_no_shops_are_refused(port: int) -> None:
    with pytest.raises(AddressRefusedError, match="port"):
        target(answering("1.1.1.1"), f"http://shop.example:{port}/")


def test_a_candidates_own_port_is_allowed() -> None:
    async def resolve(_name: str) -> list[str]:
        return ["1.1.1.1"]

    guard = Guard(HostsFile(), own_ports=[("shop.example", 8090)], resolve=resolve)
    assert target(guard, "http://shop.example:8090/").endpoints == (("1.1.1.1", 8090),)
    with pytest.raises(AddressRefusedError):
        target(guard, "http://other.example:8090/")


def test_a_private_address_passes_only_for_the_name_that_the_hosts_file_gives_it() -> None:
    guard = Guard(HOSTS)
    assert target(guard, "http://shop.example/").endpoints == (("127.0.0.1", 18080),)
    assert target(guard, "https://shop.example/").endpoints == (("127.0.0.1", 18443),)
    for url in ("http://127.0.0.1:18080/", "http://127.0.0.1/"):
        with pytest.raises(AddressRefusedError):
            target(guard, url)
    assert guard.may_connect("127.0.0.1", 18080)
    assert not guard.may_connect("127.0.0.1", 6379)
    assert not guard.may_connect("127.0.0.2", 18080)
    assert guard.may_connect("1.1.1.1", 443)


def test_hosts_only_resolves_nothing_else() -> None:
    async def resolve(_name: str) -> list[str]:
        raise AssertionError("asked a resolver")

    guard = Guard(HOSTS, hosts_only=True, resolve=resolve)
    with pytest.raises(NotInHostsError):
        target(guard, "https://other.example/")
    with pytest.raises(NotInHostsError):
        target(guard, "https://1.1.1.1/")
    assert not guard.may_connect("1.1.1.1", 443)


def test_a_name_without_addresses_is_unresolved() -> None:
    with pytest.raises(UnresolvedError):
        target(answering(), "https://shop.example/")
