"""The words of the story's world: replies, sites, episodes. Plain frozen values; ``server`` serves them, ``story`` makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Episode", "Expected", "KeyPair", "Reply", "Site", "Story"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: status, headers in the order and spelling they go out in, and the body's bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A certificate (chain) and its private key, both PEM; ``names`` are its subject alternative names."""

    certificate: bytes
    key: bytes
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """One host: its address, its answers by path (query included), and the answer to every other path.

    ``role`` is what the site is in the story; ``aliases`` are host names that redirect to ``host``; a site without
    ``key_pair`` speaks plain HTTP only.
    """

    role: str
    host: str
    address: str
    replies: Mapping[str, Reply]
    missing: Reply
    key_pair: KeyPair | None = None
    aliases: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The home page as people write it."""
        return f"http://{self.host}/"

    def reply(self, path: str) -> Reply:
        """The answer to a request for ``path``; a known page answers for its query strings too."""
        found = self.replies.get(path) or self.replies.get(path.partition("?")[0])
        return self.missing if found is None else found


@dataclass(frozen=True, slots=True)
class Episode:
    """One crawl's world: the candidate list and every host that answers. ``title`` says in a sentence what is new."""

    crawl_id: str
    title: str
    candidates: tuple[str, ...]
    sites: tuple[Site, ...]

    @property
    def candidates_csv(self) -> str:
        """The list as a user would keep it: a CSV with a ``url`` column."""
        return "url\n" + "".join(f"{url}\n" for url in self.candidates)

    def site(self, role: str) -> Site:
        """The site that plays ``role``; KeyError when it is not on stage."""
        for site in self.sites:
            if site.role == role:
                return site
        raise KeyError(role)


@dataclass(frozen=True, slots=True)
class Story:
    """Four episodes and who plays what: ``hosts`` maps a role to its registrable domain, ``facts`` holds named values of the
    cast (``original.merchant``, ``mirror.tracker`` ...) for tests and for the narration."""

    seed: int | None
    without_control: bool
    framed: bool
    episodes: tuple[Episode, ...]
    hosts: Mapping[str, str]
    names: Mapping[str, str]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be found in one episode.

    ``operators``: each set of registrable domains is one cluster; everything not named is alone.
    ``relations``: sorted pair -> the relations that are right ("none" stands for no link at all); a pair that is not
    named must not be ``same-operator``. ``copied_from``: copy -> its original. ``alone``: sites in no link of
    same-operator or copy-of. ``changes``: (the ``ChangeRow.what`` that are right, site, words of which one must stand in
    ``after`` or the sentence, any case). ``discovered``: found -> found through. ``review``: pairs an analyst must be sent to.
    """

    crawl_id: str
    operators: tuple[frozenset[str], ...]
    relations: Mapping[tuple[str, str], frozenset[str]]
    copied_from: Mapping[str, frozenset[str]]
    alone: frozenset[str]
    changes: tuple[tuple[frozenset[str], str, tuple[str, ...]], ...]
    discovered: Mapping[str, frozenset[str]]
    review: frozenset[tuple[str, str]]
