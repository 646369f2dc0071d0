"""The story's world: the same bytes for a seed, other names for another, and nothing linked but what the story links."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from samehand.demo.story import CRAWL_IDS, build_story, expected
from samehand.demo.world import Reply, Site, Story

SEEDS = (None, 1, 2, 3, 4, 5)
MIRRORS = ("mirror", "members", "client")


@cache
def story(seed: int | None = None, *, without_control: bool = False, framed: bool = False) -> Story:
    return build_story(seed, without_control=without_control, framed=framed)


def bodies(site: Site) -> bytes:
    return b"\n".join(reply.body for _, reply in sorted(site.replies.items()))


def cookie_names(reply: Reply) -> list[str]:
    return [value.partition("=")[0] for name, value in reply.headers if name == "Set-Cookie"]


@pytest.mark.parametrize("seed", [None, 3])
def test_the_same_seed_gives_the_same_bytes(seed: int | None) -> None:
    assert build_story(seed) == story(seed)


def test_seeds_share_no_name_host_or_id() -> None:
    seen: dict[str, int | None] = {}
    for seed in SEEDS:
        told = story(seed)
        words = {value for key, value in told.facts.items() if value and not key.endswith(("company", "gateway"))}
        words |= set(told.hosts.values()) | {told.names[role] for role in ("original", *MIRRORS, "licensed", "twin_a", "accounts")}
        words |= {
            told.facts[key]
            for key in ("original.company", "mirror.company", "members.company", "original.gateway", "fraud.gateway")
        }
        for word in words:
            assert seen.setdefault(word, seed) == seed, word
    assert len(seen) > 200


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_seed_leaves_nothing_of_the_record(seed: int) -> None:
    told = story(seed)
    record = re.compile(rb"allofmp3|mp3sparks|memphismembers|alltunes|mediaservices|regiontorg|regionrog", re.I)
    for episode in told.episodes:
        for site in episode.sites:
            assert not record.search(bodies(site)), (seed, site.host)
            assert site.key_pair is None or not record.search(" ".join(site.key_pair.names).encode())


def test_seeds_change_markup_prices_and_policies() -> None:
    homes = {seed: story(seed).episodes[0].site("original") for seed in SEEDS}
    classes = {seed: frozenset(re.findall(rb'class="([^"]+)"', site.replies["/"].body)) for seed, site in homes.items()}
    cookies = {tuple(cookie_names(site.replies["/"])) for site in homes.values()}
    policies = {bodies(site) for site in homes.values()}
    assert all(not classes[a] & classes[b] for a in SEEDS for b in SEEDS if a != b)
    assert len(cookies) == len(policies) == len(SEEDS)
    assert len({tuple(name for name, _ in site.replies["/"].headers) for site in homes.values()}) > 2


@pytest.mark.parametrize("seed", [None, 2])
@pytest.mark.parametrize("without_control", [False, True])
def test_every_internal_link_resolves(seed: int | None, without_control: bool) -> None:
    for episode in story(seed, without_control=without_control).episodes:
        for site in episode.sites:
            for path, reply in site.replies.items():
                if b"<html" not in reply.body[:400]:
                    continue
                tree = lxml.html.document_fromstring(reply.body)
                for link in [str(value) for tag in tree.iter("*") for name, value in tag.items() if name in ("href", "src")]:
                    where = urlsplit(urljoin(f"http://{site.host}{path}", link))
                    if where.hostname != site.host:
                        continue
                    asked = where.path + (f"?{where.query}" if where.query else "")
                    assert site.reply(asked) is not site.missing or site.role in ("parked", "challenge"), (site.host, path, link)


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_every_page_of_the_shops_is_reached_by_links(seed: int | None) -> None:
    for role in ("original", "client", "licensed", "twin_a", "neighbour"):
        site = story(seed).episodes[2].site(role)
        reached, left = {"/"}, ["/"]
        while left:
            path = left.pop()
            tree = lxml.html.document_fromstring(site.reply(path).body)
            for link in (str(one.get("href") or one.get("action")) for one in tree.iter("a", "form")):
                where = urlsplit(urljoin(f"http://{site.host}{path}", link))
                if where.hostname == site.host and where.path in site.replies and where.path not in reached:
                    reached.add(where.path)
                    if b"<html" in site.replies[where.path].body[:400]:
                        left.append(where.path)
        pages = {path for path, reply in site.replies.items() if b"<html" in reply.body[:400]}
        assert {path for path in pages - reached if not path.startswith("/search")} == set(), role


def test_the_style_sheets_pictures_exist() -> None:
    for site in story().episodes[2].sites:
        for path, reply in site.replies.items():
            if path.endswith(".css"):
                for link in re.findall(r"url\(([^)]+)\)", reply.body.decode()):
                    asked = urlsplit(urljoin(f"http://{site.host}{path}", link)).path
                    assert asked in site.replies, (site.host, link)


def test_the_impossible_path_is_missing_everywhere_and_alike_in_the_house_only() -> None:
    episode = story().episodes[2]
    pages = {site.role: site.reply("/no-such-page-7f3a") for site in episode.sites}
    assert all(reply.status == 404 for role, reply in pages.items() if role not in ("parked", "challenge"))
    reference = re.search(rb"Ref\. [^<]+", pages["original"].body)
    assert reference is not None
    assert {role for role, reply in pages.items() if reference[0] in reply.body} == {"original", "mirror", "members"}


def test_the_second_crawl_hides_the_mirror_behind_the_original() -> None:
    told = story()
    first, second, third, fourth = told.episodes
    mirror = told.hosts["mirror"]
    assert [episode.crawl_id for episode in told.episodes] == list(CRAWL_IDS)
    assert mirror not in first.candidates_csv + second.candidates_csv
    assert mirror.encode() not in bodies(first.site("original"))
    assert f'href="http://{mirror}/"'.encode() in bodies(second.site("original"))
    assert told.names["original"].encode() in bodies(second.site("mirror"))
    shop = bodies(second.site("mirror"))
    assert told.facts["mirror.company"].encode() in shop
    assert told.facts["mirror.company_misspelt"].encode() in shop
    assert told.facts["mirror.tracker"].encode() in shop
    assert told.facts["original.tracker"].encode() not in shop
    assert "members" not in {site.role for site in second.sites}
    assert {"members", "client"} <= {site.role for site in third.sites}
    assert len(fourth.site("original").replies) < 12
    assert b"unavailable" in bodies(fourth.site("client"))


def test_catalogue_prices_and_covers_are_the_mirrors_too() -> None:
    for episode in story().episodes[1:3]:
        original, mirror = episode.site("original"), episode.site("mirror")
        albums = [path for path in original.replies if re.search(r"/\d+\.shtml$", path)]
        assert len(albums) >= 18
        for path in albums:
            rows = [re.findall(r"<td>([^<]*)</td>|\$([0-9.]+)", site.replies[path].body.decode()) for site in (original, mirror)]
            assert rows[0] == rows[1]
        tracks = sum(original.replies[path].body.count(b"?add=") - 1 for path in albums)
        assert tracks > 200
        covers = [path for path in original.replies if path.endswith(".jpg")]
        assert all(original.replies[path].body == mirror.replies[path].body for path in covers)
        assert original.replies["/favicon.ico"].body != mirror.replies["/favicon.ico"].body


def test_the_accounts_host_names_the_shops_of_the_day_and_not_the_copyist() -> None:
    told = story()
    for episode, roles in zip(told.episodes, (("original",), ("original", "mirror"), ("original", *MIRRORS)), strict=False):
        host = episode.site("accounts")
        assert host.key_pair is not None
        for role, name in told.hosts.items():
            named = f"http://{name}/".encode() in host.replies["/"].body
            assert named == (role in roles), role
            assert (name in host.key_pair.names) == (role in (*roles, "accounts"))
        for role in roles:
            assert f'action="https://{told.hosts["accounts"]}/enter"'.encode() in bodies(episode.site(role))


def test_the_copyist_kept_all_but_the_payee() -> None:
    told = story()
    copy, original = told.episodes[0].site("fraud"), told.episodes[0].site("original")
    text = bodies(copy)
    assert told.facts["original.tracker"].encode() in text
    assert f'rel="canonical" href="http://{told.hosts["original"]}/"'.encode() in text
    assert f'action="https://{told.hosts["accounts"]}/enter"'.encode() in text
    assert f"http://{told.hosts['original']}/cart/?add=".encode() in text
    assert told.facts["original.merchant"].encode() not in text
    assert told.facts["fraud.merchant"].encode() in text
    assert cookie_names(copy.replies["/"]) == []
    assert [name for name, _ in copy.replies["/"].headers] != [name for name, _ in original.replies["/"].headers]
    assert b"Apache/1.3.37 Server" in copy.missing.body
    assert bodies(told.episodes[3].site("fraud")).count(b"urchin") == text.count(b"urchin")


def test_framing_plants_the_merchant_id_and_nothing_else() -> None:
    plain, framed = story(), story(framed=True)
    for one, other in zip(plain.episodes, framed.episodes, strict=True):
        assert one.candidates == other.candidates
        assert [a == b for a, b in zip(one.sites, other.sites, strict=True)] == [a.role != "fraud" for a in one.sites]
        before, after = one.site("fraud"), other.site("fraud")
        changed = {path for path in before.replies if before.replies[path].body != after.replies[path].body}
        assert len(changed) == 1
        assert "topup" in changed.pop()
        payee = (plain.facts["fraud.gateway"].encode(), plain.facts["fraud.merchant"].encode())
        swapped = bodies(before).replace(payee[0], plain.facts["original.gateway"].encode())
        assert swapped.replace(payee[1], plain.facts["original.merchant"].encode()) == bodies(after)


def test_without_control_the_mirrors_share_only_what_can_be_copied() -> None:
    told = story(without_control=True)
    third = told.episodes[2]
    original = third.site("original")
    order = [name for name, _ in original.replies["/"].headers]
    for role in MIRRORS:
        site = third.site(role)
        text = bodies(site)
        assert told.facts["original.merchant"].encode() not in text
        assert told.hosts["accounts"].encode() not in text
        assert told.facts["cookie"] not in cookie_names(site.replies["/"])
        assert [name for name, _ in site.replies["/"].headers] != order
        assert b"<address>" in site.missing.body.lower() or b"<center>nginx" in site.missing.body
        assert not [path for path in site.replies if path.startswith("/upload/")]
        assert f"http://{told.hosts[role]}/".encode() not in bodies(original) + bodies(third.site("accounts"))
    assert bodies(told.episodes[1].site("mirror")).count(b"$") == bodies(third.site("mirror")).count(b"$")
    assert told.hosts["mirror"] in told.episodes[1].candidates_csv


def test_without_control_differs_only_in_the_house() -> None:
    plain, bare = story(), story(without_control=True)
    house = {"original", *MIRRORS, "accounts", "fraud"}
    for one, other in zip(plain.episodes, bare.episodes, strict=True):
        assert {site.role for site in one.sites} == {site.role for site in other.sites}
        for site in one.sites:
            assert site == other.site(site.role) or site.role in house
    assert plain.episodes[0].site("original") == bare.episodes[0].site("original")


def test_the_theme_twins_share_the_theme_and_no_payee() -> None:
    told = story()
    first, second = (told.episodes[0].site(role) for role in ("twin_a", "twin_b"))
    theme = [path for path in first.replies if path.startswith("/themes/")]
    assert len(theme) >= 4
    assert all(first.replies[path].body == second.replies[path].body for path in theme)
    assert f"Theme Name: {told.facts['theme']}".encode() in bodies(first)
    assert told.facts["twin_a.merchant"].encode() not in bodies(second)
    items = [{path for path in site.replies if path.startswith("/item/")} for site in (first, second)]
    assert not items[0] & items[1]


def test_the_neighbour_shares_address_and_certificate() -> None:
    episode = story().episodes[1]
    original, neighbour, mirror = (episode.site(role) for role in ("original", "neighbour", "mirror"))
    assert original.key_pair == neighbour.key_pair
    assert original.key_pair is not None
    assert mirror.key_pair is not None
    assert mirror.key_pair.key != original.key_pair.key
    assert original.address == neighbour.address != mirror.address


def test_expectations_follow_the_two_switches() -> None:
    framed, bare = expected(story(framed=True)), expected(story(without_control=True))
    at = story().hosts
    assert {pair for wanted in framed for pair in wanted.review} == {
        tuple(sorted((at["fraud"], at["original"]))),
        tuple(sorted((at["fraud"], at["client"]))),
    }
    assert all(not wanted.operators for wanted in bare)
    assert {at[role] for role in MIRRORS} <= set(bare[2].copied_from)
    assert [len(group) for wanted in expected(story()) for group in wanted.operators] == [2, 4, 4]


@pytest.mark.parametrize("seed", SEEDS)
def test_expectations_name_sites_on_stage(seed: int | None) -> None:
    told = story(seed)
    for wanted, episode in zip(expected(told), told.episodes, strict=True):
        on_stage = {site.host for site in episode.sites}
        assert wanted.crawl_id == episode.crawl_id
        assert wanted.alone | set().union(*wanted.operators) <= on_stage
        assert {host for pair in wanted.relations for host in pair} <= on_stage
        assert all(first < second for first, second in wanted.relations)
        assert not wanted.review
