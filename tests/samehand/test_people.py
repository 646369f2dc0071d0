"""People's data on two storefronts, through the whole command line: no output has them, unless somebody says why."""

from __future__ import annotations

import email
import email.policy
import getpass
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import duckdb
import pytest

from crawler.archive import CaptureWriter
from crawler.captures import HostKind, Outcome
from crawler.items import ArchivedExchange
from samehand.cli import main
from samehand.showing import plain_uses
from tests.mail_server import Postbox, read, serving

CRAWLS = ("20260302T060000Z", "20260309T060000Z")
MAIL, PAYPAL, HIDDEN = "katarina.weiss@gmail.com", "weiss.private@web.de", "kweiss [at] gmx [dot] de"
PHONE, NATIONAL, IBAN = "+4915123987460", "0151 / 239 874 60", "DE75512108001245126199"
TELEGRAM, STREET, OFFICE = "katarina_w77", "Lindenallee 47", "kundenservice@{site}"
#: What must not be found in any output, and what stands for it.
PLANTED = (
    MAIL, "katarina.weiss", PAYPAL, HIDDEN, "kweiss@gmx.de", PHONE, PHONE[1:], NATIONAL, "23987460", "239 874", IBAN,
    "DE75 5121 0800 1245 1261 99", TELEGRAM, STREET, STREET.lower(), "Katarina.Weiss",
    "kweiss at gmx", "katarina weiss",
)  # fmt: skip
MASKS = (r"k…s@gmail\[?\.\]?com#\w{3}", r"\+49…60#\w{3}", r"DE…6199#\w{3}", r"telegram:k…7#\w{3}")


def _pages(site: str, words: str, week: int) -> dict[str, str]:
    """A shop whose imprint, terms and paying page name a person; ``words`` make the markup, and so do not tell one hand."""
    company = ("Weiss Handel GmbH", "Lichtwerk GmbH")[week if site.startswith("mirror") else 0]
    person = (
        f"<p>{company}, {STREET}, 53111 Bonn. Inhaberin: write to Katarina.Weiss@gmail.com or to {HIDDEN}.</p>"
        f"<p>Tel.: {NATIONAL}, from abroad +49 (0)151 23987460.</p><a href='tel:{PHONE}'>call</a>"
        f"<a href='mailto:{MAIL}'>mail</a> <a href='https://t.me/{TELEGRAM}'>chat</a>"
        f"<p>Kundenservice: {OFFICE.format(site=site)}</p>"
        "<p>Free of charge: +49 800 3301000.</p>"
    )
    pay = (
        f'<form action="https://www.paypal.com/cgi-bin/webscr"><input type="hidden" name="business" value="{PAYPAL}">'
        f'<div data-key="pk_live_oIWt2PAVZbtIphW9ZyHs3m7n"></div><button>Pay</button></form>'
        f"<p>Or by transfer: IBAN {IBAN[:4]} {' '.join(IBAN[n : n + 4] for n in range(4, 22, 4))}</p>"
        f"<p>Payment by card is temporarily unavailable, write to {MAIL} or call {NATIONAL} to pay.</p>"
    )
    law = "".join(
        f"<p>Article {n}. The buyer who wants his money back sends clause {n} to {MAIL} in writing.</p>" for n in range(9)
    )
    menu = "".join(f"<a class='{words}{n}' href='/{path}'>{path}</a>" for n, path in enumerate(("cart", "terms", "contact")))
    goods = "".join(f"<div class='{words}g'><h3>{words} lamp {n}</h3><span>€ {n + 13}.40</span></div>" for n in range(12))

    def page(title: str, body: str) -> str:
        head = f"<meta charset='utf-8'><title>{title}</title><!-- made by {MAIL} -->"
        return f"<!doctype html><html lang='de'><head>{head}</head><body><nav class='{words}'>{menu}</nav>{body}</body></html>"

    return {
        "/": page(f"Lamps, call {NATIONAL}", f"{goods}<footer>© 2026 {company}, {MAIL}</footer>"),
        "/cart": page("Cart", pay),
        "/terms": page("Terms and conditions", law + person),
        f"/contact?write={MAIL.replace('@', '%40')}": page("Contact", person),
        "/contact": page("Contact", person),
    }


def _archive(folder: Path, site: str, words: str, week: int) -> Path:
    headers = (("Server", "nginx"), ("Content-Type", "text/html; charset=utf-8"))
    asked, date = (("Host", site),), f"2026-03-{(2, 9)[week]:02}T06:00:00Z"
    with CaptureWriter(folder, site, url=f"https://{site}/", kind=HostKind.STOREFRONT, crawl_id=CRAWLS[week]) as writer:
        for path, text in _pages(site, words, week).items():
            url = f"https://{site}{path}"
            writer.exchange(ArchivedExchange(url, "GET", asked, 200, "OK", "HTTP/1.1", headers, text.encode(), date, "192.0.2.7"))
        return writer.close(Outcome.FINISHED, "")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two weeks of two shops, brought in, analysed and reported."""
    root = tmp_path_factory.mktemp("people")
    shops = {"house.example": "haus", "mirror.example": "spiegel"}
    for week, crawl in enumerate(CRAWLS):
        (root / crawl).mkdir()
        archives = [_archive(root / crawl, site, words, week) for site, words in shops.items()]
        assert main(["import", *map(str, archives), "--crawl-id", crawl, "--data", str(root / "data")]) == 0
        assert main(["analyse", crawl, "--data", str(root / "data")]) == 0
        assert main(["report", crawl, "--data", str(root / "data")]) == 0
    return root / "data"


def _found(text: str) -> list[str]:
    plain = text.replace("[.]", ".").replace("\\u0040", "@")
    return [value for value in PLANTED if value in plain]


def _said(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main([*words, "--data", str(data)]) == 0
    said = capsys.readouterr()
    return said.out + said.err


def _texts(message: EmailMessage) -> str:
    """All parts of a mail, decoded."""
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join(part if isinstance(part, str) else part.decode("utf-8", "replace") for part in parts)


def test_the_findings_keep_the_plain_values(data: Path) -> None:
    """They are the evidence; without them nothing could be compared."""
    table = data / "findings" / CRAWLS[1] / "evidence.parquet"
    values = {value for (value,) in duckdb.sql(f"SELECT value FROM read_parquet('{table}')").fetchall()}
    assert {MAIL, PHONE, IBAN, f"telegram:{TELEGRAM}", f"paypal business:{PAYPAL}", "kweiss@gmx.de"} <= values
    assert any(value.startswith(STREET.lower()) for value in values)


def _told(path: Path) -> str:
    if path.suffix == ".eml":
        return _texts(email.message_from_bytes(path.read_bytes(), EmailMessage, policy=email.policy.default))
    return path.read_text("utf-8")


def test_no_file_of_a_report_has_them(data: Path) -> None:
    files = [path for path in (data / "reports").rglob("*") if path.is_file()]
    assert {"graph.html", "weekly.eml", "evidence.csv", "links.graphml", "links.gexf"} <= {path.name for path in files}
    assert any(path.parent.name == "dossiers" for path in files)
    for path in files:
        assert _found(_told(path)) == [], path
        assert _found(path.name) == []
    page = (data / "reports" / CRAWLS[1] / "graph.html").read_text("utf-8")
    for mask in MASKS:
        assert re.search(mask, page), mask


def test_neither_has_a_french_report(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    config = tmp_path / "fr.toml"
    config.write_text('[report]\nlanguage = "fr"\n', "utf-8")
    _said(mine, capsys, "report", "--config", str(config))
    files = [path for path in (mine / "reports" / CRAWLS[1]).rglob("*") if path.is_file()]
    assert [path for path in files if _found(_told(path))] == []
    (dossier,) = (path.read_text("utf-8") for path in files if path.parent.name == "dossiers")
    assert "sont masqués" in dossier
    assert re.search(MASKS[1], dossier)


def test_an_offices_mailbox_and_a_free_number_stay(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(data, capsys, "show", "house.example")
    assert "kundenservice@house[.]example" in said
    assert "+49 800 3301000" in said


@pytest.mark.parametrize("table", ["clusters", "links", "evidence"])
@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_no_export_has_them(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, form: str) -> None:
    path = tmp_path / f"out.{form}"
    assert _found(_said(data, capsys, "export", table, "--format", form, "-o", str(path))) == []
    told = str(duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()) if form == "parquet" else path.read_text("utf-8")
    assert "house.example" in told
    assert _found(told) == []


@pytest.mark.parametrize(
    "words",
    [
        ("why", "house.example", "mirror.example"),
        ("show", "house.example"),
        ("show", "mirror.example"),
        ("history", "mirror.example"),
        ("history", "mirror.example", "--json"),
        ("diff", *CRAWLS),
        ("diff", *CRAWLS, "--json"),
        ("export", "evidence"),
        ("review",),
        ("review", "--format", "csv"),
    ],
)
def test_no_answer_has_them(data: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert _found(_said(data, capsys, *words)) == []


def test_equal_values_look_equal_wherever_they_stand(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(data, capsys, "why", "house.example", "mirror.example")
    for mask in MASKS[:2]:
        assert len(set(re.findall(mask, said))) == 1
    shown = _said(data, capsys, "show", "mirror.example")
    assert set(re.findall(MASKS[1], said)) == set(re.findall(MASKS[1], shown))


class _Hook(BaseHTTPRequestHandler):
    """Keeps what is posted."""

    got: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_sent_does_not_have_them_and_report_plain_sends_nothing_plain(
    data: Path, tmp_path: Path, hook: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    box = Postbox()
    with serving(box) as port:
        server = f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "samehand@desk.example"\n'
        config = tmp_path / "my.toml"
        config.write_text(f'[mail]\n{server}recipients = ["a@desk.example"]\n[alert]\nwebhook = "{hook}"\n', "utf-8")
        assert main(["report", "--plain", "case 7", "--send", "--data", str(mine), "--config", str(config)]) == 0
    assert _found(capsys.readouterr().out) == []
    (envelope,) = box.kept
    message = read(envelope)
    assert message["To"] == "a@desk.example"
    assert any(part.get_filename() == "changes.csv" for part in message.walk())
    assert _found(_texts(message) + str(message["Subject"])) == []
    (posted,) = _Hook.got
    assert "mirror.example" in posted
    assert _found(posted + json.dumps(json.loads(posted), ensure_ascii=False)) == []
    assert _found(_told(mine / "reports" / CRAWLS[1] / "weekly.eml")) == []
    assert MAIL in (mine / "reports" / CRAWLS[1] / "evidence.csv").read_text("utf-8")


def test_plain_needs_a_reason_and_is_written_down(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    pair = ("why", "house.example", "mirror.example", "--data", str(mine))
    for empty in ("", "  "):
        assert main([*pair, "--plain", empty]) == 2
    assert "a reason" in capsys.readouterr().err
    assert not (mine / "state.sqlite").exists()
    said = _said(mine, capsys, *pair[:3], "--plain", "complaint 12/2026 of W.")
    assert MAIL in said.replace("[.]", ".")
    assert NATIONAL in said
    assert _found(_said(mine, capsys, "show", "house.example", "--plain", "complaint 12/2026 of W."))
    assert MAIL in _said(mine, capsys, "export", "evidence", "--plain", "court order")
    with closing(sqlite3.connect(mine / "state.sqlite")) as state:
        rows = state.execute("SELECT who, command, reason FROM plain_uses ORDER BY id").fetchall()
    me = getpass.getuser()
    assert rows == [
        (me, f"why house.example mirror.example ({CRAWLS[1]})", "complaint 12/2026 of W."),
        (me, f"show house.example ({CRAWLS[1]})", "complaint 12/2026 of W."),
        (me, f"export evidence ({CRAWLS[1]})", "court order"),
    ]
    main(["status", "--data", str(mine)])
    told = capsys.readouterr().out
    assert "people's data were shown plain 3 times" in told
    assert f"{me}: export evidence ({CRAWLS[1]}): court order" in told
    assert _found(_said(mine, capsys, *pair[:3])) == []


def test_the_log_of_plain_uses_is_only_added_to(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    _said(mine, capsys, "show", "house.example", "--plain", "a case against house.example")
    with closing(sqlite3.connect(mine / "state.sqlite")) as state:
        for statement in ("DELETE FROM plain_uses", "UPDATE plain_uses SET reason = 'none'"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                state.execute(statement)
    _said(mine, capsys, "forget", "house.example")
    (use,) = plain_uses(mine / "state.sqlite")
    assert use.reason == "a case against (forgotten)"
    assert b"house.example" not in (mine / "state.sqlite").read_bytes()
    assert _found("".join(_told(path) for path in (mine / "reports").rglob("*") if path.is_file())) == []


def test_a_plain_report_says_why_at_its_head_and_the_next_one_is_masked(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    _said(mine, capsys, "report", "--plain", "case <7> \u202e")
    folder = mine / "reports" / CRAWLS[1]
    for page in (folder / "graph.html", *(folder / "dossiers").iterdir()):
        text = page.read_text("utf-8")
        assert "Reason given" in text.partition("<main>")[0].partition("<h2>")[0]
        assert "case &lt;7&gt;" in text
        assert _found(text)
    _said(mine, capsys, "report")
    assert "Reason given" not in (folder / "graph.html").read_text("utf-8")
    assert _found((folder / "graph.html").read_text("utf-8")) == []


def test_the_key_is_the_owners_alone_and_made_once(data: Path) -> None:
    key = data / "people.key"
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    assert main(["report", "--data", str(data)]) == 0
    assert key.read_bytes() == before
    assert len(before) == 32


def test_another_installation_has_other_tags(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    (mine / "people.key").unlink()
    here, there = (set(re.findall(MASKS[0], _said(at, capsys, "show", "house.example"))) for at in (data, mine))
    assert here != there
    assert len(here) == len(there) == 1


def test_a_masked_value_can_be_judged_as_it_is_printed(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = Path(shutil.copytree(data, tmp_path / "data"))
    (mask,) = set(re.findall(MASKS[0], _said(mine, capsys, "why", "house.example", "mirror.example")))
    said = _said(mine, capsys, "judge", "--value", "identity.mail", mask, "noise", "--why", "on every shop of the town")
    assert _found(said) == []
    with closing(sqlite3.connect(mine / "state.sqlite")) as state:
        assert state.execute("SELECT value FROM judgements").fetchall() == [(MAIL,)]
    assert main(["analyse", CRAWLS[1], "--data", str(mine)]) == 0
    assert _found(_said(mine, capsys, "why", "house.example", "mirror.example")) == []
