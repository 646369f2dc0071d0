"""One storefront as the fingerprints see it: its readable pages, its assets and what each page's state was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import filterfalse

from analysis.files.third_parties import site_of
from analysis.once import once_each
from analysis.page.page_state import Verdict, assess
from analysis.page.pages import Page
from analysis.page.storefront_state import storefront_verdict
from analysis.page.tags import Tag
from crawler.captures import Capture, Resource, Role

__all__ = ["Reading", "read"]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Reading:
    """A storefront ready for fingerprints; itself a key of what several of them ask of it (``analysis.once``).

    ``pages`` are the readable ones, in order of URL, the error page (role ``ERROR_PAGE``) not among them;
    ``gates`` are pages of which only the gate can be read (log-in, invitation, cookie or age wall): they have
    fingerprints too; ``error_page`` answers for a path that cannot exist. ``verdict`` is the storefront's own state.
    """

    capture: Capture
    verdict: Verdict
    pages: tuple[Page, ...]
    gates: tuple[Page, ...]
    error_page: Page | None
    states: tuple[tuple[str, Verdict], ...]

    @property
    def site(self) -> str:
        return self.capture.site

    @property
    def readable(self) -> tuple[Page, ...]:
        """Pages and gates: everything a fingerprint may read."""
        return self.pages + self.gates

    @property
    def fresh(self) -> tuple[tuple[Page, list[Tag]], ...]:
        """Each readable page, in order of URL, with those of its tags that stand on no page before it, each told once.

        Enough for whoever gathers what a storefront has and where it stands first: header, menu and footer are the same on
        every page.
        """
        return _fresh(self)

    @property
    def own_fresh(self) -> tuple[tuple[Page, list[Tag]], ...]:
        """``fresh`` of the pages on the storefront's own site, as if there were no others: some hosts redirect elsewhere."""
        return _own_fresh(self)

    def with_role(self, *roles: Role) -> Iterator[Page]:
        """Readable pages of these roles."""
        return (page for page in self.readable if page.role in roles)

    def assets(self, *roles: Role) -> Iterator[Resource]:
        """Assets of these roles that were answered with 200."""
        return (r for r in self.capture.resources if r.role in roles and r.status == 200)

    @property
    def home(self) -> Page | None:
        """The home page, when it can be read."""
        return next(self.with_role(Role.HOME), None)


@once_each
def _fresh(reading: Reading) -> tuple[tuple[Page, list[Tag]], ...]:
    return _fresh_of(reading.readable)


@once_each
def _own_fresh(reading: Reading) -> tuple[tuple[Page, list[Tag]], ...]:
    own = [page for page in reading.readable if site_of(page.url) == reading.site]
    return reading.fresh if len(own) == len(reading.readable) else _fresh_of(own)


def _fresh_of(pages: Iterable[Page]) -> tuple[tuple[Page, list[Tag]], ...]:
    known: set[Tag] = set()
    found = []
    for page in sorted(pages, key=lambda page: (page.url, page.digest)):
        tags = list(dict.fromkeys(filterfalse(known.__contains__, page.all_tags)))
        known.update(tags)
        found.append((page, tags))
    return tuple(found)


def read(capture: Capture) -> Reading:
    """Parse the pages of one capture and set apart what cannot be read."""
    pages: list[Page] = []
    gates: list[Page] = []
    error_page: Page | None = None
    states: list[tuple[str, Verdict]] = []
    judged: list[tuple[Page, Verdict]] = []
    for resource in capture.resources:
        if not resource.role.is_page or not is_html(resource):
            continue
        page = Page(resource)
        if resource.role is Role.ERROR_PAGE:
            error_page = page
            continue
        judged.append((page, assess(page)))
    verdict = storefront_verdict(capture, tuple(judged))
    for page, state in judged:
        states.append((page.url, state))
        if state.is_readable and not (300 <= page.resource.status < 400):
            pages.append(page)
        elif state.is_gate:
            gates.append(page)
    return Reading(capture, verdict, tuple(pages), tuple(gates), error_page, tuple(states))


def is_html(resource: Resource) -> bool:
    """HTML by content first (declared types lie), by declaration second."""
    head = resource.body[:1024].lstrip().lower()
    if head.startswith((b"\x89png", b"gif8", b"\xff\xd8\xff", b"riff", b"%pdf", b"pk\x03\x04")):
        return False
    if b"<html" in head or b"<!doctype html" in head or b"<head" in head or b"<body" in head:
        return True
    return resource.media_type in ("text/html", "application/xhtml+xml", "")
