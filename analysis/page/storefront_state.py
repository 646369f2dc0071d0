"""The state of a storefront, by the states of its pages and by how the visit ended."""

from __future__ import annotations

from urllib.parse import urlsplit

from analysis.page.page_state import PageState, Verdict
from analysis.page.pages import Page
from crawler.captures import Capture, Outcome, Resource, Role

__all__ = ["storefront_verdict"]

_REDIRECT_HOPS = 5
_DOORS = frozenset({Role.LOGIN, Role.REGISTER, Role.INVITATION})


def storefront_verdict(capture: Capture, judged: tuple[tuple[Page, Verdict], ...]) -> Verdict:
    """The storefront's own state: its home page's, looked for behind redirects inside the site.

    A magazine-like front does not hide a shop, nor does one challenged page hide pages that were read; a gate or a farewell on
    the home page says it all.
    """
    if not judged:
        return _without_pages(capture)
    home = _home_verdict(capture, judged)
    others = [verdict for page, verdict in judged if page.role is not Role.HOME]
    sells = any(verdict.state is PageState.SHOP for verdict in others)
    if home.state is PageState.CONTENT or (home.state is PageState.BLOG and not any(m.startswith("farewell") for m in home.marks)):
        return Verdict(PageState.SHOP, (*home.marks, "other pages sell")) if sells else home
    if (
        home.state
        in (PageState.NOT_SEEN, PageState.CHALLENGE, PageState.APP_SHELL, PageState.ERROR, PageState.SOFT_404, PageState.BLANK)
        and sells
    ):
        return Verdict(PageState.SHOP, (*home.marks, f"home page {home.state}", "other pages sell"))
    return home


def _without_pages(capture: Capture) -> Verdict:
    if capture.outcome is Outcome.UNREACHABLE:
        return Verdict(PageState.UNREACHABLE, tuple(filter(None, (capture.reason,))))
    if capture.outcome in (Outcome.ROBOTS, Outcome.GUARD, Outcome.FAILED):
        return Verdict(PageState.NOT_SEEN, (str(capture.outcome), *filter(None, (capture.reason,))))
    if any(300 <= r.status < 400 for r in capture.resources):
        return Verdict(PageState.REDIRECT, ("only redirects answered",))
    pages = [r for r in capture.resources if r.role.is_page]
    if pages:
        return Verdict(PageState.NOT_HTML, (f"home answers {pages[0].media_type or 'no type'}",))
    return Verdict(PageState.NOT_SEEN, ("no page archived",))


_ORDER = {state: number for number, state in enumerate(PageState)}


def _preference(verdict: Verdict) -> int:
    return _ORDER[verdict.state]


def _home_verdict(capture: Capture, judged: tuple[tuple[Page, Verdict], ...]) -> Verdict:
    homes = [(page, verdict) for page, verdict in judged if page.role is Role.HOME]
    arrived = [verdict for _, verdict in homes if verdict.state is not PageState.REDIRECT]
    if arrived:
        return min(arrived, key=_preference)
    verdicts = {_plain(page.url): verdict for page, verdict in judged}
    targets = {_plain(r.url): target for r in capture.resources if 300 <= r.status < 400 and (target := _target(r))}
    if not homes and _plain(capture.url) not in targets:
        return _without_home(judged)
    ends = [_followed(page.url, capture.site, targets, verdicts) for page, _ in homes] or [
        _followed(capture.url, capture.site, targets, verdicts)
    ]
    return min(ends, key=_preference)


def _without_home(judged: tuple[tuple[Page, Verdict], ...]) -> Verdict:
    """An archive that another tool made may lack the home page: the best that it shows, doors being doors however they read."""
    inside = [verdict for page, verdict in judged if page.role not in _DOORS or verdict.state is PageState.SHOP]
    gates = [verdict for _, verdict in judged if verdict.is_gate]
    return min([*inside, *gates] or [verdict for _, verdict in judged], key=_preference)


def _followed(url: str, site: str, targets: dict[str, str], verdicts: dict[str, Verdict]) -> Verdict:
    """The verdict of the page that redirects lead to."""
    for _ in range(_REDIRECT_HOPS):
        target = targets.get(_plain(url))
        if target is None:
            unseen = Verdict(PageState.NOT_SEEN, ("home page leads to a page not archived",))
            return verdicts.get(_plain(url), unseen)
        host = (urlsplit(target).hostname or "").lower()
        if host != site and not host.endswith(f".{site}"):
            return Verdict(PageState.REDIRECT, (f"sends visitors to {host}",))
        url = target
    return Verdict(PageState.REDIRECT, ("redirects without an end",))


def _target(resource: Resource) -> str:
    """Where a redirect leads; empty when nowhere, or only to another spelling of the same address."""
    location = resource.header("location")
    target = Page(resource).absolute(location, resource.url)[:2083] if location else ""
    return "" if _plain(target) == _plain(resource.url) else target


def _plain(url: str) -> str:
    """A URL without scheme, fragment, ``www.`` and closing slash, so that redirects between those spellings meet."""
    try:
        parts = urlsplit(url.partition("#")[0])
    except ValueError:
        return url
    host = (parts.netloc or "").lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"
