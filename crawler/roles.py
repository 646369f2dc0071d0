"""What each resource of a finished capture was.

A pure function of its content, never stored, so that archives made by any tool get the same roles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from crawler.captures import Resource, Role
from crawler.links import AssetUse, Links, extract
from crawler.names import absolute, host_of, site_of
from crawler.pages import ASSET_ROLES, classify, is_html_body, is_named
from crawler.vocabulary import phrase_role, words

__all__ = ["roles"]

_MEDIA = {
    "text/css": Role.STYLE,
    "text/javascript": Role.SCRIPT,
    "application/javascript": Role.SCRIPT,
    "application/x-javascript": Role.SCRIPT,
    "application/manifest+json": Role.MANIFEST,
    "image/x-icon": Role.ICON,
    "image/vnd.microsoft.icon": Role.ICON,
}
_NO_SUCH = (
    r"(?:does|do|should|must|can)[-_ ]?(?:not|nt|n)[-_ ]?(?:exist|be)|non[-_]?exist|no[-_]?such|not[-_]?found|inexist"
    r"|never[-_]existed|impossible"
)
_PROBE = re.compile(rf"{_NO_SUCH}|[0-9a-f]{{12}}|(?<![0-9])404(?![0-9])", re.IGNORECASE)
#: A probe that was answered like a page. Articles and goods have long numbers and ids too, and some are called 404.
_ANSWERED_PROBE = re.compile(
    rf"{_NO_SUCH}|^/(?=[^/]*\d)(?=[^/]*[a-f])[0-9a-f]{{12,64}}(?:\.[a-z]{{2,5}})?/?$|/(?:error[-_]?)?404(?:[-_](?:test|page|check|error))?(?:\.[a-z]{{2,5}})?/?$",
    re.IGNORECASE,
)
_CARD_FIELD = re.compile(r"card[-_ ]?num|cardnumber|ccnum|cc[-_]num|cvv|cvc|card[-_]?no\b", re.IGNORECASE)
_INVITE_FIELD = re.compile(r"invit|priglas", re.IGNORECASE)
#: A page with at least so many priced links that are not on every page lists products.
_LISTING_FROM = 6
#: A page with so few links has little beside its form; one with so many priced ones has goods.
_DOOR_LINKS = 12
_FEW_PRICED = 3
#: Who asks for an invitation's code asks for little else, and has it written.
_FEW_FIELDS = 10
_WRITTEN = frozenset({"text", "password", "tel", "number", ""})
#: From so many pages on, what stands on most of them is the frame of the site and says nothing of one page.
_FRAME_FROM = 4


def roles(resources: Sequence[Resource], site: str) -> dict[str, Role]:
    """The role of each resource of ``site``'s capture, by address; the roles that the resources carry are not read."""
    return _Roles(resources, site).decide()


class _Roles:
    def __init__(self, resources: Sequence[Resource], site: str) -> None:
        self.site = site
        self.by_url: dict[str, Resource] = {resource.url: resource for resource in resources}
        self.html = {url: is_html_body(r.body, r.media_type) for url, r in self.by_url.items()}
        self.pages: dict[str, Links] = {}
        self.texts: dict[str, list[str]] = defaultdict(list)
        self.priced: dict[str, set[str]] = defaultdict(set)
        self.linked: Counter[str] = Counter()
        self.uses: dict[str, AssetUse] = {}
        self.password_pages = 0
        self.homes = self._home_hosts()
        seen: dict[str, Links] = {}
        for url, resource in sorted(self.by_url.items()):
            if resource.status == 200 and self.html[url] and _host_role(url) is None:
                links = seen.get(resource.digest)
                if links is None or links.links:
                    links = extract(resource.body, url, resource.header("content-type"))
                    seen[resource.digest] = links
                self.pages[url] = links
                self._note(url, links)

    def _home_hosts(self) -> frozenset[str]:
        hosts: Counter[str] = Counter(host_of(url) or "" for url in self.by_url if self.html[url])
        own = {self.site, f"www.{self.site}"}
        answered = {host_of(url) for url, resource in self.by_url.items() if self.html[url] and resource.status == 200}
        if not hosts or own & answered:
            return frozenset(own)
        return frozenset(own | {min(hosts, key=lambda host: (-hosts[host], host))})

    def _note(self, url: str, links: Links) -> None:
        targets = set()
        for link in links.links:
            targets.add(link.url)
            if link.text and link.url != url:  # who opens a box by script links to the page itself
                self.texts[link.url].append(link.text)
            if link.priced:
                self.priced[link.url].add(url)
        targets.update(form.action for form in links.forms if form.action)
        for target in targets - {url}:
            self.linked[target] += 1
        for asset in links.assets:
            if asset.url.partition("#")[0] != url:  # ``src="#"`` names the page itself
                self.uses.setdefault(asset.url, asset.use)
        self.password_pages += any(form.has_password for form in links.forms)

    def decide(self) -> dict[str, Role]:
        decided = {url: self._role(url, resource) for url, resource in self.by_url.items()}
        for url in self._home_targets(decided):
            decided[url] = Role.HOME
        error_page = self._error_page(decided)
        if error_page is not None:
            decided[error_page] = Role.ERROR_PAGE
        return decided

    def _role(self, url: str, resource: Resource) -> Role:
        own = classify(url, self.texts.get(url, ()), priced=self._is_carded(url))
        host = host_of(url) or ""
        if own is Role.HOME:
            own = Role.HOME if host in self.homes else Role.PAGE
        if not self.html[url]:
            return self._asset_role(url, resource, own)
        if not own.is_page:
            # Soft errors answer with HTML where a file was asked for: what came is no such file.
            return Role.OTHER if resource.status == 200 else own
        if url in self.uses and not self.linked[url]:
            return Role.OTHER if resource.status == 200 else ASSET_ROLES.get(self.uses[url], Role.OTHER)
        if url in self.pages and own in (Role.PAGE, Role.LISTING, Role.PRODUCT):
            return self._by_content(url, self.pages[url], own)
        return own

    def _asset_role(self, url: str, resource: Resource, own: Role) -> Role:
        if own in (Role.ROBOTS, Role.SITEMAP, Role.MANIFEST):
            return own
        use = self.uses.get(url)
        if use is not None and use in ASSET_ROLES:
            return ASSET_ROLES[use]
        media = resource.media_type
        if media in _MEDIA:
            return Role.ICON if own is Role.ICON else _MEDIA[media]
        if not own.is_page and own is not Role.OTHER:
            return own
        if media.startswith("image/"):
            return Role.IMAGE
        if media.startswith(("font/", "application/font", "application/x-font")):
            return Role.FONT
        head = resource.body[:512]
        if b"<urlset" in head or b"<sitemapindex" in head:
            return Role.SITEMAP
        if resource.status >= 300 or (not resource.body and media in ("text/html", "application/xhtml+xml", "")):
            return own
        return Role.OTHER if own.is_page and own is not Role.HOME else own

    def _is_frame(self, url: str) -> bool:
        return len(self.pages) >= _FRAME_FROM and self.linked[url] > 0.7 * len(self.pages)

    def _is_carded(self, url: str) -> bool:
        """True when another page shows it beside a price, as a card of its own rather than in the frame of the site."""
        shown_on = self.priced.get(url)
        if shown_on is None or shown_on == {url}:
            return False
        return not self._is_frame(url) or is_named(url, self.texts.get(url, ()))

    def _by_content(self, url: str, links: Links, own: Role) -> Role:
        cards = {
            link.url
            for link in links.links
            if link.priced
            and link.url != url
            and site_of(link.url) == self.site
            and not self._is_frame(link.url)
            and classify(link.url, (link.text,)) in (Role.PAGE, Role.PRODUCT, Role.LISTING)
        }
        if own is Role.PRODUCT:
            return own
        if links.is_product and not (own is Role.LISTING and len(cards) >= _LISTING_FROM):
            return Role.PRODUCT
        if own is Role.LISTING:
            return own
        fields = [name for form in links.forms for name, _ in form.fields]
        asked = [name for form in links.forms if len(form.fields) <= _FEW_FIELDS for name, kind in form.fields if kind in _WRITTEN]
        passwords = max((form.passwords for form in links.forms), default=0)
        said = self._said(links)
        if passwords and said in (Role.LOGIN, Role.REGISTER):
            return said
        if any(_CARD_FIELD.search(name) for name in fields):
            return Role.PAYMENT
        if any(_INVITE_FIELD.search(name) for name in asked):
            return Role.INVITATION
        if len(cards) >= _LISTING_FROM:
            return Role.LISTING
        if said is not None:
            return said
        if passwords and (len(self.pages) < _FRAME_FROM or self.password_pages <= 0.5 * len(self.pages)):
            return self._door(url, links, passwords) or own
        return own

    def _door(self, url: str, links: Links, passwords: int) -> Role | None:
        """What a form with passwords makes of a page: nothing where it stands in a frame beside what the page is for."""
        if passwords == 2 and sum(link.priced for link in links.links) < _FEW_PRICED:
            return Role.REGISTER  # said twice; three are a box of two forms
        if len(links.links) <= _DOOR_LINKS:
            return Role.LOGIN
        steps = [words(step) for step in re.split(r"[/.?&=]", unquote(urlsplit(url)._replace(netloc="", scheme="").geturl()))]
        told = [phrase_role(spoken) for text in (*links.main_headings[:1], *_titles(links)) if (spoken := words(text))]
        said = [role for role in (*map(phrase_role, steps), *told) if role in (Role.LOGIN, Role.REGISTER)]
        return said[0] if said else None

    def _said(self, links: Links) -> Role | None:
        """What the page calls itself: its first headings, then its title."""
        own_words = set(words(self.site.partition(".")[0]))
        for text in (*(links.main_headings[:2] or links.headings[:1]), *_titles(links)):
            spoken = tuple(word for word in words(text) if word not in own_words)
            role = phrase_role(spoken, whole=True)
            if role is not None and role not in (Role.HOME, Role.PRODUCT):
                return role
        return None

    def _home_targets(self, decided: Mapping[str, Role]) -> Iterator[str]:
        """Where the root redirects to within the site is the home page too."""
        for url in self.by_url:
            if decided[url] is not Role.HOME:
                continue
            target: str | None = url
            for _ in range(5):
                target = _redirect(self.by_url.get(target or ""))
                if target is None or site_of(target) != self.site:
                    break
                if target in self.by_url and classify(target) in (Role.PAGE, Role.LISTING, Role.PRODUCT):
                    yield target

    def _error_page(self, decided: Mapping[str, Role]) -> str | None:
        """The one answer that shows what the site says of a path that cannot exist; None where none was asked for.

        A probe is linked from nowhere; where no probe was made the answer to a dead link shows the same page.
        """
        best: tuple[int, str] | None = None
        for url, resource in self.by_url.items():
            path = urlsplit(url).path
            role = decided[url]
            if not role.is_page or role is Role.HOME or resource.status not in (200, 404, 410) or len(path) < 2:
                continue
            if not self.html[url] and resource.media_type not in ("", "text/plain"):
                continue
            if host_of(url) not in self.homes:
                continue
            unlinked = not self.linked[url] and url not in self.uses
            probe = unlinked and _PROBE.search(path) is not None
            if resource.status == 200 and not (probe and _ANSWERED_PROBE.search(path) and len(self.pages) > 1):
                continue
            rank = 0 if probe and path.count("/") == 1 else 1 if probe else 2 if unlinked else 3
            if best is None or (rank, url) < best:
                best = (rank, url)
        for url, resource in self.by_url.items():
            # A probe that is redirected shows the error page at the end of the redirect.
            if (
                (best is None or best[0] > 1)
                and 300 <= resource.status < 400
                and _ANSWERED_PROBE.search(urlsplit(url).path)
                and not self.linked[url]
            ):
                target = _redirect(resource)
                if target in self.by_url and not self.linked[target] and decided[target] is not Role.HOME and self.html[target]:
                    best = (0, target)
        return best[1] if best else None


def _titles(links: Links) -> list[str]:
    """The parts of a title that may name the page."""
    return re.split(r"\s?[-|–—:·»›•:](?:\s|$)|::", links.title)[:2]


def _redirect(resource: Resource | None) -> str | None:
    if resource is None or not 300 <= resource.status < 400:
        return None
    location = resource.header("location")
    return absolute(resource.url, location) if location else None


def _host_role(url: str) -> Role | None:
    said = classify(url)
    return said if said in (Role.ROBOTS, Role.SITEMAP, Role.MANIFEST) else None
