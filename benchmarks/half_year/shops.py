"""The storefronts of the simulated half year: who runs them, what they sell, how they are built, and the state they are in."""

# ruff: noqa: E501  (tables of words)

from __future__ import annotations

import random
from dataclasses import dataclass, field

__all__ = ["GATEWAYS", "Author", "Product", "Shop", "Stack", "invent", "make_author", "make_shop", "make_stack", "restocked"]

_SOUNDS = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "qui",
    "ro",
    "su",
    "ta",
    "ve",
    "wi",
    "xo",
    "zu",
    "bri",
    "clo",
    "dra",
    "ste",
)
_ENDS = ("", "n", "r", "s", "l", "m", "t")
_TRADES = {
    "lamps": ("lamp", "lantern", "sconce", "pendant", "shade", "candlestick", "spotlight", "bulb"),
    "knives": ("knife", "cleaver", "whetstone", "sheath", "corkscrew", "peeler", "chopping board", "scissors"),
    "tea": ("green tea", "black tea", "teapot", "infuser", "tea caddy", "oolong", "herbal blend", "tasting set"),
    "shoes": ("boot", "sandal", "trainer", "slipper", "loafer", "clog", "moccasin", "espadrille"),
    "toys": ("puzzle", "kite", "doll", "train set", "yo-yo", "marble run", "puppet", "spinning top"),
    "yarn": ("merino yarn", "cotton yarn", "needle set", "crochet hook", "stitch marker", "pattern book", "wool winder", "mohair"),
    "bags": ("satchel", "backpack", "purse", "tote bag", "suitcase", "belt bag", "holdall", "wallet"),
    "seeds": ("tomato seed", "basil seed", "seed tray", "watering can", "trowel", "pea seed", "sunflower seed", "compost"),
}  # fmt: skip
_FRENCH = {
    "lamp": "lampe", "knife": "couteau", "boot": "botte", "puzzle": "puzzle", "satchel": "cartable", "teapot": "théière", "backpack": "sac à dos",
    "sandal": "sandale", "kite": "cerf-volant", "lantern": "lanterne", "black tea": "thé noir", "green tea": "thé vert", "wallet": "portefeuille",
}  # fmt: skip
_COLOURS = ("red", "blue", "ivory", "slate", "amber", "olive", "copper", "teal", "plum", "sand")
_COLOURS_FR = ("rouge", "bleu", "ivoire", "ardoise", "ambre", "olive", "cuivre", "canard", "prune", "sable")
_FORMS = ("Ltd", "GmbH", "SARL", "BV", "S.L.", "ApS")
_CITIES = ("Bergen", "Gdansk", "Porto", "Lille", "Ghent", "Brno", "Malmo", "Cork", "Leipzig", "Turin", "Graz", "Vigo")
_TLDS = ("com", "net", "shop", "store", "eu", "org")
#: Where money goes: hosted checkouts many shops use.
GATEWAYS = ("secure.paydrove.com", "checkout.tillwise.net", "pay.coinharbour.com", "secure.brightcharge.com")


def invent(rng: random.Random, syllables: int) -> str:
    """A word nobody uses."""
    return ("".join(rng.choice(_SOUNDS) for _ in range(syllables)) + rng.choice(_ENDS)).capitalize()


@dataclass(frozen=True, slots=True)
class Stack:
    """A server as it shows: its headers in order, the session cookie's name, and its page for lost visitors."""

    headers: tuple[tuple[str, str], ...]
    cookie: str
    error_page: str


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever wrote a theme or a shop's texts: class names, frame, habits and choice of words all hang on ``mark``."""

    mark: str
    frame: int
    card: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """One thing for sale; the price is in cents."""

    sku: str
    english: str
    french: str
    price: int


@dataclass(slots=True)
class Shop:
    """One storefront and everything about it that a week may change. ``operator`` is the truth and stands nowhere on a page."""

    host: str
    operator: str
    brand: str
    company: str
    city: str
    phone: str
    theme: Author
    voice: Author
    stack: Stack
    gateway: str
    merchant: str
    tracker: str
    palette: tuple[str, str, str]
    address: str
    key: str
    products: tuple[Product, ...]
    born: int = 0
    language: str = "en"
    payment: str = "accepted"
    gated: bool = False
    ended: str = ""  # parked, suspended or farewell; empty while the shop is open
    moved_to: str = ""
    renewed: int = 0
    rotating: tuple[str, ...] = ()
    out: dict[int, str] = field(default_factory=dict)  # week -> refused, error, or forbidden (robots)
    footer_note: str = ""


def make_author(rng: random.Random, mark: str) -> Author:
    """A theme or voice of its own."""
    words = tuple(invent(rng, rng.choice((1, 2))).lower() for _ in range(24))
    return Author(mark, rng.randrange(4), rng.randrange(4), words)


def make_stack(rng: random.Random, house: str = "") -> Stack:
    """A stock server, or with ``house`` one that somebody configured: own cookie, own order of headers, own error page."""
    if not house:
        server, powered = rng.choice(
            (("nginx", ""), ("Apache/2.4.62 (Debian)", "PHP/8.2.26"), ("nginx/1.26.2", "PHP/8.3.14"), ("LiteSpeed", ""))
        )
        headers = [("Server", server), ("Date", ""), ("Content-Type", ""), ("Content-Length", "")]
        headers += [("X-Powered-By", powered)] if powered else []
        page = f"<html>\n<head><title>404 Not Found</title></head>\n<body>\n<center><h1>404 Not Found</h1></center>\n<hr><center>{server.split('/')[0]}</center>\n</body>\n</html>\n"
        return Stack((*headers, ("Connection", "keep-alive")), "PHPSESSID" if powered else "", page)
    node = invent(rng, 2)
    headers = [
        ("Server", "nginx"), ("Date", ""), ("Content-Type", ""), ("Content-Length", ""), (f"X-{node}", f"{node.lower()}-{rng.randrange(1, 9)}"),
        ("Cache-Control", "no-store"), ("Connection", "keep-alive"),
    ]  # fmt: skip
    rng.shuffle(headers)
    words = " ".join(invent(rng, 2).lower() for _ in range(6))
    page = f'<html><head><title>Nothing here</title></head><body><div class="lost {node.lower()}"><h2>This page went for a walk</h2><p>{words}.</p><p><a href="/">Back to the front door</a></p></div></body></html>'
    return Stack(tuple(headers), f"{node.lower()}_{rng.choice(('key', 'tok', 'vis'))}{rng.randrange(10, 99)}", page)


def make_shop(
    rng: random.Random,
    number: int,
    operator: str,
    theme: Author,
    voice: Author,
    stack: Stack,
    payee: tuple[str, str],
    trade: str = "",
) -> Shop:
    """A shop with a name, company, goods and address of its own; theme, voice, server and payee are given."""
    brand = invent(rng, 2) + rng.choice(("", " Store", " House", " & Co", " Market"))
    stem = "".join(letter for letter in brand.lower() if letter.isalnum())
    trade = trade or rng.choice(sorted(_TRADES))
    return Shop(
        host=f"{stem}{number if rng.random() < 0.2 else ''}.{rng.choice(_TLDS)}",
        operator=operator,
        brand=brand,
        company=f"{invent(rng, 3)} {invent(rng, 2)} {rng.choice(_FORMS)}",
        city=rng.choice(_CITIES),
        phone=f"+44 20 7946 0{rng.randrange(100, 999)}",
        theme=theme,
        voice=voice,
        stack=stack,
        gateway=payee[0],
        merchant=payee[1],
        tracker=f"G-{''.join(rng.choice('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789') for _ in range(10))}",
        palette=tuple(f"#{rng.randrange(0x1000000):06x}" for _ in range(3)),  # type: ignore[arg-type]
        address=f"127.40.{number}.{rng.randrange(2, 250)}",
        key=f"{operator}/{brand}/{number}",
        products=restocked(rng, trade, rng.randrange(9, 15)),
    )


def restocked(rng: random.Random, trade: str, count: int) -> tuple[Product, ...]:
    """So many goods of one trade; numbers and prices are the shop's own."""
    prefix = invent(rng, 1)[:2].upper()
    made = []
    for number in range(count):
        noun, colour = rng.choice(_TRADES[trade]), rng.randrange(len(_COLOURS))
        name = invent(rng, 2)
        made.append(
            Product(
                f"{prefix}{rng.randrange(100, 999)}-{number:02d}",
                f"{name} {_COLOURS[colour]} {noun}",
                f"{_FRENCH.get(noun, noun)} {name} {_COLOURS_FR[colour]}",
                rng.randrange(600, 14_000) // 10 * 10 + rng.choice((0, 5, 9)),
            )
        )
    return tuple(made)
