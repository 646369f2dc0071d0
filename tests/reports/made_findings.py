"""Findings made by hand: twenty storefronts, three clusters, two mirror families, all relations, and hostile strings."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

from PIL import Image, ImageDraw

from analysis.findings import (
    ChangeRow,
    ClusterRow,
    EvidenceRow,
    Findings,
    LinkRow,
    MemberRow,
    Relation,
    StorefrontRow,
    TraceRow,
)

CRAWL = "20240318T060000Z"
PREVIOUS = "20240311T060000Z"
FIRST = "20240115T060000Z"
HOSTILE = "</script><img src=x onerror=\"window.ran=1;document.title='ran'\">{{7*7}}\u2028\u202egnp.exe\x1b]0;x\x07"
CANARY_URL = "https://canary.example/x.png"

A = "c-4f1d20"
B = "c-77b3e9"
C = "c-c09a54"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def icon(colour: str, ink: str, shape: str) -> bytes:
    picture = Image.new("RGB", (64, 64), colour)
    draw = ImageDraw.Draw(picture)
    if shape == "disc":
        draw.ellipse((10, 10, 54, 54), fill=ink)
        draw.ellipse((26, 26, 38, 38), fill=colour)
    elif shape == "bars":
        for n, height in enumerate((18, 34, 46, 28)):
            draw.rectangle((10 + 12 * n, 56 - height, 18 + 12 * n, 56), fill=ink)
    elif shape == "wedge":
        draw.polygon(((12, 52), (32, 10), (52, 52)), fill=ink)
    else:
        draw.rectangle((14, 28, 50, 40), fill=ink)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def storefront(site: str, title: str, **fields: object) -> StorefrontRow:
    row = StorefrontRow(
        site=site,
        url=f"https://{site}/",
        kind="storefront",
        outcome="finished",
        reason="",
        page_state="shop",
        marks="",
        title=title,
        languages="en",
        company="",
        payment="",
        products=0,
        pages=14,
        discovered_by="",
        discovered_how="",
        icon=b"",
    )
    return replace(row, **fields)  # type: ignore[arg-type]


STOREFRONTS = (
    storefront(
        "albumhaus.example",
        "Albumhaus: farewell, and thank you",
        page_state="blog",
        payment="withdrawn",
        company="Tonmedien Handels GmbH",
        languages="de,en",
        products=0,
        pages=6,
        icon=icon("#7a1f2b", "#f5d9c8", "disc"),
    ),
    storefront(
        "songkontor.example",
        "Songkontor: music by the megabyte",
        payment="accepted",
        company="Lagune Vertrieb OOO",
        languages="en,ru",
        products=412,
        pages=38,
        icon=icon("#123c69", "#e8f1ff", "disc"),
        discovered_by="albumhaus.example",
        discovered_how="a payment page sends buyers there",
    ),
    storefront(
        "memberdisc.example",
        "Memberdisc: by invitation",
        page_state="invitation-gate",
        payment="",
        company="Memberdisc Club",
        products=0,
        pages=4,
        icon=icon("#1b4332", "#d8f3dc", "disc"),
    ),
    storefront(
        "tunedepot.example",
        "Tune Depot",
        payment="unavailable",
        company="Tonmedien Handels GmbH",
        languages="en",
        products=388,
        pages=29,
        icon=icon("#5f0f40", "#ffd6a5", "bars"),
    ),
    storefront(
        "kicksvault.example",
        "Kicks Vault | designer trainers -70%",
        payment="accepted",
        products=960,
        pages=40,
        icon=icon("#0b132b", "#ffffff", "wedge"),
    ),
    storefront(
        "solebargain.example",
        "Sole Bargain outlet",
        payment="accepted",
        products=955,
        pages=40,
        icon=icon("#c1121f", "#ffffff", "wedge"),
    ),
    storefront("runner-deals.example", "Runner Deals", payment="accepted", products=871, pages=39),
    storefront(
        "chronoluxe.example",
        "Chronoluxe montres",
        payment="moved",
        languages="fr",
        products=120,
        pages=22,
        icon=icon("#22223b", "#c9ada7", "bar"),
    ),
    storefront("horlogedirect.example", "Horloge Direct", payment="accepted", languages="fr", products=118, pages=22),
    storefront(
        "albumhaus-mp3.example",
        "Albumhaus: music by the megabyte",
        payment="accepted",
        products=412,
        pages=31,
        icon=icon("#7a1f2b", "#f5d9c8", "disc"),
    ),
    storefront(
        "nordwolle.example",
        "Nordwolle knitwear",
        payment="accepted",
        company="Nordwolle AS",
        products=210,
        pages=40,
        icon=icon("#264653", "#e9c46a", "wedge"),
    ),
    storefront(
        "nordwolle-outlet.example",
        "Nordwolle knitwear outlet",
        payment="accepted",
        products=210,
        pages=35,
        icon=icon("#264653", "#e9c46a", "wedge"),
    ),
    storefront("nordwolle-sale.example", "Nordwolle knitwear sale", page_state="suspended", payment="", pages=1),
    storefront("vinylcorner.example", "The Vinyl Corner", payment="accepted", company="Vinyl Corner Ltd", products=88, pages=25),
    storefront("recordnook.example", "Record Nook", payment="accepted", company="Nook & Sons", products=143, pages=27),
    storefront("gartenfreund.example", "Gartenfreund", payment="accepted", languages="de", products=300, pages=33),
    storefront("cheap-albums.example", "cheap-albums.example is for sale", page_state="for-sale", pages=1),
    storefront("musicfort.example", "Just a moment...", page_state="bot-challenge", pages=1),
    storefront("quietlabel.example", "", outcome="unreachable", reason="connection refused", page_state="", pages=0),
    storefront(
        "xn--pypal-4ve.example",
        HOSTILE,
        marks=HOSTILE,
        company='=HYPERLINK("https://canary.example/";"x")',
        payment="accepted",
        products=3,
        pages=2,
        discovered_how="<b>bold</b>",
    ),
)

# Per same-operator pair: which stories its evidence tells.
FOR = {
    "payee": (
        "payment.merchant_id",
        "payment",
        "C",
        11.2,
        "both are paid through merchant id 4410-TD-7719, seen on no other storefront",
        "4410-TD-7719",
    ),
    "login": (
        "links.accounts_host",
        "links",
        "D",
        9.6,
        "one accounts host logs buyers of both in, and its certificate names both",
        "accounts.tonkonto.example",
    ),
    "error": (
        "behaviour.error_page",
        "behaviour",
        "E",
        6.1,
        "both answer an unknown address with the same hand-written error page",
        "3f7a 41 tags, 'This record has no B-side'",
    ),
    "cookie": (
        "behaviour.cookie_with_headers",
        "behaviour",
        "E",
        4.4,
        "both set the rare cookie tk_sess after the same order of headers",
        "tk_sess",
    ),
    "sku": (
        "catalogue.sku",
        "catalogue",
        "A",
        5.8,
        "388 article numbers of the shop's own making are the same",
        "TD-000117 … TD-041220",
    ),
    "prices": (
        "catalogue.price_vector",
        "catalogue",
        "A",
        3.9,
        "prices differ by one constant factor (1.08) on 371 albums",
        "1.08",
    ),
    "policy": (
        "text.terms",
        "text",
        "A",
        4.7,
        "the terms of sale are the same in 61 of 64 clauses once names and amounts are lifted out",
        "61 / 64",
    ),
    "markup": ("layout.tag_paths", "template", "A", 3.1, "the pages' structure agrees in parts that no known theme has", "0.93"),
    "logo": (
        "logo.canonical",
        "imagery",
        "A",
        2.4,
        "the logos agree once colours are taken away (12 of 256 bits differ)",
        "12 bits",
    ),
}
AGAINST = {
    "company": (
        "identity.company",
        "identity",
        "A",
        -2.3,
        "they name different companies",
        "Tonmedien Handels GmbH / Lagune Vertrieb OOO",
    ),
    "tracker": ("identifiers.analytics", "tracking", "A", -0.6, "they carry different analytics ids", "UA-1180 / UA-2277"),
    "language": ("text.language", "text", "A", -0.4, "they speak different languages", "de / en"),
}
EXPLAINED = {
    "theme": (
        "layout.css_classes",
        "template",
        "A",
        "both use the class names of one stock theme",
        "Vinylia 2.1",
        "theme Vinylia 2.1",
    ),
    "certificate": (
        "hosting.certificate",
        "hosting",
        "B",
        "both stand in one certificate with 48 strangers",
        "sni.edgecache.example",
        "provider bundle",
    ),
    "platform": ("hosting.server", "hosting", "B", "both run on one shop platform", "Cartwright 4", "platform Cartwright"),
}


def contribution(a: str, b: str, direction: str, story: str) -> EvidenceRow:
    if direction == "explained":
        kind, family, cls, sentence, shown, ancestor = EXPLAINED[story]
        bits = 0.0
    else:
        kind, family, cls, bits, sentence, shown = (FOR if direction == "for" else AGAINST)[story]
        ancestor = ""
    return EvidenceRow(
        site_a=a,
        site_b=b,
        kind=kind,
        family=family,
        cls=cls,
        direction=direction,
        bits=bits,
        m=0.6,
        u=0.6 / 2**bits,
        u_source="reference",
        explained_by=ancestor,
        value=shown.lower(),
        shown=shown,
        url_a=f"https://{a}/terms.html",
        digest_a=digest(a + kind),
        url_b=f"https://{b}/terms.html",
        digest_b=digest(b + kind),
        sentence=sentence,
    )


def pair(
    a: str, b: str, relation: Relation, probability: float, stories: str, *, review: bool = False, original: str = ""
) -> tuple[LinkRow, list[EvidenceRow]]:
    a, b = sorted((a, b))
    rows = []
    for word in stories.split():
        if word in FOR:
            rows.append(contribution(a, b, "for", word))
        elif word in AGAINST:
            rows.append(contribution(a, b, "against", word))
        else:
            rows.append(contribution(a, b, "explained", word))
    bits_for = sum(r.bits for r in rows if r.direction == "for")
    bits_against = sum(r.bits for r in rows if r.direction == "against")
    link = LinkRow(
        site_a=a,
        site_b=b,
        relation=str(relation),
        probability=probability,
        bits=round(bits_for + bits_against - 9.1, 3),
        bits_for=bits_for,
        bits_against=bits_against,
        review=review,
        original=original,
        sentence="",
        pro="; ".join(r.sentence for r in rows if r.direction == "for"),
        contra="; ".join(r.sentence for r in rows if r.direction == "against"),
    )
    return link, rows


PAIRS = (
    pair(
        "albumhaus.example",
        "songkontor.example",
        Relation.SAME_OPERATOR,
        0.9987,
        "login error cookie sku prices policy markup company tracker language",
    ),
    pair("albumhaus.example", "tunedepot.example", Relation.SAME_OPERATOR, 0.9991, "payee login sku tracker"),
    pair("albumhaus.example", "memberdisc.example", Relation.SAME_OPERATOR, 0.962, "login error cookie markup company"),
    pair("songkontor.example", "tunedepot.example", Relation.SAME_OPERATOR, 0.981, "login sku prices company"),
    pair("memberdisc.example", "songkontor.example", Relation.SAME_OPERATOR, 0.974, "login error cookie company"),
    pair("memberdisc.example", "tunedepot.example", Relation.SAME_OPERATOR, 0.91, "login company"),
    pair("kicksvault.example", "solebargain.example", Relation.SAME_OPERATOR, 0.9996, "payee policy sku logo"),
    pair("kicksvault.example", "runner-deals.example", Relation.SAME_OPERATOR, 0.88, "payee policy tracker"),
    pair("runner-deals.example", "solebargain.example", Relation.SAME_OPERATOR, 0.84, "payee prices tracker"),
    pair("chronoluxe.example", "horlogedirect.example", Relation.SAME_OPERATOR, 0.93, "payee cookie tracker"),
    pair(
        "albumhaus.example",
        "albumhaus-mp3.example",
        Relation.COPY_OF,
        0.12,
        "sku policy markup logo tracker",
        original="albumhaus.example",
    ),
    pair(
        "nordwolle.example",
        "nordwolle-outlet.example",
        Relation.COPY_OF,
        0.07,
        "sku policy logo company",
        original="nordwolle.example",
    ),
    pair("nordwolle-outlet.example", "nordwolle-sale.example", Relation.COPY_OF, 0.31, "policy logo", review=True),
    pair("nordwolle.example", "nordwolle-sale.example", Relation.COPY_OF, 0.05, "policy logo", original="nordwolle.example"),
    pair("recordnook.example", "vinylcorner.example", Relation.SAME_KIT, 0.02, "theme company"),
    pair("songkontor.example", "vinylcorner.example", Relation.SAME_KIT, 0.01, "theme platform"),
    pair("albumhaus.example", "gartenfreund.example", Relation.SAME_PROVIDER, 0.004, "certificate language"),
    pair("chronoluxe.example", "kicksvault.example", Relation.FOR_REVIEW, 0.58, "cookie platform language", review=True),
)

HOSTILE_EVIDENCE = replace(
    contribution("recordnook.example", "vinylcorner.example", "for", "markup"),
    shown=HOSTILE,
    value=HOSTILE,
    sentence=f"both carry {HOSTILE}",
    url_a="javascript:alert(1)",
    url_b=CANARY_URL,
    kind="text.\ud800hostile",
)


def member(site: str, cluster: str, probability: float = 1.0, first: str = FIRST, last: str = CRAWL) -> MemberRow:
    return MemberRow(site=site, cluster=cluster, probability=probability, first_seen=first, last_seen=last, proved=last)


MEMBERS = (
    member("albumhaus.example", A, 0.998),
    member("songkontor.example", A, 0.999, CRAWL),
    member("memberdisc.example", A, 0.97, CRAWL),
    member("tunedepot.example", A, 0.995, "20240226T060000Z"),
    member("kicksvault.example", B, 0.999),
    member("solebargain.example", B, 0.999),
    member("runner-deals.example", B, 0.88, "20240304T060000Z"),
    member("chronoluxe.example", C, 0.93, CRAWL),
    member("horlogedirect.example", C, 0.93, CRAWL),
)

CLUSTERS = (
    ClusterRow(A, 4, 0.97, 1.0, "memberdisc.example tunedepot.example 0.91", "", "", FIRST, CRAWL),
    ClusterRow(
        B,
        3,
        0.88,
        1.0,
        "runner-deals.example solebargain.example 0.84",
        "chronoluxe.example kicksvault.example 0.58",
        "",
        FIRST,
        CRAWL,
    ),
    ClusterRow(
        C,
        2,
        0.93,
        1.0,
        "chronoluxe.example horlogedirect.example 0.93",
        "chronoluxe.example kicksvault.example 0.58",
        "",
        CRAWL,
        CRAWL,
    ),
)


def change(what: str, site: str, cluster: str, rank: int, sentence: str, before: str = "", after: str = "") -> ChangeRow:
    return ChangeRow(what, site, cluster, before, after, rank, sentence, f"https://{site}/" if site else "", digest(what + site))


CHANGES = (
    change("appeared", "", C, 1, "chronoluxe.example and horlogedirect.example are a new cluster."),
    change("joined", "songkontor.example", A, 1, "songkontor.example joined the cluster of albumhaus.example."),
    change(
        "discovered",
        "songkontor.example",
        A,
        2,
        "songkontor.example was found from albumhaus.example: a payment page sends buyers there.",
    ),
    change("joined", "memberdisc.example", A, 1, "memberdisc.example joined the cluster of albumhaus.example."),
    change("payment", "albumhaus.example", A, 3, "albumhaus.example no longer takes payment.", "accepted", "withdrawn"),
    change(
        "payment", "tunedepot.example", A, 3, "Payment at tunedepot.example is still unavailable.", "unavailable", "unavailable"
    ),
    change("payment", "kicksvault.example", B, 3, "Payment at kicksvault.example is back.", "unavailable", "accepted"),
    change(
        "successor",
        "songkontor.example",
        A,
        2,
        "songkontor.example took over from albumhaus.example.",
        "albumhaus.example",
        "songkontor.example",
    ),
    change("page-state", "albumhaus.example", A, 3, "albumhaus.example is no shop any more but a farewell page.", "shop", "blog"),
    change("gone", "nordwolle-sale.example", "", 4, "nordwolle-sale.example is suspended by its provider.", "shop", "suspended"),
    change("company", "xn--pypal-4ve.example", "", 5, f"xn--pypal-4ve.example now names {HOSTILE}.", "", HOSTILE),
)


def made() -> Findings:
    """The small world. Lone storefronts get a cluster of their own, as the findings have it."""
    in_cluster = {row.site for row in MEMBERS}
    alone = tuple(member(row.site, "c-" + digest(row.site)[:6]) for row in STOREFRONTS if row.site not in in_cluster)
    lone_clusters = tuple(ClusterRow(row.cluster, 1, 1.0, 1.0, "", "", "", FIRST, CRAWL) for row in alone)
    evidence = [row for _, rows in PAIRS for row in rows] + [HOSTILE_EVIDENCE]
    trace = TraceRow("vinylcorner.example", "text.title", HOSTILE, HOSTILE, "https://vinylcorner.example/", digest("t"), 1.0)
    return Findings(
        crawl_id=CRAWL,
        previous=PREVIOUS,
        storefronts=tuple(sorted(STOREFRONTS, key=lambda row: row.site)),
        traces=(trace,),
        evidence=tuple(sorted(evidence, key=lambda row: (row.site_a, row.site_b, row.kind))),
        links=tuple(sorted((link for link, _ in PAIRS), key=lambda row: (row.site_a, row.site_b))),
        members=tuple(sorted(MEMBERS + alone, key=lambda row: row.site)),
        clusters=tuple(sorted(CLUSTERS + lone_clusters, key=lambda row: row.cluster)),
        changes=CHANGES,
    )


def quiet() -> Findings:
    """The same world in a week in which nothing changed."""
    return replace(made(), changes=())


def large(clusters: int, size: int, alone: int, title: str = "") -> Findings:
    """Many clusters of one size, each a ring of links, and storefronts that nothing joins."""
    sites, members, links, rows, groups = [], [], [], [], []
    for n in range(clusters):
        names = [f"shop{k}-of-{n}.example" for k in range(size)]
        cluster = f"c-{n:06d}"
        groups.append(ClusterRow(cluster, size, 0.95, 1.0, "", "", "", FIRST, CRAWL))
        for k, name in enumerate(names):
            sites.append(storefront(name, title or f"Shop {k}", payment="accepted"))
            members.append(member(name, cluster, 0.95))
            if size > 1 and (k + 1 < size or size > 2):
                link, contributions = pair(name, names[(k + 1) % size], Relation.SAME_OPERATOR, 0.95, "payee policy company")
                links.append(link)
                rows.extend(contributions)
    for n in range(alone):
        name = f"lone-{n}.example"
        sites.append(storefront(name, title or "Alone"))
        members.append(member(name, f"l-{n:06d}"))
        groups.append(ClusterRow(f"l-{n:06d}", 1, 1.0, 1.0, "", "", "", FIRST, CRAWL))
    return Findings(
        crawl_id=CRAWL,
        previous="",
        storefronts=tuple(sites),
        traces=(),
        evidence=tuple(rows),
        links=tuple(links),
        members=tuple(members),
        clusters=tuple(groups),
        changes=(),
    )
