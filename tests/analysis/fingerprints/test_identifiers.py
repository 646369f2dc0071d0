"""Identifiers: each grammar in its context, and what only looks like one."""

from __future__ import annotations

import hashlib
import re
from re import _parser  # type: ignore[attr-defined]  # the widths of patterns are told nowhere else

import pytest

from analysis.fingerprints import identifiers
from analysis.ids.grammars import Grammar
from analysis.ids.identifier_grammars import GRAMMARS
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role


def resource(url: str, body: str, role: Role = Role.HOME) -> Resource:
    raw = body.encode()
    kind = "application/javascript" if role is Role.SCRIPT else "text/html; charset=utf-8"
    return Resource(url, 200, (("content-type", kind),), raw, hashlib.sha256(raw).hexdigest(), "2026-01-01T00:00:00Z", role)


FILLING = (
    "<h1>Records</h1>"
    + "<p>Long playing records, shipped from our own cellar to any address you name, every weekday of the year.</p>" * 6
)


def found(head: str, *more: Resource, body: str = "") -> dict[str, str]:
    """Kind -> value of the traces of a one-page shop."""
    html = f"<!doctype html><html><head><title>Cellar Records</title>{head}</head><body>{FILLING}{body}</body></html>"
    resources = (resource("https://shop.example/", html), *more)
    capture = Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", resources)
    return {trace.kind.partition(".")[2]: trace.value for trace in identifiers.take(read(capture))}


HEX32 = "5f2b8c1d7a904e63b1fdc2a97e4480d6"
UUID = "3c9d1f5a-72b4-4e0d-9a68-b15c07f2ed43"

CASES = [
    ("google_analytics", "<script>ga('create','UA-64281352-3','auto')</script>", "UA-64281352"),
    ("google_analytics", '<script>_uacct = "UA-948271-1"; urchinTracker();</script>', "UA-948271"),
    ("google_analytics", '<img src="https://www.google-analytics.com/__utm.gif?utmac=UA-948271-2">', "UA-948271"),
    (
        "google_measurement",
        '<script async src="https://www.googletagmanager.com/gtag/js?id=G-A3JU7YZRZ3"></script>',
        "G-A3JU7YZRZ3",
    ),
    ("google_measurement", "<script>gtag('config', 'G-A3JU7YZRZ3')</script>", "G-A3JU7YZRZ3"),
    ("google_measurement", '<script>{"measurementId": "G-A3JU7YZRZ3"}</script>', "G-A3JU7YZRZ3"),
    (
        "google_tag_manager",
        "<script>(function(w,d,s,l,i){})(window,document,'script','dataLayer','GTM-5WSM2R');</script>",
        "GTM-5WSM2R",
    ),
    ("google_ads", '<script>gtag("event","conversion",{"send_to":"AW-746193528/abcDEF"})</script>', "746193528"),
    ("google_ads", "<script>var google_conversion_id = 746193528;</script>", "746193528"),
    ("adsense", '<script>google_ad_client = "pub-7391845526017384";</script>', "pub-7391845526017384"),
    ("yandex_metrica", '<script>ym(52750094, "init", {clickmap:true});</script>', "52750094"),
    ("yandex_metrica", '<img src="//mc.yandex.ru/watch/52750094">', "52750094"),
    ("facebook_pixel", "<script>fbq('init', '643685265571766');</script>", "643685265571766"),
    ("hotjar", "<script>h._hjSettings={hjid:2510144,hjsv:6};</script>", "2510144"),
    ("clarity", '<script>(function(c,l,a,r,i){})(window,document,"clarity","script","a0ju4p69cc");</script>', "a0ju4p69cc"),
    (
        "matomo",
        "<script>var u='//stats.cellar.example/';_paq.push(['setTrackerUrl',u+'p.php']);_paq.push(['setSiteId','7']);</script>",
        "stats.cellar.example#7",
    ),
    ("matomo", '<img src="https://stats.cellar.example/piwik.php?idsite=4">', "stats.cellar.example#4"),
    ("baidu", f'<script>hm.src="https://hm.baidu.com/hm.js?{HEX32}";</script>', HEX32),
    ("liveinternet", '<img src="//counter.yadro.ru/hit;MusicShops?r">', "musicshops"),
    ("hotlog", '<img src="http://hit12.hotlog.ru/cgi-bin/hotlog/count?s=248913&im=1">', "248913"),
    ("rambler", '<img src="http://counter.rambler.ru/top100.cnt?948217">', "948217"),
    ("mail_ru", '<img src="http://d1.c7.b2.a1.top.mail.ru/counter?id=1184753">', "1184753"),
    ("statcounter", "<script>var sc_project=2718463;</script>", "2718463"),
    (
        "plausible",
        '<script defer data-domain="cellar-records.com" src="https://plausible.io/js/script.js"></script>',
        "cellar-records.com",
    ),
    ("segment", '<script>analytics.load("q8XwT5bNzR2mKv7LcJ4hYp9d");</script>', "q8XwT5bNzR2mKv7LcJ4hYp9d"),
    ("mixpanel", f'<script>mixpanel.init("{HEX32}")</script>', HEX32),
    ("tiktok_pixel", "<script>ttq.load('C8QJ2K1R7N5TG3V0HB60')</script>", "C8QJ2K1R7N5TG3V0HB60"),
    ("pinterest_tag", "<script>pintrk('load', '2618374920155');</script>", "2618374920155"),
    ("snap_pixel", f"<script>snaptr('init', '{UUID}', {{}})</script>", UUID),
    ("bing_uet", '<script>(function(){var o={ti:"18473625"};o.q=w.uetq})</script>', "18473625"),
    ("recaptcha", f'<div class="g-recaptcha" data-sitekey="6Ld{"qX7Bv2kT9" * 4}w"></div>', f"6Ld{'qX7Bv2kT9' * 4}w"),
    ("tawk", "<script>s1.src='https://embed.tawk.to/5c84f1d9a2e6b37f80d91c42/default';</script>", "5c84f1d9a2e6b37f80d91c42"),
    ("intercom", '<script>window.intercomSettings = {app_id: "k4v9x2mw"};</script>', "k4v9x2mw"),
    ("crisp", f'<script>window.CRISP_WEBSITE_ID="{UUID}";</script>', UUID),
    ("jivo", '<script src="//code.jivosite.com/widget/Xk29fLmQ7c" async></script>', "Xk29fLmQ7c"),
    ("livechat", "<script>window.__lc.license = 9174826;</script>", "9174826"),
    ("zendesk", f'<script src="https://static.zdassets.com/ekr/snippet.js?key={UUID}"></script>', UUID),
    ("sentry", f'<script>Sentry.init({{dsn:"https://{HEX32}@o482913.ingest.sentry.io/5718293"}})</script>', HEX32),
    (
        "mailing_list",
        '<form action="https://cellar.us7.list-manage.com/subscribe/post?u=a9f3c17e20d84b56f1e7d3c28&id=4c">',
        "a9f3c17e20d84b56f1e7d3c28",
    ),
    ("verification", '<meta name="google-site-verification" content="YuEvnd2g8-Csw8Ah">', "google:YuEvnd2g8-Csw8Ah"),
    (
        "verification",
        '<meta name="msvalidate.01" content="F666227B4FE1AB78B45086BA8B8B40AA">',
        "bing:F666227B4FE1AB78B45086BA8B8B40AA",
    ),
]


@pytest.mark.parametrize(("kind", "source", "value"), CASES, ids=[f"{kind}-{i}" for i, (kind, _, _) in enumerate(CASES)])
def test_an_identifier_is_found_in_its_own_context(kind: str, source: str, value: str) -> None:
    assert found(source) == {kind: value}


@pytest.mark.parametrize(
    "source",
    [
        '<img src="/photos/G-2023010112.jpg" alt="G-2023010112">',
        "<p>Article UA-64281352-3 and GTM-5WSM2R are part numbers here</p>",
        "<script>ga('create','UA-XXXXX-Y','auto'); ga('create','UA-12345678-1')</script>",
        "<script>(function(i){})('dataLayer','GTM-XXXXXXX')</script>",
        "<script>gtag('config','G-XXXXXXXXXX'); gtag('config','G-0000000000')</script>",
        "<script>fbq('init', '000000000000000'); fbq('init', '123456789012345');</script>",
        "<script>fbq('init', 'YOUR_PIXEL_ID');</script>",
        '<div data-sitekey="6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI"></div>',
        f'<script>{{dsn:"https://{HEX32}@sentry-next.wixpress.com/68"}}</script>',
        '<meta name="google-site-verification" content="your-token-here">',
        '<meta name="description" content="F666227B4FE1AB78B45086BA8B8B40AA">',
    ],
)
def test_what_only_looks_like_an_identifier_is_none(source: str) -> None:
    """A photo name, a part number, a placeholder, a test key or a platform's key must not join two shops."""
    assert found("", body=source) == {}


def test_two_properties_of_one_account_are_equal_and_shown_whole() -> None:
    first = found("<script>ga('create','UA-64281352-3')</script>")
    second = found("<script>ga('create','UA-64281352-8')</script>")
    assert first == second == {"google_analytics": "UA-64281352"}


def test_the_same_matomo_number_on_two_servers_differs() -> None:
    one = found('<img src="https://a-stats.example/matomo.php?idsite=1">')
    other = found('<img src="https://b-stats.example/matomo.php?idsite=1">')
    assert one["matomo"] != other["matomo"]


def test_own_scripts_are_searched_and_strangers_scripts_are_not() -> None:
    code = "ym(52750094, 'init', {});"
    own = resource("https://static.shop.example/app.js", code, Role.SCRIPT)
    strange = resource("https://cdn.other.example/app.js", code, Role.SCRIPT)
    assert found("", own) == {"yandex_metrica": "52750094"}
    assert found("", strange) == {}


def test_a_page_is_named_before_an_asset() -> None:
    code = "ym(52750094, 'init', {});"
    own = resource("https://shop.example/a.js", code, Role.SCRIPT)
    html = f"<!doctype html><html><body>{FILLING}<script>{code}</script></body></html>"
    page = resource("https://shop.example/z/", html)
    capture = Capture("shop.example", page.url, HostKind.STOREFRONT, Outcome.FINISHED, "", (own, page))
    assert [trace.url for trace in identifiers.take(read(capture))] == [page.url]


def test_a_referral_is_a_note_and_no_key() -> None:
    link = '<a href="https://allbands.example/join?ref=45767">join</a><a href="/own?ref=9">own</a>'
    assert found("", body=link) == {"referral": "allbands.example?ref=45767"}
    assert not identifiers.REFERRAL.key


def test_kinds_are_unique_and_copyable() -> None:
    names = [kind.name for kind in identifiers.KINDS]
    assert len(names) == len(set(names)) == len(GRAMMARS) + 2
    assert {kind.cls.value for kind in identifiers.KINDS} == {"A"}


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.word)
def test_every_repetition_is_bounded(grammar: Grammar) -> None:
    """An unbounded repetition lets one page of padding stop a whole analysis."""
    for pattern in grammar.patterns:
        bare = re.sub(r"\\[^\n]|\[(?:\\.|[^\]])*\]", "_", pattern.pattern.pattern)
        assert not re.search(r"[*+]|,\}", bare), bare


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.word)
def test_no_match_reaches_beyond_the_piece_that_is_read(grammar: Grammar) -> None:
    """Only the surroundings of an anchor are searched: a longer match would be cut off, and lost."""
    for pattern in grammar.patterns:
        _, longest = _parser.parse(pattern.pattern.pattern, pattern.pattern.flags).getwidth()
        assert longest < pattern.reach, pattern.pattern.pattern


def test_what_stands_deep_in_a_long_page_is_found_as_in_a_short_one() -> None:
    """Each example far from both ends of a page, among words that hold other anchors too."""
    filling = "<i>gtag('config') property= facebook.com/tr? ti 6l g- <script>clarity</script></i>\n" * 60
    for grammar in GRAMMARS:
        for source in (source for word, source, _ in CASES if word == grammar.word):
            for text in (source, filling + source + filling, f"{filling}İ{source}{filling}"):
                for pattern in grammar.patterns:
                    pieces = pattern.pieces(text, text.lower())
                    found = [match.group() for piece in pieces for match in pattern.pattern.finditer(piece)]
                    assert found == [match.group() for match in pattern.pattern.finditer(text)]
