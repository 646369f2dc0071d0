"""A whole crawl of a small web over real sockets: what is asked, what is archived, how it ends and goes on."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Crawl, capture_file, open_crawl
from crawler.captures import Capture, HostKind, Outcome
from crawler.crawl import CrawlLocked, CrawlReport, run_crawl
from crawler.plan import Budgets, CrawlPlan, Seed
from crawler.problems import InputProblem

CRAWL_ID = "20070703T060000Z"
ROOT = Path(__file__).resolve().parents[2]


def seed(site: str, *urls: str) -> Seed:
    return Seed(site, urls or (f"https://{site}/",))


def quiet(_event: Mapping[str, Any]) -> None:
    """Progress is not what is tested here."""


def plan_for(web: Any, folder: Path, *seeds: Seed, names: tuple[str, ...] = ()) -> CrawlPlan:
    hosts = web.hosts_file(folder, *{*names, *(one.site for one in seeds)})
    return CrawlPlan(str(folder / "crawls"), CRAWL_ID, seeds, hosts=str(hosts), hosts_only=True)


def crawl(plan: CrawlPlan) -> tuple[CrawlReport, Crawl]:
    report = run_crawl(plan, quiet)
    return report, open_crawl(report.folder)


def about(report: CrawlReport) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((report.folder / "crawl.json").read_text())
    return told


PAGE = "<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def build(web: Any) -> None:
    """A shop with most of what a shop has, a sister that it sends its customers to, an accounts host, and traps."""
    links = "".join(
        f'<a href="{href}">{text}</a>'
        for href, text in (
            ("/cart", "Cart"),
            ("/terms", "Terms and conditions"),
            ("/login", "Log in"),
            ("/secret", "About us"),
            ("/contact", "Contact"),
            ("/out", "Privacy policy"),
            ("/logout", "Log out"),
            ("/cart?add=17", "Add to cart"),
            ("/unsubscribe?mail=1", "Unsubscribe"),
            (f"http://127.0.0.1:{web.http}/admin", "Shipping"),
            ("file:///etc/passwd", "Imprint"),
            ("http://elsewhere.example/", "We have moved to elsewhere.example"),
        )
    )
    head = '<link rel="stylesheet" href="/s.css"><link rel="icon" href="/i.png"><script src="https://cdn.example/lib.js"></script>'
    form = '<form method="post" action="/subscribe"><input name="mail"><button>Subscribe</button></form>'
    moved = '<p>Card holders: please pay at our new site <a href="https://sister.example/pay">sister.example</a></p>'
    page = PAGE.format(title="Shop", head=head, body=links + form + moved)
    web.page("shop.example", "/robots.txt", "User-agent: *\nDisallow: /secret\n")
    web.page("shop.example", "/", page, headers="X-Zeta: 1\r\nSERVER: odd/1.0\r\nset-cookie: sid=1; path=/\r\nX-Alpha: 2\r\n")
    packed = gzip.compress(b"h1 { background: url(bg.png) } @font-face { src: url('f.woff2') }")
    style = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    web.raw("shop.example", "/s.css", style + b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed))
    web.page("shop.example", "/terms", PAGE.format(title="Terms", head="", body="<p>The terms.</p>"))
    web.page("shop.example", "/contact", "long " * 1_300_000)
    target = f"http://127.0.0.1:{web.http}/internal"
    web.raw("shop.example", "/out", f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())
    login = '<form method="post" action="https://accounts.example/in"><input name="u"><input type="password" name="p"></form>'
    web.page("shop.example", "/login", PAGE.format(title="Log in", head="", body=login))
    web.page("shop.example", "/cart", "", status="301 Moved Permanently", headers="Location: /basket\r\n")
    web.page("shop.example", "/basket", PAGE.format(title="Cart", head="", body="empty"))
    web.page("shop.example", "*", PAGE.format(title="Nothing here", head="", body="no such page"), status="404 Not Found")
    web.page("cdn.example", "/lib.js", "var lib = 1;")
    web.page("sister.example", "/", PAGE.format(title="Sister", head="", body='<a href="/terms">Terms</a>'))
    web.page("accounts.example", "/", PAGE.format(title="Accounts", head="", body="<p>For shop.example</p>"))
    web.page("refused.example", "/", "never read")
    web.page("refused.example", "/robots.txt", "User-agent: *\nDisallow: /\n")
    web.page("broken.example", "/", "never read")
    web.page("broken.example", "/robots.txt", "", status="503 Busy", headers="Retry-After: 3600\r\n")


@pytest.fixture(scope="module")
def world(shared_web: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, CrawlReport, Crawl]:
    """One crawl that many tests look at."""
    build(shared_web)
    seeds = (seed("shop.example"), seed("refused.example"), seed("broken.example", "http://broken.example/"), seed("down.example"))
    names = ("cdn.example", "sister.example", "accounts.example", "down.example")
    plan = plan_for(shared_web, tmp_path_factory.mktemp("world"), *seeds, names=names)
    hosts = Path(plan.hosts or "")
    hosts.write_text(hosts.read_text().replace(f":{shared_web.http},{shared_web.https}\tdown.example", ":1,1\tdown.example"))
    return shared_web, *crawl(plan)


World = tuple[Any, CrawlReport, Crawl]


def test_outcomes(world: World) -> None:
    _, report, found = world
    assert report.complete
    assert {entry.site: entry.outcome for entry in found.entries} == {
        "accounts.example": Outcome.FINISHED,
        "broken.example": Outcome.ROBOTS,
        "down.example": Outcome.UNREACHABLE,
        "refused.example": Outcome.ROBOTS,
        "shop.example": Outcome.FINISHED,
        "sister.example": Outcome.FINISHED,
    }
    assert found.capture("broken.example").reason == "robots.txt answered 503"
    assert report.outcomes == {"finished": 3, "refused-by-robots": 2, "unreachable": 1}


def test_robots_are_asked_first_and_obeyed(world: World) -> None:
    web, _, _ = world
    assert web.asked("shop.example")[0] == "/robots.txt"
    assert "/secret" not in web.asked("shop.example")
    assert set(web.asked("refused.example")) == {"/robots.txt"}
    assert web.asked("broken.example") == ["/robots.txt"]  # Retry-After: 3600 is not waited for, and not asked again
    assert web.asked("cdn.example")[0] == "/robots.txt"


def test_nothing_but_get_and_nothing_that_changes_anything(world: World) -> None:
    web, _, _ = world
    assert {hit.method for hit in web.hits} == {"GET"}
    asked = set(web.asked("shop.example"))
    assert not asked & {"/logout", "/cart?add=17", "/unsubscribe?mail=1", "/subscribe"}
    assert {"/cart", "/basket", "/terms", "/contact", "/login"} <= asked
    assert "/in" not in web.asked("accounts.example")
    agents = {value for hit in web.hits for name, value in hit.headers if name == "User-Agent"}
    assert len(agents) == 1
    assert agents.pop().startswith("samehand/")


def test_private_addresses_of_pages_and_redirects_get_no_hit(world: World) -> None:
    web, _, found = world
    assert not [hit for hit in web.hits if hit.host.startswith("127.") or hit.path in ("/admin", "/internal")]
    chain = [one for one in found.capture("shop.example").resources if one.url == "https://shop.example/out"]
    assert [one.status for one in chain] == [302]


def test_one_path_that_cannot_exist_is_asked_once(world: World) -> None:
    web, _, _ = world
    probes = [path for path in web.asked("shop.example") if "does-not-exist" in path]
    assert len(probes) == 1


def resource(capture: Capture, path: str) -> Any:
    return next(one for one in capture.resources if one.url == f"https://{capture.site}{path}")


def test_header_fields_keep_order_and_case(world: World) -> None:
    _, _, found = world
    home = resource(found.capture("shop.example"), "/")
    assert [name for name, _ in home.headers] == ["X-Zeta", "SERVER", "set-cookie", "X-Alpha", "Content-Type", "Content-Length"]
    assert home.address == "127.0.0.1"


def test_a_long_page_is_cut_marked_and_kept(world: World) -> None:
    _, _, found = world
    long = resource(found.capture("shop.example"), "/contact")
    assert len(long.body) == 5 * 1024 * 1024
    assert long.truncated == "length"


def test_bodies_are_archived_as_received_and_read_decoded(world: World) -> None:
    _, report, found = world
    style = resource(found.capture("shop.example"), "/s.css")
    assert style.body.startswith(b"h1 {")
    with (report.folder / capture_file("shop.example")).open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=False):
            if record.rec_type == "response" and record.rec_headers.get_header("WARC-Target-URI").endswith("/s.css"):
                assert gzip.decompress(record.raw_stream.read()).startswith(b"h1 {")
                break
        else:
            pytest.fail("the style sheet is not in the archive")


def test_assets_of_pages_and_styles_are_taken_from_other_hosts_too(world: World) -> None:
    _, _, found = world
    urls = {one.url for one in found.capture("shop.example").resources}
    assert {f"https://shop.example{path}" for path in ("/s.css", "/bg.png", "/f.woff2", "/i.png", "/favicon.ico")} <= urls
    assert {"https://cdn.example/lib.js", "https://cdn.example/robots.txt"} <= urls


def test_connections_hold_the_certificate(world: World) -> None:
    _, _, found = world
    shown = {(one.host, one.scheme): one for one in found.capture("shop.example").connections}
    certificate = shown["shop.example", "https"].certificate
    assert certificate is not None
    assert certificate.sans == ("shop.example", "www.shop.example")
    assert len(certificate.fingerprint) == len(certificate.spki) == 64
    assert certificate.fingerprint != certificate.spki


def test_discovered_hosts_are_visited_and_say_by_whom_and_how(world: World) -> None:
    web, report, found = world
    told = {entry.site: (entry.kind, entry.discovered_by, entry.discovered_how) for entry in found.entries if entry.discovered_by}
    assert told["sister.example"][:2] == (HostKind.STOREFRONT, "shop.example")
    assert told["accounts.example"] == (HostKind.SERVICE, "shop.example", "log-in")
    passed = {row["site"]: row["why"] for row in about(report)["about"]["not_visited"]}
    assert passed["elsewhere.example"] == "not in hosts"
    assert not web.asked("elsewhere.example")
    assert len(web.asked("accounts.example")) < 10


def test_an_archive_made_twice_differs_only_in_its_moments(web: Any, tmp_path: Path) -> None:
    build(web)
    captures = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        _, found = crawl(plan_for(web, tmp_path / name, seed("shop.example"), names=("cdn.example",)))
        captures.append(found.capture("shop.example"))
    first, second = ([replace(one, date="") for one in capture.resources] for capture in captures)
    assert first == second


def test_a_bare_domain_is_tried_over_http_too(web: Any, tmp_path: Path) -> None:
    web.page("http://old.example", "/", "an old shop")
    plan = plan_for(web, tmp_path, seed("old.example", "https://old.example/", "http://old.example/"))
    hosts = Path(plan.hosts or "")
    hosts.write_text(f"127.0.0.1:{web.http},1\told.example\n")
    _, found = crawl(plan)
    capture = found.capture("old.example")
    assert capture.outcome is Outcome.FINISHED
    assert any(one.url == "http://old.example/" and one.body == b"an old shop" for one in capture.resources)


def test_a_storefront_that_moves_by_redirect_leads_to_another_capture(web: Any, tmp_path: Path) -> None:
    web.page("shop.example", "/", "", status="301 Moved Permanently", headers="Location: https://sister.example/\r\n")
    web.page("sister.example", "/", "the new shop")
    _, found = crawl(plan_for(web, tmp_path, seed("shop.example"), names=("sister.example",)))
    assert [entry.discovered_how for entry in found.entries] == [None, "redirect"]
    assert {one.url.split("/")[2] for one in found.capture("shop.example").resources} == {"shop.example"}


def test_cookies_stay_with_their_storefront(world: World) -> None:
    web, _, _ = world
    sent = {(hit.host, value) for hit in web.hits for name, value in hit.headers if name == "Cookie"}
    assert sent == {("shop.example", "sid=1")}


def test_a_shop_that_fails_at_first_is_asked_again(web: Any, tmp_path: Path) -> None:
    busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    good = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\na shop"

    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.close()

    web.raw("shop.example", "/", [hang_up, busy, good])
    _, found = crawl(plan_for(web, tmp_path, seed("shop.example")))
    assert resource(found.capture("shop.example"), "/").body == b"a shop"
    assert web.asked("shop.example").count("/") == 3


def test_a_crawl_delay_that_no_visit_can_keep_is_a_refusal(web: Any, tmp_path: Path) -> None:
    web.page("shop.example", "/robots.txt", "User-agent: *\nCrawl-delay: 86400\n")
    _, found = crawl(plan_for(web, tmp_path, seed("shop.example")))
    capture = found.capture("shop.example")
    assert (capture.outcome, capture.reason) == (Outcome.ROBOTS, "robots.txt asks for 86400 seconds between requests")
    assert web.asked("shop.example") == ["/robots.txt"]


def test_a_page_that_is_not_served_in_full_is_kept(web: Any, tmp_path: Path) -> None:
    async def torn(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>torn")
        await writer.drain()

    web.raw("shop.example", "/", torn)
    _, found = crawl(plan_for(web, tmp_path, seed("shop.example")))
    home = resource(found.capture("shop.example"), "/")
    assert (home.body, home.truncated) == (b"<p>torn", "disconnect")


def test_budgets_end_a_trap(web: Any, tmp_path: Path) -> None:
    calendar = "".join(f'<a href="/cal/{number}">day {number}</a>' for number in range(300))
    web.page("shop.example", "*", PAGE.format(title="Calendar", head="", body=calendar))
    plan = replace(plan_for(web, tmp_path, seed("shop.example")), budgets=Budgets(pages=5))
    _, found = crawl(plan)
    capture = found.capture("shop.example")
    assert capture.outcome is Outcome.BUDGET
    assert capture.reason == "the limit of pages was reached"


def test_a_redirect_without_end_stops_after_five_hops(web: Any, tmp_path: Path) -> None:
    for hop in range(20):
        web.page("shop.example", f"/{hop or ''}", "", status="302 Found", headers=f"Location: /{hop + 1}\r\n")
    _, found = crawl(plan_for(web, tmp_path, seed("shop.example")))
    assert [path for path in web.asked("shop.example") if path != "/robots.txt"] == ["/", "/1", "/2", "/3", "/4", "/5"]
    assert found.capture("shop.example").outcome is Outcome.BUDGET


def test_without_a_contact_only_names_of_the_hosts_file_are_crawled(web: Any, tmp_path: Path) -> None:
    plan = replace(plan_for(web, tmp_path, seed("shop.example"), seed("other.example")), hosts_only=False)
    Path(plan.hosts or "").write_text(f"127.0.0.1:{web.http},{web.https} shop.example\n")
    with pytest.raises(InputProblem, match=r"contact.*other\.example"):
        run_crawl(plan, quiet)
    assert not web.hits


RUN = """
    import signal, sys
    from pathlib import Path
    from crawler.crawl import run_crawl
    from crawler.plan import CrawlPlan
    report = run_crawl(CrawlPlan.from_json(Path(sys.argv[1]).read_text()), lambda event: None)
    print("interrupted" if report.interrupted else "complete", report.sites)
"""


def start(plan: CrawlPlan, folder: Path) -> subprocess.Popen[bytes]:
    path = folder / "plan.json"
    path.write_text(plan.to_json())
    arguments = [sys.executable, "-c", textwrap.dedent(RUN), str(path)]
    return subprocess.Popen(arguments, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE)


def until(condition: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


@pytest.fixture
def held(web: Any) -> Any:
    """A web whose second shop answers only when it is let go."""
    gate: dict[str, bool] = {}

    async def wait(writer: asyncio.StreamWriter) -> None:
        while not gate.get("open"):
            await asyncio.sleep(0.02)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
        await writer.drain()

    web.page("shop.example", "/", "first")
    web.raw("sister.example", "/", wait)
    web.open = lambda: gate.update(open=True)
    return web


def test_a_killed_crawl_goes_on_where_it_was(held: Any, tmp_path: Path) -> None:
    """What was acknowledged is kept, what was under way is visited again, and nothing of the killed run goes on."""
    plan = plan_for(held, tmp_path, seed("shop.example"), seed("sister.example"))
    folder = Path(plan.folder) / plan.crawl_id
    process = start(plan, tmp_path)
    until(lambda: (folder / capture_file("shop.example")).exists() and "/" in held.asked("sister.example"))
    process.kill()
    process.communicate()
    assert not (folder / "crawl.json").exists()
    assert (folder / capture_file("shop.example")).exists()
    held.open()
    before = held.asked("shop.example")
    end = time.monotonic() + 60
    while True:  # the killed run's child lets the folder go as soon as it sees that its parent is gone
        try:
            report, found = crawl(plan)
            break
        except CrawlLocked:
            assert time.monotonic() < end
            time.sleep(0.1)
    assert held.asked("shop.example") == before
    assert report.outcomes == {"finished": 1}
    assert [entry.site for entry in found.entries] == ["shop.example", "sister.example"]
    assert not list(folder.glob("*.part"))


def test_an_interrupt_ends_cleanly_and_the_crawl_goes_on_later(held: Any, tmp_path: Path) -> None:
    plan = plan_for(held, tmp_path, seed("shop.example"), seed("sister.example"))
    folder = Path(plan.folder) / plan.crawl_id
    process = start(plan, tmp_path)
    until(lambda: (folder / capture_file("shop.example")).exists() and "/" in held.asked("sister.example"))
    with pytest.raises(CrawlLocked):
        run_crawl(plan, quiet)
    process.send_signal(signal.SIGTERM)
    held.open()
    output, _ = process.communicate(timeout=60)
    assert output.split() == [b"interrupted", b"1"]
    assert not (folder / "crawl.json").exists()
    report, _ = crawl(plan)
    assert report.complete
    assert report.outcomes == {"finished": 1}
    with pytest.raises(InputProblem, match="finished crawl"):
        run_crawl(plan, quiet)


def test_the_spider_runs_from_the_checkout(web: Any, tmp_path: Path) -> None:
    web.page("shop.example", "/", "a shop")
    (tmp_path / "list.csv").write_text("url\nhttps://shop.example/\nnot a shop\n")
    hosts = web.hosts_file(tmp_path, "shop.example")
    options = {
        "candidates": tmp_path / "list.csv",
        "hosts": hosts,
        "hosts_only": 1,
        "data": tmp_path / "data",
        "crawl_id": CRAWL_ID,
    }
    arguments = [sys.executable, "-m", "scrapy", "crawl", "storefront"]
    for name, value in options.items():
        arguments += ["-a", f"{name}={value}"]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    found = open_crawl(tmp_path / "data" / "crawls" / CRAWL_ID)
    assert [entry.site for entry in found.entries] == ["shop.example"], done.stderr
    assert [row["line"] for row in found.about["rejected"]] == [3]
