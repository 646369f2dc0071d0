"""Facts of hosts: certificates, header order, cookie names, DNS records."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import dns.asyncresolver
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import trustme

from crawler.captures import DnsFacts
from crawler.hostfacts import cookie_names, dns_facts, header_order, read_certificate, verdict


def der(authority: trustme.CA, *names: str) -> bytes:
    issued = authority.issue_cert(*names, common_name=names[0])
    return ssl.PEM_cert_to_DER_cert(issued.cert_chain_pems[0].bytes().decode())


def test_a_certificate_is_read() -> None:
    authority = trustme.CA(organization_name="Test authority")
    one, two = der(authority, "shop.example", "*.shop.example", "127.0.0.1"), der(authority, "shop.example")
    first, second = read_certificate(one), read_certificate(two)
    assert first is not None
    assert second is not None
    assert first.sans == ("*.shop.example", "127.0.0.1", "shop.example")
    assert "Test authority" in first.issuer
    assert first.not_before < first.not_after
    assert {len(first.fingerprint), len(first.spki)} == {64}
    assert first.spki != second.spki
    assert read_certificate(b"no certificate") is None


def test_the_verdict_says_why_a_browser_would_refuse() -> None:
    said = verdict((der(trustme.CA(), "shop.example"),), "shop.example")
    assert said != "ok"
    assert verdict((b"junk",), "shop.example") != "ok"


def test_header_order_and_cookie_names() -> None:
    fields = (
        ("Server", "x"),
        ("Set-Cookie", "sid=1; path=/"),
        ("server", "y"),
        ("set-cookie", " lang = en"),
        ("Set-Cookie", "broken"),
    )
    assert header_order(fields) == ("Server", "Set-Cookie", "server", "set-cookie")
    assert cookie_names(fields) == ("sid", "lang")


class Zone(asyncio.DatagramProtocol):
    """A name server on loopback that answers from a table; what is not in it is a server failure."""

    def __init__(self, table: dict[tuple[str, str], list[str]]) -> None:
        self.table = table

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        response = dns.message.make_response(query)
        name, kind = query.question[0].name, query.question[0].rdtype
        records = self.table.get((name.to_text(omit_final_dot=True), dns.rdatatype.to_text(kind)))
        if records is None:
            response.set_rcode(dns.rcode.SERVFAIL)
        elif records:
            response.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, records))
        self.transport.sendto(response.to_wire(), address)


def asked(table: dict[tuple[str, str], list[str]], name: str, zone: str) -> DnsFacts | None:
    async def run() -> DnsFacts | None:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Zone(table), local_addr=("127.0.0.1", 0))
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = transport.get_extra_info("sockname")[1]
        try:
            return await dns_facts(name, zone, resolver)
        finally:
            transport.close()

    return asyncio.run(run())


def test_dns_facts_of_a_name_and_its_zone() -> None:
    table = {
        ("www.shop.example", "A"): ["192.0.2.7", "192.0.2.5"],
        ("www.shop.example", "AAAA"): [],
        ("shop.example", "MX"): ["10 mail.shop.example."],
        ("shop.example", "TXT"): ['"v=spf1 -all"'],
    }
    assert asked(table, "www.shop.example", "shop.example") == DnsFacts(
        "www.shop.example", a=("192.0.2.5", "192.0.2.7"), mx=("10 mail.shop.example.",), txt=('"v=spf1 -all"',)
    )


def test_no_answer_at_all_is_nothing_known() -> None:
    assert asked({}, "shop.example", "shop.example") is None
