"""The music of the story: invented artists, albums and tracks, priced by the megabyte and by the track."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from samehand.demo.names import invent

__all__ = ["GENRES", "Album", "Track", "compose", "repriced"]

#: slug -> (English, Russian, French)
GENRES = {
    "rock": ("Rock", "Рок", "Rock"),
    "pop": ("Pop", "Поп", "Pop"),
    "jazz": ("Jazz", "Джаз", "Jazz"),
    "electronic": ("Electronic", "Электроника", "Électro"),
    "folk": ("Folk", "Фолк", "Folk"),
    "hip-hop": ("Hip-Hop", "Хип-хоп", "Hip-hop"),
    "classical": ("Classical", "Классика", "Classique"),
    "soundtracks": ("Soundtracks", "Саундтреки", "Bandes originales"),
}

_ADJECTIVES = (
    "Silent", "Paper", "Northern", "Velvet", "Broken", "Second", "Electric", "Winter", "Hollow", "Copper", "Distant", "Little",
    "Midnight", "Slow", "Golden", "Concrete", "Wild", "Salt", "Glass", "Empty", "Quiet", "Burning", "Last", "Blue", "Painted",
)  # fmt: skip
_NOUNS = (
    "Harbour", "Radio", "Orchard", "Machine", "Station", "Lantern", "River", "Garden", "Signal", "Window", "Parade", "Horses",
    "Letters", "Summer", "Engine", "Mirror", "Planet", "Ferry", "Shadow", "Avenue", "Theatre", "Weather", "Compass", "Kitchen",
    "Wolves", "Satellite", "Balcony", "Thunder", "Ocean", "Motel",
)  # fmt: skip
_VERBS = (
    "Leaving",
    "Waiting for",
    "Dancing with",
    "Counting",
    "Under",
    "Beyond",
    "Follow",
    "Remember",
    "Out of",
    "Before",
    "After",
    "Closer to",
)
_TAILS = ("", "", "", "", "", " (Live)", " (Acoustic)", " Pt. 2", " (Remix)", " Again", " Tonight", " (Interlude)")
_FRENCH = (
    "La mer d'hiver",
    "Rue des Lilas",
    "Sans détour",
    "Le dernier métro",
    "Trois fois rien",
    "Loin d'ici",
    "Un dimanche",
    "Petit matin",
)
_RUSSIAN = ("Ночной трамвай", "Белые окна", "Письма", "Далеко", "Северный ветер", "Мой город", "Тишина", "Последний снег")


@dataclass(frozen=True, slots=True)
class Track:
    """One song; ``seconds`` long, encoded at 192 kbit/s."""

    number: int
    title: str
    seconds: int

    @property
    def length(self) -> str:
        """Minutes and seconds."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"

    @property
    def megabytes(self) -> float:
        """Size at 192 kbit/s."""
        return round(self.seconds * 192 / 8 / 1000, 2)


@dataclass(frozen=True, slots=True)
class Album:
    """One album; ``number`` is the original shop's catalogue number, ``cents`` its price for a megabyte in US cents."""

    number: int
    artist: str
    title: str
    year: int
    genre: str
    label: str
    cents: float
    tracks: tuple[Track, ...]

    @property
    def megabytes(self) -> float:
        """Size of all tracks."""
        return round(sum(track.megabytes for track in self.tracks), 1)

    @property
    def price(self) -> str:
        """Dollars for the whole album."""
        return f"{sum(float(self.track_price(track)) for track in self.tracks):.2f}"

    @property
    def rate(self) -> str:
        """Dollars for a megabyte."""
        return f"{self.cents / 100:.3f}".rstrip("0") if self.cents % 1 else f"{self.cents / 100:.2f}"

    def track_price(self, track: Track) -> str:
        """Dollars for one track: its size times the rate, in whole cents, at least one."""
        return f"{max(1, round(track.megabytes * self.cents)) / 100:.2f}"

    def sku(self, track: Track) -> str:
        """The article number of a track."""
        return f"{self.number}-{track.number:02d}"


def compose(rng: random.Random, count: int, *, tracks: tuple[int, int] = (12, 17), first: int | None = None) -> tuple[Album, ...]:
    """``count`` albums spread evenly over the genres, article numbers rising from ``first`` with gaps."""
    number = rng.randrange(1200, 8800) if first is None else first
    labels = [f"{invent(rng, 2)} {word}" for word in ("Records", "Music", "Sounds", "Discs", "Recordings")]
    slugs = list(GENRES)
    albums = []
    taken: set[str] = set()
    for index in range(count):
        number += rng.randrange(3, 41)
        genre = slugs[index % len(slugs)]
        artist = _fresh(taken, lambda: _artist(rng))
        title = _fresh(taken, lambda: _title(rng))
        songs = tuple(
            Track(place + 1, _fresh(taken, lambda: _song(rng)), rng.randrange(118, 402)) for place in range(rng.randrange(*tracks))
        )
        cents = rng.choice((2.0, 2.0, 2.0, 2.5, 3.0))
        albums.append(Album(number, artist, title, rng.randrange(1968, 2007), genre, rng.choice(labels), cents, songs))
    return tuple(albums)


def repriced(albums: tuple[Album, ...], rng: random.Random, share: float = 0.3) -> tuple[Album, ...]:
    """The same albums with some rates moved: what an operator does to its whole catalogue at once."""
    return tuple(replace(a, cents=5.5 - a.cents) if rng.random() < share else a for a in albums)


def _fresh(taken: set[str], make: object) -> str:
    assert callable(make)
    for _ in range(50):
        value = str(make())
        if value not in taken:
            break
    taken.add(value)
    return value


def _artist(rng: random.Random) -> str:
    shape = rng.randrange(6)
    if shape == 0:
        return f"{invent(rng, 2)} {invent(rng, 2)}"
    if shape == 1:
        return f"The {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}"
    if shape == 2:
        return f"{invent(rng, 3)} & the {rng.choice(_NOUNS)}"
    if shape == 3:
        return invent(rng, 3)
    if shape == 4:
        return f"{invent(rng, 2)} Quartet"
    return f"DJ {invent(rng, 2)}"


def _title(rng: random.Random) -> str:
    shape = rng.randrange(5)
    if shape == 0:
        return rng.choice(_FRENCH) if rng.random() < 0.5 else rng.choice(_RUSSIAN)
    if shape == 1:
        return f"{rng.choice(_VERBS)} {invent(rng, 2)}"
    if shape == 2:
        return f"{rng.choice(_NOUNS)} and {rng.choice(_NOUNS)}"
    return f"{rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}"


def _song(rng: random.Random) -> str:
    shape = rng.randrange(7)
    if shape == 0:
        return f"{rng.choice(_VERBS)} the {rng.choice(_NOUNS)}"
    if shape == 1:
        return f"{invent(rng, 2)}"
    if shape == 2:
        return rng.choice(_FRENCH + _RUSSIAN)
    if shape == 3:
        return f"{rng.choice(_VERBS)} {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}"
    return f"{rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}{rng.choice(_TAILS)}"
