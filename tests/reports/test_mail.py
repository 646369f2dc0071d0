"""The weekly mail: the same bytes for the same crawl, headers of our own words, nothing live, nothing fetched, everything told."""

from __future__ import annotations

import base64
import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import ModuleType

import pytest
from selenium.webdriver import Chrome

from analysis.findings import Findings, StateRow
from reports.digest import make_digest
from reports.mail import MailSettings, message_bytes, render_text, weekly_mail

SETTINGS = MailSettings(
    "samehand <reports@watch.example>", ("ann@watch.example", "bo@watch.example"), "watch.example", attach_changes=True
)


def parts(message: EmailMessage) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in message.walk() if isinstance(part, EmailMessage)}


@pytest.fixture(scope="module")
def mail(world: ModuleType) -> EmailMessage:
    return weekly_mail(world.made(), SETTINGS)


def text_of(message: EmailMessage) -> str:
    return str(parts(message)["text/plain"].get_content())


def html_of(message: EmailMessage) -> str:
    return str(parts(message)["text/html"].get_content())


def test_equal_input_makes_equal_bytes(world: ModuleType, mail: EmailMessage) -> None:
    assert message_bytes(weekly_mail(world.made(), SETTINGS)) == message_bytes(mail)


def test_headers_come_from_the_crawl_and_the_settings(mail: EmailMessage) -> None:
    read = message_from_bytes(message_bytes(mail), policy=default)
    assert read["Date"] == "Mon, 18 Mar 2024 06:00:00 +0000"
    assert read["To"] == "ann@watch.example, bo@watch.example"
    assert read["List-Id"] == "samehand weekly digest <weekly.watch.example>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-f]{32}@watch\.example>", read["Message-ID"])
    counts = (
        "1 new cluster, 2 new members, 1 storefront discovered, 3 payment notices, 1 successor, 1 storefront gone, "
        "2 other changes, 2 pairs for review"
    )
    assert read["Subject"] == f"samehand, 18 March 2024: {counts}"


def test_the_message_id_tells_crawls_and_lists_apart_and_not_their_order(world: ModuleType) -> None:
    def mark(findings: Findings, settings: MailSettings) -> str:
        return str(weekly_mail(findings, settings)["Message-ID"])

    quiet = world.quiet()
    turned = replace(SETTINGS, recipients=SETTINGS.recipients[::-1])
    assert mark(quiet, SETTINGS) == mark(quiet, turned)
    others = (
        mark(replace(quiet, crawl_id="20240325T060000Z"), SETTINGS),
        mark(quiet, replace(SETTINGS, recipients=("x@y.example",))),
    )
    assert len({mark(quiet, SETTINGS), *others}) == 3


def hostile(text: str) -> Callable[[Findings], Findings]:
    def change(findings: Findings) -> Findings:
        rows = tuple(
            replace(row, title=text, company=text, discovered_how=text, reason=text, outcome=text) for row in findings.storefronts
        )
        changes = tuple(replace(row, sentence=text, what=text if row.rank == 5 else row.what) for row in findings.changes)
        evidence = tuple(replace(row, sentence=text) for row in findings.evidence)
        return replace(findings, storefronts=rows, changes=changes, evidence=evidence, crawl_id=text or "x", previous=text)

    return change


@pytest.mark.parametrize(
    "text", ["a\r\nBcc: evil@x.example", "\x00", "\ud800", "x" * 5000, "\u202eabc", "</p><script>1</script>", ""]
)
def test_the_mail_is_always_made_whatever_the_strings(world: ModuleType, text: str) -> None:
    message = weekly_mail(hostile(text)(world.made()), SETTINGS)
    read = message_from_bytes(message_bytes(message), policy=default)
    assert read["Bcc"] is None
    assert read["Subject"].startswith("samehand: ")
    assert not read.defects
    assert "<script" not in html_of(message)


def test_no_address_is_live_and_nothing_is_fetched(mail: EmailMessage) -> None:
    for body in (html_of(mail), text_of(mail)):
        assert not re.search(r"https?://", body)
        assert not re.search(r"(?<!watch)\.example", body)
    assert not re.search(r"<(a|link|script|iframe|form)\b", html_of(mail))
    assert re.findall(r'(?:src|href)="([^"]+)"', html_of(mail)) == [f"cid:{parts(mail)['image/png']['Content-ID'][1:-1]}"]


def test_it_tells_what_changed_why_and_what_speaks_against(mail: EmailMessage) -> None:
    text = text_of(mail)
    for sentence in (
        "New cluster c-c09a54",
        "Evidence consistent with common operation: very likely, 97 %.",
        "* songkontor[.]example joined the cluster of albumhaus[.]example.",
        "found from albumhaus[.]example: a payment page sends buyers there",
        "for: one accounts host logs buyers of both in",
        "against: they name different companies",
        "* Payment at tunedepot[.]example is still unavailable.",
        "* songkontor[.]example took over from albumhaus[.]example.",
        "* quietlabel[.]example: unreachable (connection refused)",
        "first seen 26 February 2024",
    ):
        assert sentence in text
    assert text.index("New cluster") < text.index("Payment") < text.index("For review") < text.index("Not reached")


def test_text_lines_are_short(mail: EmailMessage) -> None:
    assert max(len(line) for line in text_of(mail).splitlines() if "xn--" not in line and "onerror" not in line) <= 76


def test_a_new_member_is_marked_once_and_an_old_one_is_not(mail: EmailMessage) -> None:
    lines = text_of(mail).splitlines()
    assert [line.split()[1].rstrip(",") for line in lines if line.startswith("NEW")] == [
        "chronoluxe[.]example",
        "horlogedirect[.]example",
        "memberdisc[.]example",
        "songkontor[.]example",
    ]


def test_a_quiet_week_says_so_in_one_line(world: ModuleType) -> None:
    message = weekly_mail(world.quiet(), SETTINGS)
    assert message["Subject"] == "samehand, 18 March 2024: nothing changed"
    assert "Nothing changed since 11 March 2024." in text_of(message)
    assert "image/png" not in parts(message)


def test_the_changes_are_attached_only_where_wanted(world: ModuleType, mail: EmailMessage) -> None:
    assert parts(mail)["text/csv"].get_filename() == "changes.csv"
    assert "text/csv" not in parts(weekly_mail(world.made(), replace(SETTINGS, attach_changes=False)))


def test_the_picture_is_a_small_png_with_words_for_who_cannot_see_it(mail: EmailMessage) -> None:
    png = parts(mail)["image/png"].get_content()
    assert png.startswith(b"\x89PNG")
    assert len(png) < 60_000
    assert (
        'alt="Picture. Cluster c-c09a54 with 2 storefronts, new in it chronoluxe[.]example and horlogedirect[.]example.'
        in html_of(mail)
    )


def test_a_world_of_thousands_makes_a_small_mail(world: ModuleType) -> None:
    findings = world.large(400, 5, 500, "t" * 10_000)
    changes = tuple(
        world.change("joined", row.site, row.cluster, 1, f"{row.site} joined {row.cluster}." + "w" * 5000)
        for row in findings.members
    )
    message = weekly_mail(replace(findings, changes=changes, previous=world.PREVIOUS), replace(SETTINGS, attach_changes=False))
    assert len(message_bytes(message)) <= 100_000
    assert re.search(r"And 39\d more clusters with news", text_of(message))


@pytest.fixture(scope="module")
def ten_thousand(world: ModuleType) -> Findings:
    """10,000 changes of nine sorts on 9,700 storefronts, 900 clusters among them."""
    base = world.large(900, 3, 7000)
    sorts = [("joined", 2, "", ""), ("payment", 5, "accepted", "unavailable"), ("gone", 8, "shop", "suspended")]
    sorts += [
        ("back", 9, "suspended", "shop"),
        ("company", 11, "Alpha Trading Ltd", "Beta Handels GmbH"),
        ("appeared", 12, "", "shop"),
    ]
    sorts += [
        ("discovered", 3, "", "redirect"),
        ("host", 17, "network 192.0.2.0/24", "network 198.51.100.0/24"),
        ("left", 7, "c-x", ""),
    ]
    rows = []
    for n in range(10_000):
        what, rank, before, after = sorts[n % len(sorts)]
        member = base.members[n * 7919 % (2700 if what == "joined" else len(base.members))]
        rows.append(world.change(what, member.site, member.cluster, rank, f"{member.site}: {what} {before} {after}", before, after))
    return replace(base, changes=tuple(rows), previous=world.PREVIOUS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_ten_thousand_changes_are_a_readable_mail_with_the_rest_attached(ten_thousand: Findings, language: str) -> None:
    settings = replace(SETTINGS, language=language)
    message = weekly_mail(ten_thousand, settings)
    assert len(message_bytes(weekly_mail(ten_thousand, replace(settings, attach_changes=False)))) <= 100_000
    read = message_from_bytes(message_bytes(message), policy=default)
    attached = parts(read)["application/zip"]
    assert attached.get_filename() == "changes.csv.zip"
    with zipfile.ZipFile(io.BytesIO(attached.get_content())) as archive:
        assert len(list(csv.reader(io.StringIO(archive.read("changes.csv").decode("utf-8-sig"))))) == 10_001
    text = text_of(message)
    words = " ".join(text.replace("\u00a0", " ").split())
    told = {"en": "All 10,000 changes are in the attached changes.csv.zip.", "fr": "(10 000 changements) est dans la pièce jointe"}
    assert told[language] in words
    assert len(text.splitlines()) < 400
    gone = {"en": "1,111 storefronts gone", "fr": "1 111 boutiques disparues"}
    assert gone[language] in words


def test_a_subject_of_many_counts_stays_a_subject(world: ModuleType) -> None:
    rows = tuple(
        world.change(what, "tunedepot.example", world.A, 5, f"{number}")
        for what in ("payment", "gone", "back", "discovered", "successor", "corrected", "left", "appeared", "company")
        for number in range(1200)
    )
    subject = weekly_mail(replace(world.made(), changes=rows), SETTINGS)["Subject"]
    assert len(subject) < 200
    assert subject.endswith(", and more")


def test_a_french_mail_has_no_english_of_ours(world: ModuleType) -> None:
    message = weekly_mail(world.made(), replace(SETTINGS, language="fr"))
    assert message["Content-Language"] == "fr"
    assert str(message["Subject"]).startswith("samehand, 18 mars 2024 : 1 nouveau groupe, 2 nouveaux membres")
    assert '<html lang="fr">' in html_of(message)
    assert 'alt="Image. Groupe c-c09a54' in html_of(message)
    for body in (text_of(message), html_of(message)):
        assert not re.search(r"first seen|New |Evidence|very likely|for:|>against<|against:|joined|Payment|Not reached", body)
    for sentence in (
        "Indices compatibles avec une exploitation commune\u00a0: très probable, 97\u00a0%.",
        "connu depuis le 26 février 2024",
        "* nordwolle-sale[.]example a disparu\u00a0: site suspendu (auparavant\u00a0: boutique)",
    ):
        assert sentence in text_of(message)


def test_links_lead_to_the_report_where_it_is_served_and_nowhere_else(world: ModuleType) -> None:
    message = weekly_mail(world.made(), replace(SETTINGS, base_url="https://reports.rights.org/samehand/"))
    folder = "https://reports.rights.org/samehand/20240318T060000Z/"
    links = set(re.findall(r'href="([^"]+)"', html_of(message)))
    assert {f"{folder}graph.html", f"{folder}graph.html#{world.A}", f"{folder}dossiers/cluster-{world.A}.html"} <= links
    assert all(link.startswith(folder) for link in links)
    assert set(re.findall(r"https?://[^/\s]+", text_of(message))) == {"https://reports.rights.org"}


def test_whose_payment_is_still_not_back_is_told_with_its_day_beside_changes(world: ModuleType) -> None:
    def states(site: str, value: str, presence: str = "reached") -> tuple[StateRow, ...]:
        payment = StateRow(site, "payment", value, world.FIRST, world.CRAWL, "", "", 0, "[]")
        return payment, replace(payment, attribute="presence", value=presence)

    findings = replace(
        world.quiet(),
        states=(
            *states("tunedepot.example", "unavailable"),
            *states("kicksvault.example", "accepted"),
            *states("vinylcorner.example", "withdrawn", "missed"),
            *states("lost.example", "moved"),
        ),
    )
    other = world.change("company", "nordwolle.example", "", 5, "nordwolle.example now names another")
    cut = world.change("payment", "tunedepot.example", world.A, 5, "", "accepted", "unavailable")
    assert make_digest(findings).still_down == ()
    assert make_digest(replace(findings, changes=(other,))).still_down == (
        "tunedepot[.]example: payment is not back, it is still unavailable (since 15 January 2024)",
    )
    assert make_digest(replace(findings, changes=(other, cut))).still_down == ()


def test_who_is_read_again_is_a_note(world: ModuleType) -> None:
    digest = make_digest(replace(world.quiet(), changes=(world.change("reached-again", "tunedepot.example", world.A, 21, ""),)))
    assert digest.reached_again == ("tunedepot[.]example",)
    assert digest.is_quiet
    assert "Read again" in render_text(digest)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"domain": "x\r\nBcc: y"}, "domain"),
        ({"language": "xx"}, "language"),
        ({"base_url": "javascript:alert(1)"}, "base address"),
        ({"base_url": 'https://a.example/"onclick='}, "base address"),
    ],
)
def test_bad_settings_are_refused(world: ModuleType, change: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        weekly_mail(world.quiet(), replace(SETTINGS, **change))  # type: ignore[arg-type]


def test_a_digest_without_previous_crawl_is_the_first(world: ModuleType) -> None:
    digest = make_digest(replace(world.made(), previous=""))
    assert "this is the first digest" in " ".join(render_text(digest).split())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(360, "light", "fr"), (360, "dark", "en"), (600, "dark", "fr"), (1200, "light", "en")]
)
def test_the_html_part_runs_nothing_and_fits_its_window(
    world: ModuleType, chromium: Chrome, tmp_path: Path, width: int, scheme: str, language: str
) -> None:
    settings = replace(SETTINGS, language=language, base_url="https://reports.rights.org/a-rather-long-folder-name/of-reports")
    message = weekly_mail(world.made(), settings)
    picture = base64.b64encode(parts(message)["image/png"].get_content()).decode()
    page = tmp_path / "mail.html"
    page.write_text(re.sub(r'cid:[^"]+', f"data:image/png;base64,{picture}", html_of(message)), "utf-8")
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    chromium.get_log("browser")
    chromium.get(page.as_uri())
    assert chromium.execute_script("return window.ran") is None
    assert chromium.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert chromium.execute_script("return document.querySelector('img').naturalWidth") == 1200
    light = (
        chromium.execute_script("return getComputedStyle(document.querySelector('.sheet')).backgroundColor") == "rgb(255, 255, 255)"
    )
    assert light == (scheme == "light")
    assert chromium.get_log("browser") == []
