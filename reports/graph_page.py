"""``graph.html``: the map, the evidence and the lists in one file that opens from disk and asks the network for nothing.

The page's script and style sheet stand inside it and are named by their SHA-256 in its content security policy; everything else
is forbidden there, so that a string that slipped through could still do nothing.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.masking import Shown
from reports.escape import FOLDS, json_for_html, visible
from reports.graph_data import GraphLimits, graph_data
from reports.words import count, day

__all__ = ["environment", "render_graph", "static_bytes"]


def _is_markup(template: str | None) -> bool:
    """Everything but the mail's text part, whose values are visible one-line strings already."""
    return template is None or not template.endswith(".txt.j2")


@cache
def environment() -> Environment:
    """The one Jinja2 environment: HTML is escaped always, a missing name is an error."""
    return Environment(
        loader=PackageLoader("reports"), autoescape=_is_markup, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def static_bytes(name: str) -> bytes:
    """A file of ``reports/static``."""
    return (resources.files("reports") / "static" / name).read_bytes()


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _style() -> str:
    font = base64.b64encode(static_bytes("inter-latin.woff2")).decode()
    face = (
        f'@font-face{{font-family:"Inter Samehand";font-weight:100 900;src:url(data:font/woff2;base64,{font}) format("woff2")}}\n'
        "/* Inter (c) The Inter Project Authors, SIL Open Font License 1.1 */\n"
    )
    return face + static_bytes("graph.css").decode()


def render_graph(
    findings: Shown, limits: GraphLimits | None = None, dossiers: frozenset[str] = frozenset(), plain: str = ""
) -> str:
    """The whole page as text; ``dossiers`` names the clusters that have one beside it, ``plain`` why people's data are not
    masked. Equal findings give equal text."""
    data = graph_data(findings, limits, dossiers)
    script, style = static_bytes("graph.js").decode(), _style()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    clusters, families = cast(list[object], data["clusters"]), cast(list[object], data["families"])
    summary = ", ".join(
        (
            count(sum(row.kind == "storefront" for row in findings.storefronts), "storefront"),
            count(len(clusters), "cluster"),
            count(len(families), "mirror family", "mirror families"),
            count(len(findings.changes), "change"),
        )
    )
    return (
        environment()
        .get_template("graph.html.j2")
        .render(
            policy=policy,
            style=Markup(style),
            script=Markup(script),
            data=json_for_html(data),
            folds=json_for_html(dict(FOLDS)),
            day=day(findings.crawl_id),
            summary=summary,
            plain=visible(plain, 1000),
            listed=any("listed" in site for site in cast(list[dict[str, object]], data["sites"])),
            judged=any(link["judged"] for link in cast(list[dict[str, object]], data["links"])),
            left_out=[line for line in cast(list[str], data["leftOut"]) if "map" in line or "weaker relations" in line],
        )
    )
