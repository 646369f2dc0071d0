"""The mail's picture: the clusters that changed, their new members marked, and the copies beside them. Our own SVG, drawn to PNG.

Fonts come with the package and no others are looked at, so that the same findings give the same bytes on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

import resvg_py
from PIL import Image

from analysis.findings import ClusterRow, Findings, LinkRow, Relation, StorefrontRow
from reports.escape import attribute, defang, icon_uri, visible
from reports.languages.catalogue import ENGLISH
from reports.languages.language import Language
from reports.layout import lay_out
from reports.news import News, strongest_copies

__all__ = ["changed_clusters", "draw", "drawable", "picture_svg", "picture_words"]

_WIDTH = 1200
_MOST_CLUSTERS = 4
_MOST_MEMBERS = 12  # of a cluster; beyond it the names would not be readable in a mail
_NAME = 26  # characters of a name; longer ones would run into their neighbours
_INK, _SOFT, _LINE, _BLUE, _RUST, _GREEN = "#1b1e24", "#5a616d", "#dedcd4", "#1d4fd7", "#b4490f", "#1a7f4b"
_LATIN = re.compile("[\x20-\x7e\xa1-\xac\xae-\xff]*")  # what the two typefaces of ``static/`` certainly have
_COLOURS = {
    Relation.SAME_OPERATOR: (_BLUE, 3.0, ""),
    Relation.COPY_OF: (_RUST, 2.4, "9 6"),
    Relation.FOR_REVIEW: ("#8a2b8f", 2.4, "14 5 3 5"),
}
_PAYMENT = {
    "accepted": "#1a7f4b",
    "unavailable": "#a86400",
    "withdrawn": "#b3261e",
    "moved": "#2a63b8",
}


def changed_clusters(findings: Findings, most: int = _MOST_CLUSTERS) -> list[tuple[ClusterRow, set[str]]]:
    """The clusters to draw, each with the members that are new in it: new clusters first, then the largest."""
    news = News(findings)
    return [(row, news.new_members(row)) for row in news.clusters[: min(most, _MOST_CLUSTERS)]]


def picture_words(findings: Findings, most: int = _MOST_CLUSTERS, language: Language = ENGLISH) -> str:
    """What the picture shows, for who cannot see it."""
    said = []
    for row, new in changed_clusters(findings, most):
        key = "picture-new" if new else "picture-cluster"
        names = language.join([defang(site) for site in sorted(new)])
        size = language.count("storefront", row.size)
        said.append(language.say(key, cluster=visible(row.cluster, 60), storefronts=size, names=names))
    return language.say("picture", said=". ".join(said)) if said else ""


def picture_svg(findings: Findings, most: int = _MOST_CLUSTERS, language: Language = ENGLISH) -> str:
    """The drawing, 1200 units wide; empty where no cluster changed."""
    chosen = changed_clusters(findings, most)
    if not chosen:
        return ""
    fronts = {row.site: row for row in findings.storefronts}
    groups = [_shown_members(findings, row, new) for row, new in chosen]
    inside = {site for group in groups for site in group}
    others = (link for link in findings.links if link.relation != Relation.COPY_OF and link.relation in _COLOURS)
    links = [link for link in (*others, *strongest_copies(findings.links)) if link.site_a in inside or link.site_b in inside]
    beside = _copies(links, inside)
    links = [link for link in links if {link.site_a, link.site_b} <= inside | set(beside)]
    drawn = [*groups, *([site] for site in beside)]
    places = lay_out(drawn, ((link.site_a, link.site_b, 2.0) for link in links), aspect=1.5)
    left, right = min(x for x, _ in places.values()) - 100, max(x for x, _ in places.values()) + 100
    low, high = min(y for _, y in places.values()) - 90, max(y for _, y in places.values()) + 110
    scale = min(_WIDTH / (right - left), 1.9)
    height = round((high - low) * scale)
    shift = (_WIDTH - (right - left) * scale) / 2
    at = {site: (shift + (x - left) * scale, (high - y) * scale) for site, (x, y) in places.items()}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}">',
        f'<rect width="{_WIDTH}" height="{height}" rx="18" fill="#f6f5f1"/>',
    ]
    parts += [_hull(row, [at[site] for site in group], scale, language) for (row, _), group in zip(chosen, groups, strict=True)]
    parts += [_line(link, at, scale) for link in sorted(links, key=lambda link: (link.relation, link.site_a, link.site_b))]
    is_new = {site for _, new in chosen for site in new}
    parts += [_node(fronts.get(site), site, at[site], scale, language, is_new=site in is_new) for site in sorted(at)]
    return "".join(parts) + "</svg>"


def _shown_members(findings: Findings, row: ClusterRow, new: set[str]) -> list[str]:
    members = [member for member in findings.members if member.cluster == row.cluster]
    members.sort(key=lambda member: (member.site not in new, member.first_seen, member.site))
    return sorted(member.site for member in members[:_MOST_MEMBERS])


def _copies(links: Iterable[LinkRow], inside: set[str]) -> list[str]:
    outside = {site for link in links if link.relation == Relation.COPY_OF for site in (link.site_a, link.site_b)} - inside
    return sorted(outside)[:4]


def _hull(row: ClusterRow, points: Sequence[tuple[float, float]], scale: float, language: Language) -> str:
    pad = 58 * scale
    left, right = min(x for x, _ in points) - pad - 14 * scale, max(x for x, _ in points) + pad + 14 * scale
    top, bottom = min(y for _, y in points) - pad + 6 * scale, max(y for _, y in points) + pad + 6 * scale
    middle = (left + right) / 2
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" rx="{pad:.1f}" '
        'fill="#e4ebfa" stroke="#9db4e8" stroke-width="2"/>'
        + _text(drawable(row.cluster), middle, top - 19 * scale, 15 * scale, _BLUE, bold=True)
        + _text(
            f"{language.count('storefront', row.size)} · {language.percent(row.probability)}",
            middle,
            top - 5 * scale,
            12 * scale,
            _SOFT,
        )
    )


def _line(link: LinkRow, at: dict[str, tuple[float, float]], scale: float) -> str:
    colour, width, dash = _COLOURS[Relation(link.relation)]
    (x1, y1), (x2, y2) = at[link.site_a], at[link.site_b]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width * scale:.1f}"{dashed}/>'


def _node(
    front: StorefrontRow | None, site: str, place: tuple[float, float], scale: float, language: Language, *, is_new: bool
) -> str:
    x, y = place
    radius = 20 * scale
    ring = f'stroke="{_GREEN}" stroke-width="{4.5 * scale:.1f}"' if is_new else f'stroke="{_SOFT}" stroke-width="{2 * scale:.1f}"'
    parts = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#ffffff" {ring}/>']
    uri = icon_uri(front.icon) if front else ""
    if uri:
        side = radius * 1.24  # the largest square inside the ring
        parts.append(f'<image x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" href="{uri}"/>')
    else:
        parts.append(
            _text(
                drawable(site).removeprefix("xn--").lstrip("-")[:2].upper(), x, y + radius * 0.32, radius * 0.82, _SOFT, bold=True
            )
        )
    parts.append(_text(_short(defang(drawable(site))), x, y + radius + 14 * scale, 12.5 * scale, _INK, halo=True))
    if front is not None and front.payment in _PAYMENT and front.payment != "accepted":
        words = language.say("payment", state=language.token(front.payment))
        colour = _PAYMENT[front.payment]
        parts.append(_text(words, x, y + radius + 27 * scale, 11 * scale, colour, halo=True))
    if is_new:
        top, wide = y - radius - 17 * scale, (13 + 7 * len(language.say("new"))) * scale
        box = f'x="{x - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{15 * scale:.1f}" rx="{7.5 * scale:.1f}"'
        parts.append(f'<rect {box} fill="{_GREEN}"/>')
        parts.append(_text(language.say("new"), x, top + 11 * scale, 9.5 * scale, "#ffffff", bold=True))
    return "".join(parts)


def drawable(name: str) -> str:
    """The name in letters that the package's typeface has: labels of other scripts as DNS carries them (``xn--``).

    >>> drawable("bücher.пример")
    'bücher.xn--e1afmkfd'
    """
    return ".".join(label if _LATIN.fullmatch(label) else _ascii(label) for label in name.split("."))


def _ascii(label: str) -> str:
    return "xn--" + label.lower().encode("punycode", "replace").decode("ascii")


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"


def _text(text: str, x: float, y: float, size: float, colour: str, *, bold: bool = False, halo: bool = False) -> str:
    family = 'font-family="Inter" font-weight="700"' if bold else 'font-family="Inter Medium" font-weight="500"'
    behind = ' stroke="#f6f5f1" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="middle"'
    return f'<text {place} fill="{colour}" {family}{behind}>{attribute(text)}</text>'


@lru_cache(maxsize=4)  # a mail that is composed again with shorter lists mostly has the same picture
def draw(svg: str) -> bytes:
    """The PNG of one of our drawings, with at most 64 colours: it is flat art, and mails should be small. Raises ``ValueError``."""
    folder = resources.files("reports") / "static"
    with resources.as_file(folder / "inter-latin-500.ttf") as medium, resources.as_file(folder / "inter-latin-700.ttf") as bold:
        png = bytes(
            resvg_py.svg_to_bytes(svg_string=svg, width=_WIDTH, skip_system_fonts=True, font_files=[str(medium), str(bold)])
        )
    with Image.open(io.BytesIO(png)) as image:
        flat = Image.new("RGB", image.size, "#ffffff")
        flat.paste(image, mask=image.getchannel("A"))
    kept = io.BytesIO()
    flat.quantize(64, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
    return kept.getvalue()
