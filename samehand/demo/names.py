"""Who plays in the story: brands, hosts, companies, ids and colours; the historical four by default, invented ones for a seed.

Everyone but the four shops of the record (and the companies they named) is invented. No outside address is ever contacted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

__all__ = ["CAST_ROLES", "Brand", "Cast", "Colours", "cast", "invent"]

#: Every role that has a host. ``mirror`` is found through the original, ``accounts`` through log-in forms.
CAST_ROLES = (
    "original", "mirror", "members", "client", "fraud", "accounts", "licensed", "twin_a", "twin_b", "neighbour",
    "band", "label", "parked", "challenge", "fan_1", "fan_2", "fan_3", "fan_4", "fan_5",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colours:
    """A palette as hex colours: ``dark`` heads and headings, ``main`` bars and buttons, ``pale`` boxes, ``accent`` prices."""

    dark: str
    main: str
    pale: str
    accent: str


@dataclass(frozen=True, slots=True)
class Brand:
    """One site's public face. ``company_misspelt`` stands on one of its pages; ``merchant`` is its id at ``gateway``."""

    role: str
    name: str
    host: str
    tagline: str
    company: str
    city: str
    phone: str
    tracker: str
    merchant: str
    gateway: str
    colours: Colours
    company_misspelt: str = ""

    @property
    def mail(self) -> str:
        """Where customers write to."""
        return f"support@{self.host}"

    @property
    def slug(self) -> str:
        """The name as an ASCII word."""
        return "".join(letter for letter in self.name.lower() if letter.isalnum() and letter.isascii())


@dataclass(frozen=True, slots=True)
class Cast:
    """All brands by role, with what several of them share: gateways, the CDN, the theme and the rare session cookie."""

    seed: int | None
    brands: dict[str, Brand]
    gateways: tuple[str, str]
    cdn_host: str
    cdn_name: str
    cdn_others: tuple[str, ...]
    theme: str
    theme_author: str
    cookie: str
    node_header: str

    def __getitem__(self, role: str) -> Brand:
        return self.brands[role]

    def random(self, purpose: str) -> random.Random:
        """A generator of its own for each purpose, so that one room's draws do not move another's."""
        return random.Random(f"{self.seed}/{purpose}")


_PALETTES = (
    Colours("#12306b", "#2f62b5", "#e6eef9", "#c8102e"), Colours("#5a1a07", "#c2541b", "#fbeee2", "#1e6b3a"),
    Colours("#1f3d1b", "#4f8a2f", "#ebf4e3", "#b3261e"), Colours("#3a1a52", "#7b4bab", "#f1eaf8", "#d06a00"),
    Colours("#0d4650", "#1f8896", "#e2f3f4", "#b8336a"), Colours("#4a0d1f", "#a3213f", "#faeaee", "#175676"),
    Colours("#333a42", "#67747f", "#eff1f3", "#0a66c2"), Colours("#4d3b06", "#b08d19", "#fbf6e1", "#7a1f5c"),
    Colours("#0c2f45", "#3585b5", "#e8f3fa", "#d9480f"), Colours("#2b2118", "#8a6d4b", "#f6f0e7", "#9c1c1c"),
)  # fmt: skip

_ORIGINAL = {
    "original": ("AllofMP3", "allofmp3.com", "Mediaservices", "Moscow"),
    "mirror": ("MP3Sparks", "mp3sparks.com", "Regiontorg", "Moscow"),
    "members": ("MemphisMembers", "memphismembers.com", "Delta Club Services", "Limassol"),
    "client": ("AllTunes", "alltunes.com", "Mediaservices", "Moscow"),
    "fraud": ("AllofMP3", "allofmp3-vip.com", "", ""),
    "accounts": ("Melopass", "melopass.com", "", ""),
    "licensed": ("Tunewharf", "tunewharf.com", "Wharf Digital Retail Ltd", "London"),
    "twin_a": ("Kettle & Crate", "kettleandcrate.com", "Kettle Street Records Ltd", "Leeds"),
    "twin_b": ("Disques Marjolaine", "disques-marjolaine.fr", "Marjolaine Musique SARL", "Nantes"),
    "neighbour": ("Posterlane", "posterlane.com", "Posterlane Prints BV", "Utrecht"),
    "band": ("Orso Lumen", "orsolumen.fr", "", "Paris"),
    "label": ("Hexatone", "label-hexatone.fr", "Hexatone Disques SARL", "Paris"),
    "parked": ("Musicoutlett", "musicoutlett.com", "", ""),
    "challenge": ("Dropcrates", "dropcrates.net", "", ""),
    "fan_1": ("Russian Pop Corner", "ruspopcorner.org", "", ""),
    "fan_2": ("Peerplank", "peerplank.net", "", ""),
    "fan_3": ("Plastinka", "plastinka-forum.ru", "", ""),
    "fan_4": ("Wax and Wires", "waxandwires.org", "", ""),
    "fan_5": ("Sharebazaar", "sharebazaar.net", "", ""),
}

_ONSETS = ("b", "br", "d", "dr", "f", "g", "gl", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou", "y")
_CODAS = ("", "", "", "l", "n", "r", "s", "m", "x")
_SHOP_WORDS = ("Tunes", "Music", "Tracks", "Sound", "Beats", "Audio", "Songs", "Melody", "Tone", "Disc", "Rhythm", "Album")
_CLUB_WORDS = ("Club", "Circle", "Members", "Lounge", "Guild", "Society")
_FORMS = ("Ltd", "LLC", "Trading", "Media", "Services Ltd", "Holding", "Commerce")
_CITIES = ("Riga", "Sofia", "Odessa", "Minsk", "Tallinn", "Nicosia", "Kazan", "Samara", "Vilnius", "Tbilisi", "Yerevan", "Brno")
_TLDS = ("com", "net", "org", "biz", "info")
_TAGLINES = {
    "original": "[Music by the megabyte|Pay for the megabyte, keep the music|Every album, by the megabyte]",
    "mirror": "[The bright side of music|Songs with a spark|Fresh sound, fair price]",
    "members": "[By invitation only|A private listening club|For members and their friends]",
    "client": "[Music on your desktop|The music programme|A whole record shop in one window]",
    "licensed": "[The licensed download store|Songs you own, artists who are paid|Downloads from the labels themselves]",
    "twin_a": "[Second-hand vinyl and CDs|Records bought and sold|Used records, graded by hand]",
    "twin_b": "Disques neufs et d'occasion",
    "neighbour": "[Concert posters, printed to order|Gig posters on heavy paper|Posters for walls and corridors]",
}


def invent(rng: random.Random, syllables: int = 2) -> str:
    """A pronounceable word nobody uses, capitalised."""
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_CODAS)
    return word.capitalize()


def cast(seed: int | None) -> Cast:
    """Everyone who plays under ``seed``; None plays the names of the record."""
    rng = random.Random(f"{seed}/cast")
    palettes = rng.sample(_PALETTES, len(_PALETTES))
    if seed is None:
        palettes = list(_PALETTES)
        gateways, cdn, theme = ("chargegate.net", "paylantern.com"), "edgeparcel.net", "Cratewise"
    else:
        gateways = (f"{invent(rng, 3)}pay.net".lower(), f"{invent(rng, 3)}charge.com".lower())
        cdn, theme = f"{invent(rng, 3)}edge.net".lower(), invent(rng, 3)
    brands: dict[str, Brand] = {}
    for number, role in enumerate(CAST_ROLES):
        name, host, company, city = _ORIGINAL[role] if seed is None else _invented(role, rng, brands)
        brands[role] = Brand(
            role=role,
            name=name,
            host=host,
            tagline=spun(_TAGLINES.get(role, ""), rng),
            company=company,
            city=city,
            phone=_phone(role, rng),
            tracker=f"UA-{rng.randrange(100_000, 999_999)}-{rng.randrange(1, 9)}",
            merchant=f"{rng.randrange(1_000_000, 9_999_999)}",
            gateway=gateways[role in ("fraud", "twin_b", "licensed")],
            colours=palettes[number % len(palettes)],
            company_misspelt=_misspelt(company, rng, seed) if role == "mirror" else "",
        )
    original = brands["original"]
    brands["client"] = replace(brands["client"], company=original.company, city=original.city)
    brands["fraud"] = replace(
        brands["fraud"], company=original.company, city=original.city, tagline=original.tagline,
        tracker=original.tracker, phone=original.phone, colours=original.colours,
    )  # fmt: skip
    node = "X-Reel" if seed is None else f"X-{invent(rng, 2)}"
    cookie = (
        "reelsid_m7"
        if seed is None
        else f"{invent(rng, 2).lower()}_{rng.choice(('sid', 'vis', 'key', 'ses'))}{rng.randrange(10, 99)}"
    )
    others = tuple(f"{invent(rng, 3).lower()}{rng.choice(('shop', 'store', 'games', 'travel'))}.com" for _ in range(4))
    cdn_name = cdn.partition(".")[0].capitalize() + " Content Delivery"
    author = "Studio " + invent(rng, 2)
    return Cast(seed, brands, gateways, cdn, cdn_name, others, theme, author, cookie, node)


def spun(text: str, rng: random.Random) -> str:
    """Choose one wording of each ``[one|other]``; brackets do not nest."""
    done = []
    rest = text
    while rest:
        before, bracket, after = rest.partition("[")
        done.append(before)
        if not bracket:
            break
        choices, _, rest = after.partition("]")
        done.append(rng.choice(choices.split("|")))
    return "".join(done)


def _invented(role: str, rng: random.Random, brands: dict[str, Brand]) -> tuple[str, str, str, str]:
    city = rng.choice(_CITIES)
    company = f"{invent(rng, 3)} {rng.choice(_FORMS)}"
    tld = rng.choice(_TLDS)
    if role == "fraud":
        original = brands["original"]
        return original.name, f"{original.slug}-{rng.choice(('vip', 'gold', 'club', 'plus'))}.com", "", ""
    if role in ("original", "mirror", "client", "licensed", "twin_a", "parked", "challenge"):
        name = invent(rng, rng.choice((2, 3))) + rng.choice(_SHOP_WORDS)
    elif role == "members":
        name = invent(rng, 3) + rng.choice(_CLUB_WORDS)
    elif role == "twin_b":
        name, tld = f"Disques {invent(rng, 3)}", "fr"
    elif role in ("band", "label"):
        name, tld = f"{invent(rng, 2)} {invent(rng, 2)}", "fr"
    else:
        name = invent(rng, 3) + rng.choice(("", "pass" if role == "accounts" else "forum", "port"))
    if role == "fan_3":
        tld = "ru"
    stem = "".join(letter for letter in name.lower() if letter.isalnum())
    return name, f"{stem}.{tld}", company if role not in ("accounts", "parked", "challenge") else "", city


def _misspelt(company: str, rng: random.Random, seed: int | None) -> str:
    if seed is None:
        return "Regionrog"
    word, _, form = company.partition(" ")
    place = rng.randrange(2, len(word) - 2)
    slip = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if slip == word:
        slip = word[:place] + word[place + 1 :]
    return f"{slip} {form}".strip()


def _phone(role: str, rng: random.Random) -> str:
    if role in ("twin_b", "band", "label"):
        return f"+33 1 99 00 {rng.randrange(10, 99)} {rng.randrange(10, 99)}"
    if role in ("licensed", "twin_a"):
        return f"+44 20 7946 0{rng.randrange(100, 999)}"
    return f"+7 495 {rng.randrange(200, 299)}-{rng.randrange(10, 99)}-{rng.randrange(10, 99)}"
