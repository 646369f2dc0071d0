"""Infrastructure: what hosting says, and what it does not."""

from __future__ import annotations

import hashlib

import pytest

from analysis.evidence import EvidenceClass, Trace
from analysis.fingerprints import infrastructure
from analysis.page.reading import read
from crawler.captures import Capture, Certificate, Connection, DnsFacts, HostKind, LoggedCertificate, Outcome, Resource, Role

SITE = "first.com"
STORY = (
    "<p>Songs by the megabyte, from artists of every land, in the format that you like and at the quality that you choose.</p>" * 8
)
STOCK = (("Date", "now"), ("Server", "Apache"), ("Content-Type", "text/html"), ("Content-Length", "3"))


def resource(path: str, body: str, role: Role, headers: tuple[tuple[str, str], ...] = STOCK, status: int = 200) -> Resource:
    raw = body.encode()
    return Resource(f"https://{SITE}{path}", status, headers, raw, hashlib.sha256(raw).hexdigest(), "", role, "192.0.2.7")


def certificate(*names: str) -> Certificate:
    return Certificate("f" * 64, "5" * 64, names[0], "Some CA", names, "2007-01-01", "2008-01-01")


def logged(*names: str, spki: str | None = None, host: str = SITE) -> LoggedCertificate:
    return LoggedCertificate(host, "e" * 64, spki, "Some CA", "3abe9", names, None, None)


def take(
    *more: Resource,
    headers: tuple[tuple[str, str], ...] = STOCK,
    names: tuple[str, ...] = (),
    dns: DnsFacts | None = None,
    known: LoggedCertificate | None = None,
) -> list[Trace]:
    pages = [resource(path, f"<html><body><h1>Shop</h1>{STORY}</body></html>", Role.PAGE, headers) for path in ("/a", "/b", "/c")]
    resources = tuple(sorted([*pages, *more], key=lambda r: r.url))
    connections = (Connection(SITE, "https", "192.0.2.7", certificate(*names)),) if names else ()
    capture = Capture(
        SITE,
        f"https://{SITE}/",
        HostKind.STOREFRONT,
        Outcome.FINISHED,
        "",
        resources,
        connections,
        (dns,) if dns else (),
        logged=(known,) if known else (),
    )
    return list(infrastructure.take(read(capture)))


def values(traces: list[Trace], word: str) -> set[str]:
    return {trace.value for trace in traces if trace.kind == f"infrastructure.{word}"}


def test_addresses_and_certificate() -> None:
    traces = take(names=(SITE, f"www.{SITE}"))
    assert values(traces, "address") == {"192.0.2.7"}
    assert values(traces, "certificate") == {"f" * 64}
    assert values(traces, "spki") == {"5" * 64}
    assert values(traces, "san_name") == values(traces, "bundle_key") == set()


def test_the_key_of_a_bundle_is_no_control() -> None:
    """Strangers in one certificate of a content network share its key: class B, and it names them."""
    traces = take(names=("bundle7.edge.net", SITE, "*.second.net", "third.org"))
    assert values(traces, "spki") == set()
    assert values(traces, "bundle_key") == {"5" * 64}
    assert values(traces, "san_name") == {"edge.net", "second.net", "third.org"}
    assert {trace.weight for trace in traces if trace.kind == "infrastructure.san_name"} == {4.0}
    cls = {kind.name: kind.cls for kind in infrastructure.KINDS}
    assert cls["infrastructure.bundle_key"] is EvidenceClass.PROVIDER
    assert cls["infrastructure.spki"] is EvidenceClass.LIVE_CONTROL


def test_a_logged_certificate_is_kinds_of_its_own_and_says_so() -> None:
    """Nobody saw it served: no handshake's kind may come of it, and nothing of class D."""
    traces = take(known=logged(SITE, "*.second.net", "third.org", spki="5" * 64))
    assert values(traces, "logged_certificate") == {"e" * 64}
    assert values(traces, "logged_name") == {"second.net", "third.org"}
    assert values(traces, "logged_key") == set(), "a bundle's key is whoever's asked for it"
    assert not [t for word in ("certificate", "san_name", "spki", "bundle_key") for t in values(traces, word)]
    shown = {trace.kind: (trace.text, trace.weight) for trace in traces if "logged" in trace.kind}
    assert shown["infrastructure.logged_name"] == ("named in a logged certificate for 3 sites, third.org among them", 3.0)
    assert shown["infrastructure.logged_certificate"][0] == "certificate of first.com, by Some CA, serial number 3abe9"
    own = {kind.name: kind for kind in infrastructure.KINDS if ".logged_" in kind.name}
    assert all("not seen served" in kind.means for kind in own.values())
    assert {kind.cls for kind in own.values()} == {EvidenceClass.PROVIDER, EvidenceClass.BEHIND_THE_PAGE}


def test_a_logged_key_is_taken_of_a_certificate_for_one_site_only() -> None:
    assert values(take(known=logged(SITE, f"*.{SITE}", spki="5" * 64)), "logged_key") == {"5" * 64}
    assert values(take(known=logged(SITE)), "logged_key") == set()
    assert values(take(known=logged("x.org", host="x.org")), "logged_certificate") == set()


def test_header_order_ignores_values_case_and_framing() -> None:
    chunked = (("date", "then"), ("server", "apache"), ("content-type", "text/html; charset=x"), ("transfer-encoding", "chunked"))
    assert (
        values(take(), "header_order")
        == values(take(headers=chunked), "header_order")
        == {"apache|date,server,content-type,length"}
    )


def test_uncommon_cookies_and_headers() -> None:
    own = (
        *STOCK,
        ("Set-Cookie", "reelsid_m7=abc; path=/"),
        ("Set-Cookie", "PHPSESSID=1"),
        ("X-Reel", "front"),
        ("X-Request-Id", "9"),
    )
    traces = take(headers=own)
    assert values(traces, "cookie_name") == {"reelsid_m7"}
    assert values(traces, "x_header") == {"x-reel: front"}


def test_dns_facts() -> None:
    facts = DnsFacts(
        SITE,
        a=("192.0.2.9",),
        ns=("NS1.Host.net.",),
        mx=("10 mail.host.net.", f"20 mx.{SITE}."),
        soa=("ns1.host.net. ops.other.org. 1 2 3 4 5",),
        txt=('"google-site-verification=abcDEF123456"', "v=spf1 include:host.net -all", "MS=ms12345678"),
    )
    traces = take(dns=facts)
    assert values(traces, "address") == {"192.0.2.7", "192.0.2.9"}
    assert values(traces, "name_server") == {"ns1.host.net"}
    assert values(traces, "mx") == {"mail.host.net"}
    assert values(traces, "soa") == {"ops.other.org"}
    assert values(traces, "txt_token") == {"google-site-verification=abcDEF123456", "MS=ms12345678"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("User-agent: *\nDisallow: /vault-room\nDisallow: /old-reels/\n", 1),
        ("User-agent: *\nDisallow: /cart\nDisallow: /checkout\n", 0),
        ("User-agent: *\nDisallow:\n", 0),
        ("# we use X as our ecommerce platform\nUser-agent: *\nDisallow: /a1-b2\nDisallow: /c3-d4\n", 0),
        ("<html><body>Disallow: /vault-room\nDisallow: /old-reels/</body></html>", 0),
    ],
)
def test_robots_txt_counts_only_when_it_is_somebodys_own(text: str, number: int) -> None:
    assert len(values(take(resource("/robots.txt", text, Role.ROBOTS)), "robots_txt")) == number


def test_robots_txt_is_the_same_under_another_name() -> None:
    own = f"User-agent: *\nDisallow: /vault-room\nDisallow: /old-reels/\nSitemap: https://www.{SITE}/sitemap.xml"
    (value,) = values(take(resource("/robots.txt", own, Role.ROBOTS)), "robots_txt")
    again = own.replace("https://www.", "http://").replace("Disallow", "disallow")
    assert values(take(resource("/robots.txt", again, Role.ROBOTS)), "robots_txt") == {value}


def test_redirects_sitemap_and_network_are_noted() -> None:
    moved = resource("/", "", Role.HOME, (("Location", f"https://www.{SITE}/"), ("Server", "cloudflare")), 301)
    sitemap = resource(
        "/sitemap.xml", "<urlset><url><loc>https://first.com/album/1</loc><lastmod>x</lastmod></url></urlset>", Role.SITEMAP
    )
    traces = take(moved, sitemap, headers=(*STOCK, ("CF-Ray", "1")))
    assert values(traces, "redirects") == {"301 https to https, www added"}
    assert values(traces, "sitemap") == {"1 addresses; lastmod; "}
    assert values(traces, "cdn") == {"cloudflare"}
    assert values(take(), "cdn") == set()


def test_an_empty_capture_has_no_traces() -> None:
    capture = Capture(SITE, f"https://{SITE}/", HostKind.STOREFRONT, Outcome.UNREACHABLE, "no answer", ())
    assert list(infrastructure.take(read(capture))) == []
