"""The crawl archive: what is written is read back, any WARC tool accepts it, and what is not whole is refused."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import (
    CRAWL_JSON,
    CaptureWriter,
    Entry,
    capture_file,
    crawl_moment,
    open_crawl,
    read_entry,
    write_crawl_json,
)
from crawler.captures import Certificate, Connection, DnsFacts, HostKind, LoggedCertificate, Outcome, Role
from crawler.items import ArchivedExchange
from crawler.problems import InputProblem

CRAWL = "20070503T060000Z"
SITE = "shop.example"
LOGGED = LoggedCertificate(SITE, "ef" * 32, None, "CN=CA", "3abe9", (SITE, "other.example"), "2007-01-01T00:00:00Z", None)
HOME = b"<html><head><title>Shop</title></head><body><a href='/cart'>Cart</a></body></html>"


def exchange(
    url: str, body: bytes = HOME, *, status: int = 200, headers: tuple[tuple[str, str], ...] = (), **more: object
) -> ArchivedExchange:
    given: dict[str, object] = {
        "url": url,
        "method": "GET",
        "request_headers": (("Host", "shop.example"), ("User-Agent", "samehand/0.1")),
        "status": status,
        "reason": "OK",
        "http_version": "HTTP/1.1",
        "headers": headers or (("Server", "nginx"), ("Content-Type", "text/html; charset=utf-8")),
        "body": body,
        "date": "2007-05-03T06:00:01Z",
        "address": "192.0.2.7",
    }
    return ArchivedExchange(**{**given, **more})  # type: ignore[arg-type]


def written(folder: Path, *exchanges: ArchivedExchange, site: str = SITE) -> Path:
    writer = CaptureWriter(
        folder,
        site,
        url=f"http://{site}/",
        kind=HostKind.STOREFRONT,
        crawl_id=CRAWL,
        discovered_by="old.example",
        discovered_how="moved",
    )
    with writer:
        for one in exchanges:
            writer.exchange(one)
        certificate = Certificate(
            "ab" * 32, "cd" * 32, "CN=shop.example", "CN=CA", ("shop.example", "*.shop.example"), "2007", "2008"
        )
        writer.connection(
            Connection(site, "https", "192.0.2.7", certificate),
            tls_version="TLSv1.3",
            verdict="ok",
            header_order=("Server",),
            cookie_names=("s",),
        )
        writer.dns(DnsFacts(site, a=("192.0.2.7",), ns=("ns1.example",)))
        writer.logged(LOGGED)
        path = writer.close(Outcome.FINISHED, "", limits={"pages": 60})
    write_crawl_json(folder, CRAWL, [writer.entry], {"software": "samehand"})
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    written(
        tmp_path, exchange("http://shop.example/"), exchange("http://shop.example/cart", b"<html>empty</html>", truncated="length")
    )
    crawl = open_crawl(tmp_path)
    capture = crawl.capture(SITE)
    assert crawl.crawl_id == CRAWL
    assert [capture] == list(crawl.captures())
    assert (capture.kind, capture.outcome, capture.discovered_by, capture.discovered_how) == (
        HostKind.STOREFRONT,
        Outcome.FINISHED,
        "old.example",
        "moved",
    )
    home, cart = capture.resources
    assert (home.url, home.role, home.body, home.address) == ("http://shop.example/", Role.HOME, HOME, "192.0.2.7")
    assert home.headers == (("Server", "nginx"), ("Content-Type", "text/html; charset=utf-8"))
    assert (cart.role, cart.truncated) == (Role.CART, "length")
    assert capture.connections[0].certificate is not None
    assert capture.connections[0].certificate.sans == ("shop.example", "*.shop.example")
    assert capture.dns[0].ns == ("ns1.example",)
    assert capture.logged == (LOGGED,)


def test_warcio_finds_no_fault_and_every_kind_of_record(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        exchange("http://shop.example/"),
        exchange("http://shop.example/copy"),
        exchange(
            "http://shop.example/chunked",
            b"<html>x</html>",
            headers=(("Transfer-Encoding", "chunked"), ("Content-Type", "text/html")),
        ),
        exchange("http://shop.example/gz", gzip.compress(HOME, mtime=0), headers=(("Content-Encoding", "gzip"),)),
    )
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "fail" not in checked.stdout
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds.count("revisit") == 1
    assert {"warcinfo", "response", "request", "metadata", "revisit"} == set(kinds)
    with path.open("rb") as file:
        payloads = {
            record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
            for record in ArchiveIterator(file)
            if record.rec_type == "response"
        }
    assert payloads["http://shop.example/chunked"] == b"<html>x</html>"
    assert payloads["http://shop.example/gz"] == HOME


def test_a_repeated_payload_is_stored_once_and_read_twice(tmp_path: Path) -> None:
    written(tmp_path, exchange("http://shop.example/a"), exchange("http://shop.example/b", headers=(("X-Own", "b"),)))
    first, second = open_crawl(tmp_path).capture(SITE).resources
    assert first.body == second.body == HOME
    assert second.header("x-own") == "b"


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    paths = [
        written(tmp_path / name, exchange("http://shop.example/"), exchange("http://shop.example/b")) for name in ("one", "two")
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert (tmp_path / "one" / CRAWL_JSON).read_bytes() == (tmp_path / "two" / CRAWL_JSON).read_bytes()


def test_headers_come_back_as_received(tmp_path: Path) -> None:
    headers = (
        ("set-cookie", "a=1; path=/"),
        ("Transfer-Encoding", "chunked"),
        ("SET-Cookie", "b=2"),
        ("X-Name", "caf\xe9"),
        ("Location", "/x\r\nInjected: 1"),
    )
    written(tmp_path, exchange("http://shop.example/", headers=headers))
    (home,) = open_crawl(tmp_path).capture(SITE).resources
    assert home.headers[:4] == headers[:4]
    assert home.header("injected") is None


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(HOME)),
        ("deflate", zlib.compress(HOME)),
        ("br", brotli.compress(HOME)),
        ("gzip, br", brotli.compress(gzip.compress(HOME))),
        ("gzip", HOME),
    ],
    ids=["gzip", "deflate", "br", "two layers", "declared only"],
)
def test_content_encodings_are_removed_at_reading(tmp_path: Path, encoding: str, body: bytes) -> None:
    written(
        tmp_path, exchange("http://shop.example/", body, headers=(("Content-Encoding", encoding), ("Content-Type", "text/html")))
    )
    (home,) = open_crawl(tmp_path).capture(SITE).resources
    assert (home.body, home.truncated) == (HOME, None)


def test_what_decodes_before_the_damage_is_kept_and_marked(tmp_path: Path) -> None:
    body = gzip.compress(HOME * 400)[:-20]
    written(tmp_path, exchange("http://shop.example/", body, headers=(("Content-Encoding", "gzip"),)))
    (home,) = open_crawl(tmp_path).capture(SITE).resources
    assert home.body.startswith(HOME)
    assert home.truncated == "unspecified"


def test_a_bomb_is_cut_and_marked(tmp_path: Path) -> None:
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(engine.compress(b"\0" * 2**20) for _ in range(64)) + engine.flush()
    written(tmp_path, exchange("http://shop.example/", body, headers=(("Content-Encoding", "gzip"),)))
    (home,) = open_crawl(tmp_path).capture(SITE).resources
    assert len(home.body) == 16 * 2**20
    assert home.truncated == "length"


def test_the_last_answer_of_an_address_wins(tmp_path: Path) -> None:
    written(tmp_path, exchange("http://shop.example"), exchange("http://SHOP.example:80/#top", b"<html>later</html>"))
    (home,) = open_crawl(tmp_path).capture(SITE).resources
    assert (home.url, home.body) == ("http://shop.example/", b"<html>later</html>")


def test_a_visit_without_an_answer_is_told(tmp_path: Path) -> None:
    entry = Entry("gone.example", "http://gone.example/", HostKind.STOREFRONT, Outcome.UNREACHABLE, "no such name")
    write_crawl_json(tmp_path, CRAWL, [entry])
    capture = open_crawl(tmp_path).capture("gone.example")
    assert (capture.outcome, capture.reason, capture.resources) == (Outcome.UNREACHABLE, "no such name", ())
    with pytest.raises(InputProblem, match="did not visit"):
        open_crawl(tmp_path).capture("other.example")


def test_the_entry_can_be_read_from_the_file_alone(tmp_path: Path) -> None:
    path = written(tmp_path, exchange("http://shop.example/"), exchange("http://shop.example/copy"))
    assert read_entry(path) == open_crawl(tmp_path).entries[0]
    assert read_entry(path).responses == 2


def test_an_unclosed_capture_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with CaptureWriter(tmp_path, SITE, url="http://shop.example/", kind=HostKind.STOREFRONT, crawl_id=CRAWL) as writer:
            writer.exchange(exchange("http://shop.example/"))
            raise KeyError("stop")

    with pytest.raises(KeyError):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious")
    folder = tmp_path / "crawl"
    folder.mkdir()
    (folder / f"{capture_file(SITE)}.part").symlink_to(outside)
    (folder / capture_file(SITE)).symlink_to(outside)
    written(folder, exchange("http://shop.example/"))
    assert outside.read_text() == "precious"
    assert open_crawl(folder).capture(SITE).resources


def test_hostile_sites_do_not_name_files() -> None:
    assert all(set(capture_file(site)) <= set("0123456789abcdef.wrgz") for site in ("../../etc/x", "CON", "=cmd", "a" * 300))


@pytest.mark.parametrize("change", ["flip", "cut", "missing"])
def test_a_changed_file_is_refused(tmp_path: Path, change: str) -> None:
    path = written(tmp_path, exchange("http://shop.example/"))
    raw = bytearray(path.read_bytes())
    if change == "flip":
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw)
    elif change == "cut":
        path.write_bytes(raw[:-9])
    else:
        path.unlink()
    with pytest.raises(InputProblem, match="restore it"):
        list(open_crawl(tmp_path).captures())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 2}, "version 2"),
        ({"format": "else"}, "is not the crawl.json"),
        ({"sites": [{}]}, "lacks or mistakes a key"),
        ({"crawl_id": "../x"}, "crawl id"),
    ],
)
def test_other_versions_and_formats_are_refused(tmp_path: Path, change: dict[str, object], told: str) -> None:
    written(tmp_path, exchange("http://shop.example/"))
    path = tmp_path / CRAWL_JSON
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(InputProblem, match=told):
        open_crawl(tmp_path)


def test_a_crawl_json_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    written(tmp_path, exchange("http://shop.example/"))
    path = tmp_path / CRAWL_JSON
    path.write_text(path.read_text().replace(capture_file(SITE), "../secret.warc.gz"))
    with pytest.raises(InputProblem, match="mistakes a key"):
        open_crawl(tmp_path)


def test_unfinished_and_absent_crawls_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="unfinished"):
        open_crawl(tmp_path)
    with pytest.raises(InputProblem, match="no crawl at"):
        open_crawl(tmp_path / "none")


def test_a_crawl_id_is_a_moment() -> None:
    assert crawl_moment(CRAWL) == "2007-05-03T06:00:00Z"
    with pytest.raises(InputProblem, match="crawl id"):
        crawl_moment("2007-05-03")
    with pytest.raises(InputProblem, match="crawl id"):
        crawl_moment("٢٠٠٧٠٥٠٣T٠٦٠٠٠٠Z")
