"""What a framer does: puts a victim's marks on an unrelated storefront, so that the two seem to be one hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from analysis.evidence import Trace
from analysis.page.pages import Page
from benchmarks.captures import is_page, is_text, with_body, with_pages, with_resources
from benchmarks.mutations import new_trackers, other_server
from crawler.captures import Capture, Certificate, Connection, Resource, Role

__all__ = ["FRAMINGS", "Framed", "Victim", "copied_shop", "everything_planted"]

_SCRIPT = re.compile(r"<script\b[^>]{0,500}>.{0,20000}?</script>", re.IGNORECASE | re.DOTALL)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY_START = re.compile(r"<body\b[^>]{0,2000}>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
_CANONICAL = re.compile(r"""<link\b[^>]{0,300}\brel=["']?canonical[^>]{0,500}>""", re.IGNORECASE)
_POLICIES = (Role.TERMS, Role.PRIVACY, Role.SHIPPING, Role.RETURNS, Role.LEGAL)
_BUNDLE = tuple(f"tenant{number}.example" for number in range(30))


@dataclass(frozen=True, slots=True)
class Victim:
    """The storefront that is to look guilty, with the traces it shows."""

    capture: Capture
    traces: Sequence[Trace]


@dataclass(frozen=True, slots=True)
class Framed:
    """The storefront with what was planted; ``victim`` is changed only where both share something outside their pages."""

    target: Capture
    victim: Capture


def plant_trackers(victim: Victim, target: Capture) -> Framed:
    """The victim's scripts that name its tracking ids."""
    values = {trace.value for trace in victim.traces if trace.kind.startswith("identifiers.")}
    scripts: dict[str, None] = {}
    for resource in victim.capture.resources:
        if is_page(resource) and len(scripts) < 12:
            for found in _SCRIPT.findall(resource.body.decode("utf-8", "replace")):
                if any(value in found for value in values):
                    scripts.setdefault(found)
    return Framed(_in_head(target, "".join(scripts)), victim.capture)


def plant_logo(victim: Victim, target: Capture) -> Framed:
    """The victim's logo in the header."""
    urls = {trace.url for trace in victim.traces if trace.kind.startswith("logo.") and "favicon" not in trace.kind}
    picture = next((r for r in victim.capture.resources if r.url in urls and r.role is Role.IMAGE and r.body), None)
    if picture is None:
        return Framed(target, victim.capture)
    url = f"{_root(target)}img/logo.{picture.url.partition('?')[0].rpartition('.')[2][:4]}"
    block = f'<header><a href="/"><img class="logo" id="logo" alt="logo" src="{escape(url)}"></a></header>'
    return Framed(_added(_after_body(target, block), replace(picture, url=url)), victim.capture)


def plant_favicon(victim: Victim, target: Capture) -> Framed:
    """The victim's site icon in place of the storefront's own."""
    icon = next((r for r in victim.capture.resources if r.role is Role.ICON and r.body and r.status == 200), None)
    if icon is None:
        return Framed(target, victim.capture)
    planted = with_resources(target, lambda r: with_body(r, icon.body) if r.role is Role.ICON else r)
    url = f"{_root(target)}favicon.ico"
    planted = _in_head(planted, f'<link rel="icon" href="{escape(url)}">')
    return Framed(_added(planted, replace(icon, url=url)), victim.capture)


def plant_policies(victim: Victim, target: Capture) -> Framed:
    """The words of the victim's policies, on pages of the storefront's own."""
    changed = target
    for resource in victim.capture.resources:
        if resource.role in _POLICIES and is_page(resource) and resource.status == 200:
            words = "".join(f"<p>{escape(line)}</p>" for line in Page(resource).strings)
            page = f"<!doctype html><html><head><title>{resource.role}</title></head><body><main>{words}</main></body></html>"
            url = f"{_root(target)}pages/{resource.role}.html"
            changed = _added(changed, with_body(replace(resource, url=url), page.encode("utf-8", "replace")))
    return Framed(changed, victim.capture)


def share_bundle(victim: Victim, target: Capture) -> Framed:
    """A certificate of thirty-two names that a CDN shows for both, its key too."""
    names = (*_BUNDLE, target.site, victim.capture.site)
    certificate = Certificate("ab" * 32, "cd" * 32, "CN=bundle.example", "CN=Example CDN CA", names, "2026-01-01", "2026-12-31")
    return Framed(_behind(target, certificate), _behind(victim.capture, certificate))


def name_in_certificate(victim: Victim, target: Capture) -> Framed:
    """A certificate made by the framer, with the victim's name in it; the victim has another."""
    forged = Certificate(
        "01" * 32,
        "02" * 32,
        f"CN={target.site}",
        f"CN={target.site}",
        (target.site, victim.capture.site),
        "2026-01-01",
        "2026-12-31",
    )
    own = Certificate(
        "03" * 32, "04" * 32, f"CN={victim.capture.site}", "CN=Example CA", (victim.capture.site,), "2026-01-01", "2026-12-31"
    )
    return Framed(_behind(target, forged), _behind(victim.capture, own))


def plant_mail(victim: Victim, target: Capture) -> Framed:
    """The victim's mail addresses and telephone numbers at the foot of every page."""
    mails = sorted({trace.value for trace in victim.traces if trace.kind == "identity.mail"})
    phones = sorted({trace.value for trace in victim.traces if trace.kind == "identity.phone"})
    lines = [f'<a href="mailto:{escape(mail)}">{escape(mail)}</a>' for mail in mails]
    lines += [f'<a href="tel:{escape(phone)}">{escape(phone)}</a>' for phone in phones]
    return Framed(_before_end(target, f"<footer><p>Contact: {' '.join(lines)}</p></footer>"), victim.capture)


def plant_canonical(victim: Victim, target: Capture) -> Framed:
    """Every page calls the victim its canonical address."""
    url = escape(f"https://{victim.capture.site}/")
    marks = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    return Framed(_in_head(with_pages(target, lambda text: _CANONICAL.sub("", text)), marks), victim.capture)


def plant_notice(victim: Victim, target: Capture) -> Framed:
    """Every page says that the shop has moved to the victim, and its log-in form posts there."""
    url = escape(f"https://{victim.capture.site}/")
    block = (
        f'<p class="notice">We have moved to <a href="{url}">{escape(victim.capture.site)}</a></p>'
        f'<form action="{url}login" method="post"><input name="login"><input type="password" name="password"></form>'
    )
    return Framed(_after_body(target, block), victim.capture)


FRAMINGS: Mapping[str, Callable[[Victim, Capture], Framed]] = {
    "trackers": plant_trackers,
    "logo": plant_logo,
    "site icon": plant_favicon,
    "policy text": plant_policies,
    "neighbour in a CDN's certificate": share_bundle,
    "victim named in the framer's certificate": name_in_certificate,
    "mail address and telephone": plant_mail,
    "canonical address": plant_canonical,
    "notice of moving and log-in form": plant_notice,
}


def everything_planted(victim: Victim, target: Capture) -> Framed:
    """All of them on one storefront (of the certificates, the CDN's)."""
    framed = Framed(target, victim.capture)
    for plant in FRAMINGS.values():
        if plant is not name_in_certificate:
            framed = plant(Victim(framed.victim, victim.traces), framed.target)
    return framed


def copied_shop(victim: Capture, site: str, *, keep_redirects: bool = False) -> Capture:
    """The victim's shop taken page by page to another server and name, tracking ids its own: the payee came along.

    With ``keep_redirects`` its redirects still lead to the victim, as a careless or a framing copyist leaves them.
    """
    old = re.compile(re.escape(victim.site), re.IGNORECASE)

    def change(resource: Resource) -> Resource:
        headers = resource.headers
        if not keep_redirects:
            headers = tuple((key, old.sub(site, value)) for key, value in headers)
        moved = replace(resource, url=old.sub(site, resource.url), headers=headers)
        if not is_text(resource):
            return moved
        return with_body(moved, old.sub(site, resource.body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"))

    copied = replace(with_resources(victim, change), site=site, url=f"https://{site}/", connections=(), dns=())
    # what no copying tool brings along: the answer for a path that does not exist
    kept = tuple(resource for resource in copied.resources if resource.role is not Role.ERROR_PAGE)
    return new_trackers(other_server(replace(copied, resources=kept)))


def _root(capture: Capture) -> str:
    home = next((r.url for r in capture.resources if r.role is Role.HOME), f"https://{capture.site}/")
    return home.partition("?")[0].rpartition("/")[0] + "/"


def _in_head(capture: Capture, block: str) -> Capture:
    return with_pages(capture, lambda text: _HEAD_END.sub(lambda match: block + match[0], text, count=1))


def _after_body(capture: Capture, block: str) -> Capture:
    return with_pages(capture, lambda text: _BODY_START.sub(lambda match: match[0] + block, text, count=1))


def _before_end(capture: Capture, block: str) -> Capture:
    return with_pages(capture, lambda text: _BODY_END.sub(lambda match: block + match[0], text, count=1))


def _added(capture: Capture, resource: Resource) -> Capture:
    kept = {**{r.url: r for r in capture.resources}, resource.url: resource}
    return replace(capture, resources=tuple(kept[url] for url in sorted(kept)))


def _behind(capture: Capture, certificate: Certificate) -> Capture:
    hosts = sorted({connection.host for connection in capture.connections} | {capture.site})
    connections = tuple(Connection(host, "https", None, certificate) for host in hosts)
    return replace(capture, connections=connections)
