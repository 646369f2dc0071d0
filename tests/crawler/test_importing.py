"""Archives of other tools, of ours, whole and torn, become one crawl."""

from __future__ import annotations

import gzip
import io
import logging
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import CaptureWriter, open_crawl, write_crawl_json
from crawler.captures import Certificate, Connection, DnsFacts, HostKind, LoggedCertificate, Outcome, Role
from crawler.importing import import_archives
from crawler.items import ArchivedExchange
from crawler.problems import InputProblem

Answer = tuple[str, int, str, bytes]
HTML = "text/html; charset=utf-8"


def page(*links: str, more: str = "") -> bytes:
    anchors = "".join(f'<a href="{link}">{link.strip("/") or "home"}</a>' for link in links)
    return f"<!doctype html><html><head><title>t</title></head><body>{anchors}{more}</body></html>".encode()


SHOP: tuple[Answer, ...] = (
    (
        "https://www.shop.example/",
        200,
        HTML,
        page("/cart", "/contact", more='<script src="https://cdn.lib.example/j.js"></script>'),
    ),
    ("https://www.shop.example/cart", 200, HTML, page("/")),
    ("http://shop.example/", 301, "text/html", b""),
    ("https://www.shop.example/no-such-page-1", 404, HTML, b"<html><h1>gone</h1></html>"),
    ("https://cdn.lib.example/j.js", 200, "application/javascript", b"var a;"),
    ("https://other.example/", 200, HTML, page("/about")),
    ("https://unused.example/x.png", 200, "image/png", b"\x89PNG"),
)


def warc(answers: Sequence[Answer], *, compressed: bool = True, date: str = "2026-03-02T06:00:00Z", referer: str = "") -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed, warc_version="WARC/1.1")
    for url, status, media, body in answers:
        http = StatusAndHeaders(f"{status} X", [("Content-Type", media), ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
        fields = {"WARC-Date": date, "WARC-IP-Address": "192.0.2.1"}
        response = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=fields
        )
        if referer:
            asked = StatusAndHeaders(f"{url} HTTP/1.1", [("Referer", referer)], protocol="GET", is_http_request=True)
            request = writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=fields)
            writer.write_request_response_pair(request, response)
        else:
            writer.write_record(response)
    return out.getvalue()


def stored(folder: Path, content: bytes, name: str = "a.warc.gz") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def imported(tmp_path: Path, *files: Path, crawl_id: str | None = None) -> dict[str, dict[str, Role]]:
    crawl = open_crawl(tmp_path / "crawls" / import_archives(files, tmp_path / "crawls", crawl_id))
    return {capture.site: {resource.url: resource.role for resource in capture.resources} for capture in crawl.captures()}


EXPECTED = {
    "shop.example": {
        "http://shop.example/": Role.HOME,
        "https://cdn.lib.example/j.js": Role.SCRIPT,
        "https://www.shop.example/": Role.HOME,
        "https://www.shop.example/cart": Role.CART,
        "https://www.shop.example/no-such-page-1": Role.ERROR_PAGE,
    },
    "other.example": {"https://other.example/": Role.HOME},
}


def test_sites_become_storefronts_and_their_assets_follow(tmp_path: Path) -> None:
    assert imported(tmp_path, stored(tmp_path, warc(SHOP))) == EXPECTED
    crawl = open_crawl(tmp_path / "crawls" / "20260302T060000Z")
    capture = crawl.capture("shop.example")
    assert capture.url == "https://www.shop.example/"
    assert capture.dns == ()
    assert [(c.host, c.scheme, c.certificate) for c in capture.connections] == [
        ("shop.example", "http", None),
        ("www.shop.example", "https", None),
    ]


@pytest.mark.parametrize("form", ["plain", "one gzip member", "wacz", "folder", "two files"])
def test_every_container_gives_the_same(tmp_path: Path, form: str) -> None:
    if form == "plain":
        files = [stored(tmp_path, warc(SHOP, compressed=False), "a.warc")]
    elif form == "one gzip member":
        files = [stored(tmp_path, gzip.compress(warc(SHOP, compressed=False)))]
    elif form == "wacz":
        with zipfile.ZipFile(tmp_path / "a.wacz", "w") as archive:
            archive.writestr("datapackage.json", "{}")
            archive.writestr("archive/data.warc.gz", warc(SHOP))
        files = [tmp_path / "a.wacz"]
    elif form == "folder":
        (tmp_path / "in").mkdir()
        stored(tmp_path / "in", warc(SHOP))
        files = [tmp_path / "in"]
    else:
        files = [stored(tmp_path, warc(SHOP[:3])), stored(tmp_path, warc(SHOP[3:]), "b.warc.gz")]
    assert imported(tmp_path, *files) == EXPECTED


def test_a_referer_places_what_no_page_names(tmp_path: Path) -> None:
    first = stored(tmp_path, warc(SHOP[:1]))
    late = stored(
        tmp_path,
        warc([("https://static.example/lazy.js", 200, "text/javascript", b"1")], referer="https://www.shop.example/"),
        "b.warc.gz",
    )
    assert "https://static.example/lazy.js" in imported(tmp_path, first, late)["shop.example"]


def test_a_host_shown_in_a_frame_is_no_storefront(tmp_path: Path) -> None:
    shop = ("https://shop.example/", 200, HTML, page(more='<iframe src="https://widget.example/chat"></iframe>'))
    sites = imported(tmp_path, stored(tmp_path, warc([shop, ("https://widget.example/chat", 200, HTML, page())])))
    assert set(sites) == {"shop.example"}
    assert "https://widget.example/chat" in sites["shop.example"]


def test_a_site_known_by_inner_pages_only_is_a_storefront(tmp_path: Path) -> None:
    assert set(imported(tmp_path, stored(tmp_path, warc([("https://deep.example/p/1.html", 200, HTML, page())])))) == {
        "deep.example"
    }


def test_a_root_that_redirects_away_is_kept(tmp_path: Path) -> None:
    assert set(imported(tmp_path, stored(tmp_path, warc([("http://old.example/", 301, "", b""), *SHOP[:1]])))) == {
        "old.example",
        "shop.example",
    }


def test_revisits_of_other_tools_are_resolved(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    body = page("/cart")
    http = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
    first = writer.create_warc_record(
        "https://shop.example/",
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=http,
        warc_headers_dict={"WARC-Date": "2026-01-01T00:00:00Z"},
    )
    writer.write_record(first)
    digest = first.rec_headers.get_header("WARC-Payload-Digest")
    again = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_revisit_record(
            "https://shop.example/index.html", digest, "https://shop.example/", "2026-01-01T00:00:00Z", http_headers=again
        )
    )
    crawl = open_crawl(tmp_path / "crawls" / import_archives([stored(tmp_path, out.getvalue())], tmp_path / "crawls"))
    assert [resource.body for resource in crawl.capture("shop.example").resources] == [body, body]


def answer(url: str, headers: tuple[tuple[str, str], ...], body: bytes, truncated: str | None = None) -> ArchivedExchange:
    asked = (("Host", "x"), ("Accept", "*/*"))
    return ArchivedExchange(url, "GET", asked, 200, "OK", "HTTP/1.1", headers, body, "2007-05-03T06:00:09Z", "192.0.2.9", truncated)


def own_crawl(folder: Path) -> Path:
    """A crawl of ours: a discovered storefront, a service, and a site that was not reached."""
    crawl_id = "20070503T060000Z"
    entries = []
    for site, kind, by, outcome in (
        ("shop.example", HostKind.STOREFRONT, None, Outcome.BUDGET),
        ("mirror.example", HostKind.STOREFRONT, "shop.example", Outcome.FINISHED),
        ("accounts.example", HostKind.SERVICE, "shop.example", Outcome.FINISHED),
        ("lost.example", HostKind.STOREFRONT, None, Outcome.UNREACHABLE),
    ):
        with CaptureWriter(
            folder, site, url=f"http://{site}/", kind=kind, crawl_id=crawl_id, discovered_by=by, discovered_how=by and "moved"
        ) as writer:
            headers = (("Content-Type", HTML), ("Transfer-Encoding", "chunked"), ("X-\xe9", "1"))
            for path in ("/", "/cart", "/cart2") if outcome is not Outcome.UNREACHABLE else ():
                cut = "length" if path == "/cart" else None
                writer.exchange(answer(f"http://{site}{path}", headers, page("/cart"), truncated=cut))
            writer.exchange(answer("http://cdn.example/a.css", (("Content-Type", "text/css"),), b"a{}"))
            writer.connection(
                Connection(site, "https", "192.0.2.9", Certificate("1", "2", "s", "i", (site,), "a", "b")),
                verdict="ok",
                cookie_names=("sid",),
            )
            writer.dns(DnsFacts(site, mx=("mail.example",)))
            writer.logged(LoggedCertificate(f"old.{site}", "ab" * 32, None, "i", None, (f"old.{site}",), None, None))
            writer.close(outcome, "why")
        entries.append(writer.entry)
    write_crawl_json(folder, crawl_id, entries)
    return folder


@pytest.mark.parametrize("joined", [False, True])
def test_our_own_archives_come_back_the_same(tmp_path: Path, joined: bool) -> None:
    (tmp_path / "own").mkdir()
    own = own_crawl(tmp_path / "own")
    given = [own]
    if joined:
        given = [stored(tmp_path, b"".join(path.read_bytes() for path in sorted(own.glob("*.warc.gz"))), "all.warc.gz")]
    crawl_id = import_archives(given, tmp_path / "crawls")
    again = open_crawl(tmp_path / "crawls" / crawl_id)
    assert crawl_id == "20070503T060000Z"
    assert list(again.captures()) == list(open_crawl(own).captures())
    assert {entry.site: entry.kind for entry in again.entries}["accounts.example"] is HostKind.SERVICE


def test_a_certificate_seen_at_a_handshake_is_not_replaced_by_a_log(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    listed = tmp_path / "certificates.csv"
    listed.write_text("names\nshop.example mirror.example accounts.example\n")
    crawl_id = import_archives([own_crawl(tmp_path / "own")], tmp_path / "crawls", certificates=[listed])
    capture = open_crawl(tmp_path / "crawls" / crawl_id).capture("shop.example")
    assert [certificate.host for certificate in capture.logged] == ["old.shop.example"]
    assert capture.connections[0].certificate is not None


def test_what_can_be_read_of_a_damaged_file_is_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    content = bytearray(warc(SHOP))
    content[20] ^= 0xFF
    with caplog.at_level(logging.WARNING):
        sites = imported(tmp_path, stored(tmp_path, bytes(content[:-7])))
    assert "other.example" in sites
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "a.warc.gz is damaged at byte 0" in caplog.text
    assert "is cut off" in caplog.text


def test_no_cut_and_no_flip_ends_otherwise_than_told(tmp_path: Path) -> None:
    """Cuts and flips: a crawl of what is left, or one clear problem; never a changed page taken for whole."""
    whole = warc(SHOP)
    bodies = {body for *_, body in SHOP}
    chance = random.Random(7)
    for number in range(80):
        content = bytearray(whole)
        if number % 2:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        else:
            del content[chance.randrange(1, len(content)) :]
        crawls = tmp_path / str(number)
        try:
            crawl = open_crawl(crawls / import_archives([stored(tmp_path, bytes(content))], crawls))
        except InputProblem:
            continue
        assert {resource.body for capture in crawl.captures() for resource in capture.resources} <= bodies


def test_nothing_usable_is_one_problem(tmp_path: Path) -> None:
    for content in (b"", b"hello", b"PK\x03\x04rubbish", b"\x1f\x8b\x08garbage", b"\x28\xb5\x2f\xfdzstd"):
        with pytest.raises(InputProblem):
            import_archives([stored(tmp_path, content)], tmp_path / "crawls")
    with pytest.raises(InputProblem, match="does not exist"):
        import_archives([tmp_path / "none.warc"], tmp_path / "crawls")
    with pytest.raises(InputProblem, match="no storefront"):
        import_archives([stored(tmp_path, warc(SHOP[-1:]))], tmp_path / "crawls")
    assert not (tmp_path / "crawls").exists() or list((tmp_path / "crawls").iterdir()) == []


def test_a_crawl_is_never_overwritten(tmp_path: Path) -> None:
    path = stored(tmp_path, warc(SHOP))
    import_archives([path], tmp_path / "crawls", "20260101T000000Z")
    with pytest.raises(InputProblem, match="exists already"):
        import_archives([path], tmp_path / "crawls", "20260101T000000Z")
    with pytest.raises(InputProblem, match="no crawl id"):
        import_archives([path], tmp_path / "crawls", "../../x")


def test_a_wacz_cannot_write_elsewhere_nor_burst(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/../../../evil.warc.gz", warc(SHOP))
        archive.writestr("/archive/abs.warc.gz", warc(SHOP))
        archive.writestr("archive/bomb.warc", b"WARC/1.1" + b"\0" * 40_000_000)
        archive.writestr("archive/good.warc.gz", warc(SHOP[:2]))
    with caplog.at_level(logging.WARNING):
        assert set(imported(tmp_path, tmp_path / "a.wacz")) == {"shop.example"}
    assert "unpacks to suspiciously much" in caplog.text
    assert not list(tmp_path.parent.glob("evil*"))


def test_the_input_order_does_not_matter_to_the_captures(tmp_path: Path) -> None:
    first, second = stored(tmp_path, warc(SHOP[:3])), stored(tmp_path, warc(SHOP[3:]), "b.warc.gz")
    import_archives([first, second], tmp_path / "one")
    import_archives([second, first], tmp_path / "two")
    one, two = (list(open_crawl(tmp_path / name / "20260302T060000Z").captures()) for name in ("one", "two"))
    assert one == two
