"""Twenty-six weeks decided beforehand: who is there, what happens to whom and when, and what must be told of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks.half_year.shops import GATEWAYS, Author, Shop, Stack, invent, make_author, make_shop, make_stack, restocked

__all__ = ["WEEKS", "Correction", "Plan", "Told", "crawl_id", "is_listed_by_tls", "make_plan", "moment"]

WEEKS = 26
_FIRST = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


def moment(week: int) -> datetime:
    """When week ``week`` (from 0) is crawled."""
    return _FIRST + timedelta(weeks=week)


def crawl_id(week: int) -> str:
    """The crawl of that week."""
    return f"{moment(week):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class Told:
    """One planted event: the digest of ``week`` must tell it of ``site``, as one of ``whats``, once."""

    week: int
    whats: frozenset[str]
    site: str
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An analyst's word before the analysis of ``week``: these two are not run by one operator."""

    week: int
    site: str
    others: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """The half year. ``steps`` change the shops at the start of a week; ``quiet`` are rows that may be told but need not."""

    shops: list[Shop]
    steps: dict[int, list[Callable[[], None]]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    allowed: list[Told] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def at(self, week: int, step: Callable[[], None]) -> None:
        """Do ``step`` at the start of ``week``."""
        self.steps.setdefault(week, []).append(step)

    def tell(self, week: int, site: str, why: str, *whats: str) -> None:
        """``site`` must be told of in ``week``."""
        self.told.append(Told(week, frozenset(whats), site, why))

    def allow(self, week: int, site: str, why: str, *whats: str) -> None:
        """A row that follows from an event and may stand beside it."""
        self.allowed.append(Told(week, frozenset(whats), site, why))


def make_plan(seed: int) -> Plan:
    """The half year of one seed: 60 storefronts, six operators, two kits, and every kind of event on shops of their own."""
    rng = random.Random(f"half year {seed}")
    shops: list[Shop] = []
    operators: list[list[Shop]] = []
    for number, size in enumerate((4, 4, 3, 3, 3, 2)):
        operators.append(_operator(rng, f"op{number}", size, len(shops) + 1))
        shops += operators[-1]
    kits = [make_author(rng, f"{seed}/kit{n}") for n in range(2)]
    alone = []
    while len(shops) < 59:
        number = len(shops) + 1
        theme = kits[number % 2] if number % 4 < 2 else make_author(rng, f"{seed}/theme{number}")
        shop = make_shop(
            rng, number, f"alone{number}", theme, make_author(rng, f"{seed}/voice{number}"), make_stack(rng), _payee(rng)
        )
        shops.append(shop)
        alone.append(shop)
    plan = Plan(shops)
    rng.shuffle(alone)
    _arrivals(plan, rng, operators, alone)
    _endings(plan, rng, operators, alone)
    _changes(plan, rng, alone)
    _noise(plan, rng, alone, kits)
    _mistake(plan, rng, operators[1])
    return plan


def _payee(rng: random.Random) -> tuple[str, str]:
    return rng.choice(GATEWAYS), str(rng.randrange(10_000_000, 99_999_999))


def _operator(rng: random.Random, name: str, size: int, number: int) -> list[Shop]:
    """Mirrors of one hand: same theme, texts, server and payee; brand, company, colours and tracker differ."""
    theme, voice, stack, payee = (
        make_author(rng, f"{name}{rng.random()}"),
        make_author(rng, f"{name}v{rng.random()}"),
        make_stack(rng, name),
        _payee(rng),
    )
    trade = rng.choice(("lamps", "knives", "tea", "shoes"))
    made = [make_shop(rng, number + n, name, theme, voice, stack, payee, trade) for n in range(size)]
    goods = restocked(rng, trade, 16)
    for shop in made:
        shop.products = tuple(rng.sample(goods, 11))
    return made


def _arrivals(plan: Plan, rng: random.Random, operators: list[list[Shop]], alone: list[Shop]) -> None:
    """Two new mirrors join their operators; two strangers open."""
    for operator, week in ((operators[0], rng.randrange(3, 8)), (operators[3], rng.randrange(14, 22))):
        operator[-1].born = week
        plan.tell(week, operator[-1].host, "a new mirror opens", "joined")
        plan.allow(week, operator[-1].host, "it is new as well", "appeared", "discovered")
    for _ in range(2):
        shop, week = alone.pop(), rng.randrange(2, 24)
        shop.born = week
        plan.tell(week, shop.host, "a stranger opens", "appeared", "discovered")


def _endings(plan: Plan, rng: random.Random, operators: list[list[Shop]], alone: list[Shop]) -> None:
    """Shops that are parked or suspended (one comes back), that move, and that say farewell while a new one opens."""
    for ended in ("parked", "suspended"):
        shop, week = alone.pop(), rng.randrange(4, 14)
        plan.at(week, partial(setattr, shop, "ended", ended))
        plan.tell(week, shop.host, f"is {ended}", "gone", "page-state")
        if ended == "suspended":
            back = week + rng.randrange(3, 8)
            plan.at(back, partial(setattr, shop, "ended", ""))
            plan.tell(back, shop.host, "opens again", "back", "page-state")
    old, heir = operators[2][0], operators[2][-1]
    week = rng.randrange(8, 20)
    heir.born = week
    plan.at(week, lambda: setattr(old, "moved_to", heir.host))
    plan.tell(week, old.host, f"moves to {heir.host}", "successor", "moved")
    plan.tell(week, heir.host, "opens as the new address", "joined")
    plan.allow(week, heir.host, "it is new as well", "appeared", "discovered", "successor")
    plan.allow(week, old.host, "its own pages are gone", "gone", "page-state", "host")
    closing, next_one = operators[4][0], operators[4][-1]
    week = rng.randrange(6, 18)
    next_one.born = week
    plan.at(week, lambda: setattr(closing, "ended", "farewell"))
    plan.tell(week, closing.host, f"closes while {next_one.host} opens", "successor")
    plan.tell(week, next_one.host, "opens in its place", "joined")
    plan.allow(week, next_one.host, "it is new as well", "appeared", "discovered", "successor")
    plan.allow(week, closing.host, "its pages are a farewell", "gone", "page-state", "payment")


def _changes(plan: Plan, rng: random.Random, alone: list[Shop]) -> None:
    """One change of each kind on a shop that nothing else happens to."""
    shop, week = alone.pop(), rng.randrange(3, 12)
    plan.at(week, partial(setattr, shop, "payment", "unavailable"))
    plan.tell(week, shop.host, "cards unavailable", "payment")
    back = week + rng.randrange(3, 8)
    plan.at(back, partial(setattr, shop, "payment", "accepted"))
    plan.tell(back, shop.host, "cards are back", "payment")

    shop, week = alone.pop(), rng.randrange(3, 24)
    plan.at(week, partial(setattr, shop, "payment", "withdrawn"))
    plan.tell(week, shop.host, "cards withdrawn", "payment")

    shop, week = alone.pop(), rng.randrange(3, 24)
    company = f"{invent(rng, 3)} {invent(rng, 3)} Holding BV"
    plan.at(week, partial(setattr, shop, "company", company))
    plan.tell(week, shop.host, f"names {company}", "company")

    shop, week = alone.pop(), rng.randrange(3, 24)
    plan.at(week, partial(setattr, shop, "language", "fr"))
    plan.tell(week, shop.host, "turns French", "language")

    shop, week = alone.pop(), rng.randrange(3, 12)
    plan.at(week, partial(setattr, shop, "gated", True))
    plan.tell(week, shop.host, "closes its gate", "gate")
    plan.allow(week, shop.host, "what is behind it cannot be read", "page-state")
    opened = week + rng.randrange(3, 8)
    plan.at(opened, partial(setattr, shop, "gated", False))
    plan.tell(opened, shop.host, "opens its gate", "gate")
    plan.allow(opened, shop.host, "it can be read again", "page-state")

    shop, week = alone.pop(), rng.randrange(3, 24)
    more = restocked(rng, "toys", 30)
    plan.at(week, partial(setattr, shop, "products", shop.products + more))
    plan.tell(week, shop.host, "sells three times as much", "catalogue")

    shop, week = alone.pop(), rng.randrange(3, 24)
    dearer = tuple(replace(product, price=product.price * 3 // 2) for product in shop.products)
    plan.at(week, partial(setattr, shop, "products", dearer))
    plan.tell(week, shop.host, "is half as dear again", "prices")

    shop, week = alone.pop(), rng.randrange(3, 24)
    address = f"127.90.{rng.randrange(2, 250)}.{rng.randrange(2, 250)}"
    server = make_stack(rng)
    while server.headers == shop.stack.headers:
        server = make_stack(rng)

    def move(shop: Shop = shop, server: Stack = server) -> None:
        shop.address, shop.stack = address, server

    plan.at(week, move)
    plan.tell(week, shop.host, "moves to another server", "host")

    shop, week = _by_tls(plan, alone), rng.randrange(3, 24)
    plan.at(week, partial(setattr, shop, "key", shop.key + "/new"))
    plan.tell(week, shop.host, "has a new key", "certificate")


def _by_tls(plan: Plan, alone: list[Shop]) -> Shop:
    """A shop whose certificate a visit shows: listed by its https address."""
    shop = next(one for one in reversed(alone) if is_listed_by_tls(plan.shops.index(one)))
    alone.remove(shop)
    return shop


def is_listed_by_tls(number: int) -> bool:
    """Every fourth storefront stands on the list by its plain address."""
    return number % 4 != 0


def _noise(plan: Plan, rng: random.Random, alone: list[Shop], kits: list[Author]) -> None:
    """What must not become news: outages, renewals, a rotating CDN, a kit's new footer, a payment notice that flaps."""
    for how in ("refused", "error", "forbidden", "refused", "error"):
        shop, week = alone.pop(), rng.randrange(2, 22)
        length = rng.randrange(1, 4)
        for day in range(week, week + length):
            shop.out[day] = how
        plan.allow(week, shop.host, f"is {how} for {length} weeks", "not-reached")
        plan.allow(week + length, shop.host, "is reached again", "reached-again")
    shop, week = _by_tls(plan, alone), rng.randrange(3, 24)
    plan.at(week, partial(setattr, shop, "renewed", shop.renewed + 1))
    for _ in range(3):
        shop = alone.pop()
        shop.rotating = tuple(f"127.80.{n}.{rng.randrange(2, 250)}" for n in range(3))
    week = rng.randrange(4, 20)

    def new_footer() -> None:
        for one in plan.shops:
            if one.theme is kits[0]:
                one.footer_note = "Theme updated to release 4."

    plan.at(week, new_footer)
    shop, week = alone.pop(), rng.randrange(3, 18)
    for turn in range(6):
        state = "unavailable" if turn % 2 == 0 else "accepted"
        plan.at(week + turn, partial(setattr, shop, "payment", state))
    plan.tell(week, shop.host, "its payment notice begins to flap", "payment")
    plan.allow(week + 1, shop.host, "the first way back", "payment")
    for later in range(week + 2, week + 12):
        plan.allow(later, shop.host, "where it settles", "payment-settled")


def _mistake(plan: Plan, rng: random.Random, operator: list[Shop]) -> None:
    """An agency's client: served and cashed in by an operator's set-up, linked to it, and put right by an analyst."""
    model = operator[0]
    week = rng.randrange(3, 8)
    shop = make_shop(
        rng, 60, "client", make_author(rng, f"client{rng.random()}"), make_author(rng, f"cv{rng.random()}"), model.stack,
        (model.gateway, model.merchant),
    )  # fmt: skip
    shop.born = week
    plan.shops.append(shop)
    plan.tell(week, shop.host, "an agency's client opens and is taken for its operator's", "joined")
    plan.allow(week, shop.host, "it is new as well", "appeared", "discovered")
    put_right = week + rng.randrange(4, 9)
    plan.corrections.append(Correction(put_right, shop.host, tuple(one.host for one in operator)))
    plan.tell(put_right, shop.host, "is put right by an analyst", "corrected")
