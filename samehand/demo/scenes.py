"""The operator's four shops, and the licensed one, as they stand at each of the four crawls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from samehand.demo import drawings
from samehand.demo.catalogue import Album, compose, repriced
from samehand.demo.certificates import self_signed
from samehand.demo.names import Brand, Cast, spun
from samehand.demo.neighbours import accounts_host, cdn_certificate, closing_blog
from samehand.demo.shops import ShopPlan, Skeleton, build_shop, renumbered, skeleton
from samehand.demo.stacks import APACHE, IIS, NGINX_PHP, Stack, house_stack
from samehand.demo.wording import SAYINGS, Voice, labels, voices
from samehand.demo.world import Site

__all__ = ["Scenes", "rehearse"]

_ORDERS = (
    ("node", "Date", "Set-Cookie", "Content-Type", "Server", "P3P", "Content-Length", "Cache-Control", "Connection"),
    ("Server", "node", "Cache-Control", "Content-Type", "Date", "Set-Cookie", "P3P", "Connection", "Content-Length"),
    ("Content-Type", "Server", "P3P", "Set-Cookie", "node", "Connection", "Cache-Control", "Date", "Content-Length"),
    ("Cache-Control", "Server", "Content-Length", "Set-Cookie", "Date", "node", "P3P", "Content-Type", "Connection"),
)
_NO_CART = "User-agent: *\nDisallow: /cart/\n"


@dataclass(frozen=True, slots=True)
class Scenes:
    """All that is decided before the first crawl. ``control`` False removes what links the mirrors behind their pages."""

    cast: Cast
    control: bool
    voices: dict[str, Voice]
    words: dict[str, str]
    labels: dict[str, dict[str, str]]
    skeletons: dict[str, Skeleton]
    records: tuple[Album, ...]
    house: Stack

    def albums(self, act: int) -> tuple[Album, ...]:
        """The house's catalogue: two new albums and other rates from the third crawl on, two more at the fourth."""
        count = (18, 18, 20, 22)[act - 1]
        shown = self.records[:count]
        return repriced(shown, self.cast.random("prices")) if act >= 3 else shown

    def original(self, act: int, when: datetime) -> Site:
        """The shop all began with; a blog at the fourth crawl."""
        if act == 4:
            house_error = build_shop(self._house_plan("original", 3, when)).missing.body
            return closing_blog(
                self.cast, self.words, when, self.house, house_error, self.cast["accounts"] if self.control else None
            )
        plan = self._house_plan("original", act, when)
        moved_to = self.cast["mirror"] if act >= 2 and self.control else None
        host = self.cast["original"].host
        return build_shop(
            replace(
                plan, address="127.20.0.11", payment="accepted" if act == 1 else "moved", moved_to=moved_to,
                key_pair=cdn_certificate(self.cast),
                aliases=(f"www.{host}",), russian=(self.labels["ru"], self.voices["ru"]), banner=self._banner("original", act),
            )
        )  # fmt: skip

    def mirror(self, act: int, when: datetime) -> Site:
        """The bright new shop: everything of the original's but colours, logo, company and tracker."""
        brand = self.cast["mirror"]
        plan = self._house_plan("mirror", act if self.control else 2, when)
        return build_shop(
            replace(
                plan, address="127.20.0.12", logo_style=1, alt_name=self.cast["original"].name,
                company_contacts=brand.company_misspelt, since=2007,
                key_pair=self_signed(f"{self.cast.seed}/mirror", (brand.host, f"www.{brand.host}"), brand.company),
                aliases=(f"www.{brand.host}",),
                banner=self._banner("mirror", act) if self.control else None,
                news=(("3 May 2007", self.words["opened"], self.words["openedmore"].format(brand=brand.name)),),
                stack=self.house if self.control else APACHE,
            )
        )  # fmt: skip

    def members(self, act: int, when: datetime) -> Site:
        """The club: of the shop only the door can be seen."""
        plan = self._house_plan("members", act if self.control else 2, when)
        return build_shop(
            replace(
                plan,
                address="127.20.0.13",
                logo_style=2,
                gate=True,
                since=2007,
                robots=None,
                stack=self.house if self.control else NGINX_PHP,
            )
        )

    def client(self, act: int, when: datetime) -> Site:
        """The programme's shop: own markup and server, the house's records and rules, the original's merchant id."""
        cast, brand = self.cast, self.cast["client"]
        plan = self._house_plan("client", act if self.control else 2, when)
        news = [("21 May 2007", self.words["ruling"], self.words["rulingmore"].format(company=brand.company))]
        if act == 4:
            news.insert(0, ("27 June 2007", self.words["still"], self.words["stillmore"]))
        return build_shop(
            replace(
                plan, address="127.20.0.14", logo_style=3, skeleton=self.skeletons["client"], labels=self.labels["client"],
                stack=NGINX_PHP, error_page=False,
                albums=tuple(a for n, a in enumerate(plan.albums) if n % 3 != 2), payment="unavailable",
                merchant=cast["original"].merchant if self.control else "",
                client=True, news=tuple(news), intro=(self.words["introclient"].format(brand=brand.name),), robots=None, since=2004,
            )
        )  # fmt: skip

    def accounts(self, act: int, when: datetime) -> Site:
        """The accounts host: it names the shops that live at ``act``; without control, the original only."""
        roles = (
            ["original", *(["mirror"] if act >= 2 else []), *(["members", "client"] if act >= 3 else [])]
            if self.control
            else ["original"]
        )
        return accounts_host(self.cast, tuple(self.cast[role] for role in roles), self.words, when)

    def licensed(self, when: datetime) -> Site:
        """The licensed store: half of the house's records, with leave and at its own prices, and eight of its own."""
        cast, brand = self.cast, self.cast["licensed"]
        rng = cast.random("licensed")
        mixed = self.records[:10] + compose(rng, 8, tracks=(9, 12))
        albums = renumbered(mixed, rng.randrange(500_000, 900_000))
        covers = {new.number: f"{cast.seed}/{old.number}" for new, old in zip(albums, mixed, strict=True)}
        return build_shop(
            ShopPlan(
                brand=brand, address="127.20.0.30", stack=IIS, when=when, skeleton=self.skeletons["licensed"],
                labels=self.labels["licensed"], words=self.words,
                voice=self.voices["licensed"], albums=albums, covers=covers,
                login_action=f"/login{self.skeletons['licensed'].extension}", logo_style=4,
                intro=(self.words["introlicensed"],), flat=("0.99", "9.99"),
                texts=("help", "terms", "privacy", "refunds", "about"), since=2003, sleeves=True,
                robots=f"User-agent: *\nDisallow:\nSitemap: http://{brand.host}/sitemap.xml\n", sitemap=True,
            )
        )  # fmt: skip

    def _house_plan(self, role: str, act: int, when: datetime) -> ShopPlan:
        cast, brand = self.cast, self.cast[role]
        albums = self.albums(act)
        own_login = not self.control and role != "original"
        return ShopPlan(
            brand=brand, address="", stack=self.house, when=when, skeleton=self.skeletons["house"], labels=self.labels["en"],
            words=self.words,
            voice=self.voices["house"], albums=albums, covers={album.number: f"{cast.seed}/{album.number}" for album in albums},
            login_action=f"/login{self.skeletons['house'].extension}" if own_login else f"https://{cast['accounts'].host}/enter",
            logo_style=0,
            intro=(self.words["intro"],), error_page=self.control or role == "original", robots=_NO_CART,
            news=(("14 February 2007", self.words["clubnews"], self.words["clubmore"]),),
        )  # fmt: skip

    def _banner(self, role: str, act: int) -> tuple[str, bytes] | None:
        """From the second crawl on: one drawing exported in each shop's colours by the same upload form."""
        if act < 2:
            return None
        brand: Brand = self.cast[role]
        stamp = self.cast.random("stamp")
        clock = f"{stamp.randrange(10, 19)}{stamp.randrange(10, 60)}{stamp.randrange(10, 60)}"
        name = f"/upload/200704{stamp.randrange(10, 30)}_{clock}_{stamp.randrange(100, 999)}.png"
        document = self._document("banner") if self.control else ""
        return name, drawings.banner(self.words["season"], self.words["seasonline"], brand.colours, document)

    def _document(self, what: str) -> str:
        digits = f"{self.cast.random(f'xmp/{what}').getrandbits(128):032X}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def rehearse(cast: Cast, *, control: bool) -> Scenes:
    """Draw everything that stays the same from crawl to crawl."""
    rng = cast.random("skeletons")
    frames, pieces, ends = ["table", "tabs", "panel"], ["table", "div", "list"], [".shtml", ".html", ".php", ""]
    if cast.seed is not None:
        for choice in (frames, pieces, ends):
            rng.shuffle(choice)
    skeletons = {
        name: skeleton(rng, frame, dialect, end)
        for name, frame, dialect, end in zip(("house", "client", "licensed"), frames, pieces, ends, strict=False)
    }
    words_rng = cast.random("words")
    words = {key: spun(text, words_rng) for key, text in SAYINGS.items()}
    if cast.seed is None:
        words["unavailable"] = "Payment temporarily unavailable. Unfortunately, the payment could not be processed currently."
    order = _ORDERS[0] if cast.seed is None else cast.random("headers").choice(_ORDERS)
    return Scenes(
        cast=cast,
        control=control,
        voices=voices(cast.random("voices")),
        words=words,
        labels={
            "en": labels("en", words_rng),
            "ru": labels("ru", words_rng),
            "client": labels("en", words_rng),
            "licensed": labels("en", words_rng) | {"topup": "Payment and gift cards"},
        },
        skeletons=skeletons,
        records=compose(cast.random("records"), 22),
        house=house_stack(cast.cookie, cast.node_header, order),
    )
