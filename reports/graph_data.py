"""What the graph page is given: the findings as one JSON value, bounded, every string visible and every address defanged.

Whatever a bound leaves out is counted and said in ``left_out``; the exports have it all.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from analysis.evidence import Family
from analysis.findings import EvidenceRow, Findings, LinkRow, MemberRow, Relation, StorefrontRow
from reports.escape import defang, defang_text, file_name, icon_uri, skeleton, visible
from reports.layout import NODE_RADIUS, lay_out
from reports.stories import edge_words, pair_story
from reports.timeline import timeline
from reports.words import count, day, is_readable, percent, probability_words, state_words

__all__ = ["GraphLimits", "graph_data"]

Json = dict[str, object]

_PULL = {
    str(Relation.SAME_OPERATOR): 3.0,
    str(Relation.COPY_OF): 2.0,
    str(Relation.FOR_REVIEW): 1.5,
    str(Relation.SAME_KIT): 0.7,
    str(Relation.SAME_PROVIDER): 0.4,
}
_ALWAYS = ("name", "initials", "cluster", "label", "dead", "payment", "unread", "service", "listed", "icon", "pages", "products")
#: No contribution is shorter as JSON: the names of its fields alone are longer.
_LEAST_BYTES = 64
_IMPORTANCE = {name: rank for rank, name in enumerate(_PULL)}


@dataclass(frozen=True, slots=True)
class GraphLimits:
    """How much the page carries. Each keeps it below 20 MB and quick on an ordinary machine."""

    nodes: int = 5000  # drawn; beyond it each cluster becomes one node, then storefronts without a link stay out
    links: int = 8_000  # listed; the strongest relations first
    evidence_per_link: int = 40  # the heaviest first
    evidence_bytes: int = 5_000_000  # of all contributions, as JSON
    site_bytes: int = 7_000_000  # of all storefronts, as JSON; beyond it only names, states and clusters
    icon_bytes: int = 3_000_000  # of all logos; members of clusters first
    changes: int = 500
    events: int = 1500  # of the time line; the newest


class _Page:
    """The tables of one page while they are put together."""

    def __init__(self, findings: Findings, limits: GraphLimits) -> None:
        self.limits = limits
        self.findings = findings
        self.left_out: list[str] = []
        self.members = {row.site: row for row in findings.members}
        self.fronts = sorted(findings.storefronts, key=lambda row: row.site)
        self.index = {row.site: n for n, row in enumerate(self.fronts)}
        of: dict[str, list[int]] = defaultdict(list)
        for row in sorted(findings.members, key=lambda row: (row.first_seen, row.site)):
            if row.site in self.index:
                of[row.cluster].append(self.index[row.site])
        rows = {row.cluster: row for row in findings.clusters}
        names = [name for name in of if len(of[name]) > 1 and name in rows]
        names.sort(key=lambda name: (-len(of[name]), name))
        self.cluster_rows = [rows[name] for name in names]
        self.cluster_members = [of[name] for name in names]
        self.cluster_of = {site: n for n, sites in enumerate(self.cluster_members) for site in sites}
        self.listed = {site: word for word in ("licensed", "owned") for site in findings.notes.get(word, "").split()}
        self.links = self._chosen_links()
        self.families = self._families()

    def _chosen_links(self) -> list[LinkRow]:
        known = [
            row for row in self.findings.links if row.relation in _PULL and row.site_a in self.index and row.site_b in self.index
        ]
        known.sort(key=lambda row: (_IMPORTANCE.get(row.relation, 9), -row.probability, row.site_a, row.site_b))
        if len(known) > self.limits.links:
            self.left_out.append(f"{count(len(known) - self.limits.links, 'link')} of the weaker relations")
        return known[: self.limits.links]

    def _families(self) -> list[tuple[int, list[int]]]:
        """Mirror families: storefronts joined by ``copy-of``, with the one storefront all others go back to (-1: not known)."""
        graph: nx.Graph[int] = nx.Graph()
        copies: dict[int, set[int]] = defaultdict(set)
        strength: dict[int, float] = defaultdict(lambda: float("-inf"))
        for row in self.links:
            if row.relation == Relation.COPY_OF:
                a, b = self.index[row.site_a], self.index[row.site_b]
                graph.add_edge(a, b)
                original = self.index.get(row.original, -1)
                if original in (a, b):
                    copies[b if original == a else a].add(original)
                    strength[original] = max(strength[original], row.bits)
        found = []
        for part in nx.connected_components(graph):
            firsts = sorted({o for n in part for o in copies[n]} - {n for n in part if copies[n]})
            held = {self.cluster_of.get(n, -1 - n) for n in firsts}
            # of originals that one cluster holds, the one with the strongest link stands for all
            found.append((max(firsts, key=lambda n: (strength[n], -n)) if len(held) == 1 else -1, sorted(part)))
        return sorted(found, key=lambda item: item[1])

    def sites(self) -> list[Json]:
        """One record a storefront; logos while their budget lasts."""
        icons: dict[int, str] = {}
        room = self.limits.icon_bytes
        without = 0
        for n in sorted(range(len(self.fronts)), key=lambda n: (n not in self.cluster_of, n)):
            uri = icon_uri(self.fronts[n].icon)
            if len(uri) <= room:
                icons[n] = uri
                room -= len(uri)
            else:
                without += 1
        if without:
            self.left_out.append(f"the logos of {count(without, 'storefront')}")
        records = [self._site(n, front, self.members.get(front.site), icons.get(n, "")) for n, front in enumerate(self.fronts)]
        room = self.limits.site_bytes
        short = 0
        for n, record in enumerate(records):
            size = len(
                json.dumps({key: value for key, value in record.items() if key != "icon"}, ensure_ascii=False).encode(
                    "utf-8", "replace"
                )
            )
            if size > room:
                records[n] = {key: value for key, value in record.items() if key in _ALWAYS}
                short += 1
            room = max(room - size, 0)
        if short:
            self.left_out.append(f"the details of {count(short, 'storefront')}")
        return records

    def _site(self, n: int, front: StorefrontRow, member: MemberRow | None, icon: str) -> Json:
        record: Json = {
            "name": defang(front.site, 120),
            "initials": _initials(front),
            "title": visible(front.title, 160),
            "cluster": self.cluster_of.get(n, -1),
            "state": visible(front.page_state, 40),
            "label": state_words(front.page_state, front.outcome),
            "dead": not is_readable(front.page_state, front.outcome),
            "listed": self.listed.get(front.site, ""),
            "marks": defang_text(front.marks, 200),
            "reason": defang_text(front.reason, 160),
            "payment": visible(front.payment, 40),
            "unread": [visible(name, 40) for name in sorted(front.unread_in)] or "",
            "company": defang_text(front.company, 120),
            "languages": visible(front.languages, 60),
            "products": front.products,
            "pages": front.pages,
            "by": defang(front.discovered_by, 120) if front.discovered_by else "",
            "how": defang_text(front.discovered_how, 160),
            "url": defang(front.url, 200),
            "service": front.kind == "service",
            "icon": icon,
        }
        if member is not None:
            record |= {"first": day(member.first_seen), "last": day(member.last_seen), "sure": percent(member.probability)}
        read = skeleton(f"{front.site[:120]} {front.title[:160]} {front.company[:120]}").replace("://", " ")
        shown = " ".join((front.site[:120], str(record["title"]), str(record["company"])))
        if skeleton(shown.replace("[.]", ".")) != read:
            record["key"] = read  # unseen characters stood in it: found by what a hurried reader sees
        return {key: value for key, value in record.items() if value != "" and value is not False}

    def link_records(self) -> list[Json]:
        """One record a link with its evidence, for, against and explained, while the budget for evidence lasts."""
        room = self.limits.evidence_bytes
        unexplained = cut = 0
        records = []
        for link in self.links:
            own = self.findings.evidence_of(link.site_a, link.site_b)
            story = pair_story(link, own)
            ranked = sorted(own, key=lambda row: (-abs(row.bits), row.direction, row.kind, row.value))[
                : self.limits.evidence_per_link
            ]
            may_fit = len(ranked) * _LEAST_BYTES <= room
            shown = [_contribution(row) for row in ranked] if may_fit else []
            size = len(json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace"))
            if not may_fit or size > room:
                shown = []
                unexplained += 1
            room -= size if shown else 0
            cut += len(own) - len(shown) if shown else 0
            records.append(
                {
                    "a": self.index[link.site_a],
                    "b": self.index[link.site_b],
                    "relation": link.relation,
                    "p": round(link.probability, 4),
                    "sure": percent(link.probability),
                    "words": probability_words(link.probability),
                    "bits": round(link.bits, 2),
                    "plus": round(link.bits_for, 2),
                    "minus": round(link.bits_against, 2),
                    "review": link.review,
                    "judged": _judged(link, own),
                    "original": self.index.get(link.original, -1),
                    "sentence": story.sentence,
                    "note": defang_text(link.sentence, 400),
                    "reasons": list(story.reasons),
                    "counter": story.counter,
                    "families": sorted({row.family for row in own if row.direction != "against"}),
                    "evidence": shown,
                    "more": len(own) - len(shown),
                }
            )
        if unexplained:
            self.left_out.append(f"the evidence of {count(unexplained, 'link')}")
        if cut:
            self.left_out.append(f"{count(cut, 'light contribution')} of links that have more than {self.limits.evidence_per_link}")
        return records

    def clusters(self, dossiers: frozenset[str]) -> list[Json]:
        """One record a cluster of two storefronts and more."""
        return [
            {
                "id": visible(row.cluster, 60),
                "members": sites,
                "p": round(row.probability, 4),
                "sure": percent(row.probability),
                "density": round(row.density, 3),
                "weakest": edge_words(row.weakest),
                "bridges": [edge_words(part) for part in row.bridges.split("; ")[:20] if part],
                "parents": visible(row.parents, 200),
                "first": day(row.first_seen),
                "last": day(row.last_seen),
                "dossier": "dossiers/" + file_name(row.cluster, ".html") if row.cluster in dossiers else "",
            }
            for row, sites in zip(self.cluster_rows, self.cluster_members, strict=True)
        ]

    def drawing(self) -> Json:
        """Nodes with places, edges between them, and hulls around groups."""
        collapsed = len(self.fronts) > self.limits.nodes
        node_of = self._nodes(collapsed)
        edges: dict[tuple[str, str], list[int]] = defaultdict(list)
        for n, link in enumerate(self.links):
            a, b = node_of.get(self.index[link.site_a]), node_of.get(self.index[link.site_b])
            if a is not None and b is not None and a != b:
                edges[min(a, b), max(a, b)].append(n)
        groups = self._groups(node_of)
        pulls = ((a, b, _PULL.get(self.links[found[0]].relation, 0.5)) for (a, b), found in edges.items())
        places = lay_out([group for group, _ in groups], pulls)
        order = {name: n for n, name in enumerate(places)}
        nodes = []
        for name, (x, y) in places.items():
            kind, _, number = name.partition(":")
            many = len(self.cluster_members[int(number)]) if kind == "cluster" else 1
            nodes.append({"x": x, "y": y, "r": round(NODE_RADIUS * min(1 + 0.22 * (many - 1) ** 0.5, 3.0), 1), kind: int(number)})
        return {
            "nodes": nodes,
            "edges": [{"a": order[a], "b": order[b], "links": found} for (a, b), found in edges.items()],
            "hulls": [{"nodes": [order[name] for name in group]} | hull for group, hull in groups if hull],
            "collapsed": collapsed,
        }

    def _nodes(self, collapsed: bool) -> dict[int, str]:
        if not collapsed:
            return {n: f"site:{n}" for n in range(len(self.fronts))}
        linked = {self.index[site] for row in self.links for site in (row.site_a, row.site_b)}
        node_of = {site: f"cluster:{n}" for site, n in self.cluster_of.items()}
        single = [n for n in range(len(self.fronts)) if n not in self.cluster_of]
        room = max(self.limits.nodes - len(self.cluster_rows), 0)
        drawn = [n for n in single if n in linked][:room]
        node_of |= {n: f"site:{n}" for n in drawn}
        if len(single) > len(drawn):
            self.left_out.append(f"from the map, {count(len(single) - len(drawn), 'storefront')} that no cluster holds")
        if len(self.cluster_rows) > self.limits.nodes:
            kept = {f"cluster:{n}" for n in range(self.limits.nodes)}
            node_of = {site: name for site, name in node_of.items() if name in kept}
            self.left_out.append(f"from the map, the {count(len(self.cluster_rows) - self.limits.nodes, 'smallest cluster')}")
        return node_of

    def _groups(self, node_of: dict[int, str]) -> list[tuple[list[str], Json]]:
        groups: list[tuple[list[str], Json]] = []
        taken: set[str] = set()
        for n, sites in enumerate(self.cluster_members):
            names = list(dict.fromkeys(node_of[site] for site in sites if site in node_of))
            if names:
                groups.append((names, {"cluster": n} if len(names) > 1 else {}))
                taken.update(names)
        for n, (original, sites) in enumerate(self.families):
            names = [node_of[site] for site in sites if site in node_of and node_of[site] not in taken]
            if names:
                names.sort(key=f"site:{original}".__ne__)
                groups.append((names, {"family": n}))
                taken.update(names)
        groups += [([name], {}) for name in dict.fromkeys(node_of.values()) if name not in taken]
        return groups


def graph_data(findings: Findings, limits: GraphLimits | None = None, dossiers: frozenset[str] = frozenset()) -> Json:
    """Everything the page shows, as a value for ``reports.escape.json_for_html``."""
    page = _Page(findings, limits or GraphLimits())
    sites, links, clusters, drawing = page.sites(), page.link_records(), page.clusters(dossiers), page.drawing()
    changes = sorted(findings.changes, key=lambda row: (row.rank, row.what, row.site, row.cluster))
    if len(changes) > page.limits.changes:
        page.left_out.append(count(len(changes) - page.limits.changes, "change"))
    members = {visible(row.cluster, 60): sites for row, sites in zip(page.cluster_rows, page.cluster_members, strict=True)}
    crawls, events, left = timeline(findings, page.index, members, page.limits.events)
    if left:
        page.left_out.append(f"from the time line, the {count(left, 'oldest event')}")
    return {
        "crawls": crawls,
        "events": events,
        "crawl": visible(findings.crawl_id, 40),
        "day": day(findings.crawl_id),
        "previous": day(findings.previous) if findings.previous else "",
        "sites": sites,
        "clusters": clusters,
        "families": [{"original": original, "members": members} for original, members in page.families],
        "links": links,
        "map": drawing,
        "changes": [_change(row.what, row.sentence, page.index.get(row.site, -1)) for row in changes[: page.limits.changes]],
        "leftOut": page.left_out,
    }


def _judged(link: LinkRow, own: Iterable[EvidenceRow]) -> str:
    """``same``, ``different`` or ``unsure`` where people judged the pair, ``through`` or ``apart`` where others, or nothing."""
    words = {row.kind.removeprefix("judgement.") for row in own if row.family == Family.JUDGEMENT}
    word = next((word for word in ("same", "different", "unsure", "through") if word in words), "")
    # a link that was cut for the sake of a judgement on others is left for review
    return "apart" if word == "different" and link.relation == Relation.FOR_REVIEW else word


def _change(what: str, sentence: str, site: int) -> Json:
    return {"what": visible(what, 40), "sentence": defang_text(sentence, 400), "site": site}


def _contribution(row: EvidenceRow) -> Json:
    record: Json = {
        "kind": visible(row.kind, 60),
        "family": visible(row.family, 40),
        "cls": visible(row.cls, 4),
        "direction": visible(row.direction, 12),
        "bits": round(row.bits, 2),
        "sentence": defang_text(row.sentence, 320),
        "shown": defang_text(row.shown or row.value, 200),
        "by": defang_text(row.explained_by, 120),
        "m": f"{row.m:.2g}",
        "u": f"{row.u:.2g}",
        "source": visible(row.u_source, 20),
        "urlA": defang(row.url_a, 240),
        "digestA": visible(row.digest_a, 64),
        "urlB": defang(row.url_b, 240),
        "digestB": visible(row.digest_b, 64),
    }
    return {key: value for key, value in record.items() if value != ""}


def _initials(front: StorefrontRow) -> str:
    letters = [part[0] for part in _words(front.site.split(".")[0]) if part]
    return "".join(letters[:2]).upper() or "?"


def _words(name: str) -> Sequence[str]:
    parts = [part for part in name.removeprefix("xn--").split("-") if part and part[0].isalnum()]
    if len(parts) == 1 and len(parts[0]) > 1:
        return parts[0][0], parts[0][1]
    return _plain(parts)


def _plain(parts: Iterable[str]) -> Sequence[str]:
    return [part for part in parts if part.isascii()]
