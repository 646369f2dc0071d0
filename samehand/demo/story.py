"""The story: four crawls of one market. ``build_story`` makes its world, ``expected`` states what must be found in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import combinations

from samehand.demo.copyist import wget_copy
from samehand.demo.names import CAST_ROLES, Cast, cast
from samehand.demo.neighbours import bystanders
from samehand.demo.scenes import Scenes, rehearse
from samehand.demo.stacks import APACHE_STATIC
from samehand.demo.world import Episode, Expected, Reply, Site, Story

__all__ = ["CRAWL_IDS", "build_story", "expected"]

CRAWL_IDS = ("20070305T060000Z", "20070507T060000Z", "20070604T060000Z", "20070702T060000Z")

_TITLES = (
    "March 2007: {original} takes cards; a copyist, theme twins, a licensed store and many links surround it.",
    "May 2007: {original} has lost its cards and sends payers to {mirror}.",
    "June 2007: {members} opens its door to invited guests; {client} waits for its payments.",
    "July 2007: {original} is a blog that promises to resume; {mirror}, {members} and {client} go on.",
)
_HOUSE = ("original", "mirror", "members", "client")


def build_story(seed: int | None = None, *, without_control: bool = False, framed: bool = False) -> Story:
    """The story's world; the same bytes for the same arguments.

    ``seed`` other than None changes names, hosts, companies, catalogue, ids, colours, markup and texts.
    ``without_control`` takes away all that only one operator could share (payee, live control, behind the page, time).
    ``framed`` gives the copyist the original's merchant id.
    """
    players = cast(seed)
    scenes = rehearse(players, control=not without_control)
    first = _moment(1)
    unmoved = (scenes.licensed(first), _fraud(scenes, framed=framed), *bystanders(players, scenes.voices, first, scenes.records))
    episodes = tuple(_episode(scenes, act, unmoved) for act in range(1, 5))
    facts = {
        f"{role}.{name}": getattr(players[role], name)
        for role in CAST_ROLES
        for name in ("tracker", "merchant", "company", "gateway")
    }
    facts |= {
        "cookie": players.cookie,
        "theme": players.theme,
        "cdn": players.cdn_host,
        "mirror.company_misspelt": players["mirror"].company_misspelt,
    }
    hosts = {role: players[role].host for role in CAST_ROLES}
    names = {role: players[role].name for role in CAST_ROLES}
    return Story(seed, without_control, framed, episodes, hosts, names, facts)


def _episode(scenes: Scenes, act: int, unmoved: tuple[Site, ...]) -> Episode:
    when = _moment(act)
    players = scenes.cast
    sites: list[Site] = [scenes.original(act, when)]
    if act >= 2:
        sites.append(scenes.mirror(act, when))
    if act >= 3:
        sites += [scenes.members(act, when), scenes.client(act, when)]
    sites += [scenes.accounts(act, when), *(_dated(site, when) for site in unmoved)]
    listed = [role for role in CAST_ROLES if role not in ("mirror", "accounts") and any(site.role == role for site in sites)]
    if act >= 3 or (act == 2 and not scenes.control):
        listed.insert(1, "mirror")  # found at the second crawl and noted since; without control nobody leads there
    title = _TITLES[act - 1].format(**{role: players[role].name for role in _HOUSE})
    return Episode(CRAWL_IDS[act - 1], title, tuple(_as_noted(players, role) for role in listed), tuple(sites))


def _dated(site: Site, when: datetime) -> Site:
    """A site that nobody touched since the first crawl, as its server answers at ``when``."""
    now = format_datetime(when, usegmt=True)

    def dated(reply: Reply) -> Reply:
        return replace(reply, headers=tuple((name, now if name == "Date" else value) for name, value in reply.headers))

    return replace(site, replies={path: dated(reply) for path, reply in site.replies.items()}, missing=dated(site.missing))


def _fraud(scenes: Scenes, *, framed: bool) -> Site:
    """The copyist fetched the original in the first days of March and never came back."""
    when = _moment(1)
    original, brand = scenes.cast["original"], scenes.cast["fraud"]
    payee = (original, original.gateway, original.merchant) if framed else (original, brand.gateway, brand.merchant)
    return wget_copy(scenes.original(1, when), brand, when, APACHE_STATIC, "127.20.0.50", payee)


def _as_noted(players: Cast, role: str) -> str:
    """A candidate as people write them down: mostly addresses, some bare names, a suspect one defanged."""
    host = players[role].host
    if role in ("original", "neighbour"):
        return f"https://{host}/"
    if role == "fraud":
        return f"hxxp://{host.replace('.', '[.]')}/"
    return host if role in ("label", "parked", "fan_2") else f"http://{host}/"


def _moment(act: int) -> datetime:
    return datetime.strptime(CRAWL_IDS[act - 1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def expected(story: Story) -> tuple[Expected, ...]:
    """The right verdicts of each episode, for tests of the whole line."""
    return tuple(_expected(story, act) for act in range(1, 5))


def _expected(story: Story, act: int) -> Expected:
    at = story.hosts
    house = [at[role] for role in _HOUSE[: (1, 2, 4, 4)[act - 1]]]
    control = not story.without_control
    relations: dict[tuple[str, str], frozenset[str]] = {}

    def rule(one: str, other: str, *right: str) -> None:
        first, second = sorted((one, other))
        relations[first, second] = frozenset(right)

    for one, other in combinations(house, 2):
        # A blog has little left to compare: from then on its membership may rest on the crawls before.
        told_by_pages = at["original"] in (one, other) and act < 4
        if control:
            rule(one, other, "same-operator") if told_by_pages else rule(
                one, other, "same-operator", "copy-of", "for-review", "none"
            )
        else:
            rule(one, other, "copy-of") if told_by_pages else rule(one, other, "copy-of", "same-kit", "none")
    review = set()
    for host in house:
        rule(host, at["fraud"], "copy-of", "none", *(("same-kit",) if host != at["original"] else ()))
        payee_of_original = host == at["original"] or (host == at["client"] and control)
        if story.framed and payee_of_original and not (host == at["original"] and act == 4):
            rule(host, at["fraud"], "copy-of", "for-review")
            review.add((min(host, at["fraud"]), max(host, at["fraud"])))
    if act < 4 and not story.framed:
        rule(at["original"], at["fraud"], "copy-of")
    rule(at["twin_a"], at["twin_b"], "same-kit")
    rule(at["original"], at["neighbour"], "same-provider", "none")
    copied = {at["fraud"]: frozenset({at["original"]})}
    if not control and act in (2, 3):
        copied |= {host: frozenset({at["original"]}) for host in house[1:]}  # among themselves either came first
    loners = {at[role] for role in CAST_ROLES if role not in (*_HOUSE, "fraud", "accounts")}
    discovered = {at["mirror"]: frozenset({at["original"], at["accounts"]})} if act == 2 and control else {}
    return Expected(
        crawl_id=CRAWL_IDS[act - 1],
        operators=(frozenset(house),) if control and act >= 2 else (),
        relations=relations,
        copied_from=copied,
        alone=frozenset(loners),
        changes=_changes(story, act),
        discovered=discovered,
        review=frozenset(review),
    )


def _changes(story: Story, act: int) -> tuple[tuple[frozenset[str], str, tuple[str, ...]], ...]:
    at, control = story.hosts, not story.without_control
    payment, arrival = frozenset({"payment"}), frozenset({"joined"} if control else {"appeared"})
    if act == 2:
        told = [(payment, at["original"], ("unavailable", "moved", "withdrawn")), (arrival, at["mirror"], ())]
        return (*told, (frozenset({"discovered"}), at["mirror"], (at["original"],))) if control else tuple(told)
    if act == 3:
        return ((arrival, at["members"], ()), (arrival, at["client"], ()))
    if act == 4:
        end = (frozenset({"page-state", "gone"}), at["original"], ())
        # whoever goes on is its successor only where something shows one hand
        return (end, (frozenset({"successor"}), at["original"], (at["mirror"],))) if control else (end,)
    return ()
