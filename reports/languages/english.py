"""English. The analysis writes its sentences in it; the wordings here tell what was put together from several crawls."""

from __future__ import annotations

from analysis.findings import EvidenceRow
from reports.languages.english_dossier import DOSSIER
from reports.languages.language import OTHER, Language, Wording
from reports.words import BANDS, day, percent

__all__ = ["CHANGES", "ENGLISH"]

_PHRASES = {
    **DOSSIER,
    "and": "and",
    "quoted": "“{text}”",
    "no-currency": "no named currency",
    "still-down": "Payment still not back",
    "still-line": "{said} (since {day})",
    "reached-again": "Read again",
    "label": "{label}: {text}",
    "subject": "samehand, {day}: {said}",
    "subject-plain": "samehand: {said}",
    "list": "samehand weekly digest",
    "nothing-changed": "nothing changed",
    "first-quiet": "first crawl, nothing to tell yet",
    "and-more": "and more",
    "changes": "changes",
    "head": "samehand, crawl of {day}",
    "quiet-line": "Nothing changed since {day}.",
    "first-quiet-line": "This is the first crawl; no cluster and no copy was found.",
    "since-line": "{counts} since {day}.",
    "first-line": "{counts}; this is the first digest.",
    "compared": "Crawl of {day}, {storefronts}; compared with {previous}.",
    "first-compared": "Crawl of {day}, {storefronts}; the first digest.",
    "crawls": "This digest covers {crawls}.",
    "title-quiet": "Nothing changed",
    "title-first": "First crawl, nothing to tell yet",
    "title-changes": "Changes",
    "new-cluster": "New cluster",
    "cluster": "Cluster",
    "common": "Evidence consistent with common operation: {sure}.",
    "new": "NEW",
    "first-seen": "first seen {day}",
    "beside": "; ",
    "seen-both": "first seen: {a} {day_a}, {b} {day_b}",
    "found-from": "found from {site}",
    "page": "page: {state}",
    "payment": "payment {state}",
    "for": "for",
    "against": "against",
    "more": "and {more}",
    "more-clusters": "And {more} with news in the graph page.",
    "dossier": "Dossier",
    "map": "Map",
    "copies": "New copies",
    "found": "Found",
    "payments": "Payment",
    "successors": "Successors",
    "pages": "Gone, back and changed pages",
    "companies": "Companies named",
    "offers": "Goods, prices and languages",
    "servers": "Hosts and certificates",
    "corrections": "Corrections",
    "others": "Other changes",
    "review": "For review",
    "not-reached": "Not reached",
    "read-in-part": "Read in part",
    "read-in-part-line": "{site}: could not be read in {names}; nothing of that is compared or told",
    "rest-attached": "All {changes} are in the attached {file}.",
    "rest-partly": (
        "The first {some} of {changes}, the most important ones, are in the attached {file}; all are in changes.csv beside the map."
    ),
    "rest-beside": "All {changes} are in changes.csv beside the map.",
    "foot": (
        "Addresses are written so that nothing opens them. The figures are probabilities that one operator is behind both "
        "storefronts; they are evidence to weigh, not proof. The map and every contribution with its source are in graph.html."
    ),
    "foot-linked": (
        "Addresses of storefronts are written so that nothing opens them. The figures are probabilities that one operator is "
        "behind "
        "both storefronts; they are evidence to weigh, not proof. The map shows every contribution with its source."
    ),
    "picture": "Picture. {said}.",
    "picture-cluster": "Cluster {cluster} with {storefronts}",
    "picture-new": "Cluster {cluster} with {storefronts}, new in it {names}",
    "pair/same-operator": "{a} and {b}: evidence consistent with common operation ({sure}).",
    "pair/copy": "{copy} is a copy of {original}; common operation is not shown ({sure}).",
    "pair/copy-review": "{copy} is a copy of {original}; common operation is for review ({sure}).",
    "pair/source": "{a} and {b} descend from one source, which first is not known; common operation is not shown ({sure}).",
    "pair/source-review": (
        "{a} and {b} descend from one source, which first is not known; common operation is for review ({sure})."
    ),
    "pair/same-kit": "{a} and {b} share a theme, platform or kit and nothing beyond it (common operation: {sure}).",
    "pair/same-kit-review": (
        "{a} and {b} share a theme, platform or kit and whether there is more is for review (common operation: {sure})."
    ),
    "pair/same-provider": "{a} and {b} share a provider and nothing beyond it (common operation: {sure}).",
    "pair/same-provider-review": (
        "{a} and {b} share a provider and whether there is more is for review (common operation: {sure})."
    ),
    "pair/judged-same": "{a} and {b}: held to be of one operator by an analyst's judgement (the evidence alone: {sure}).",
    "pair/judged-through": (
        "{a} and {b}: held together by an analyst's judgement on others of their cluster (the evidence alone: {sure})."
    ),
    "pair/judged-different": "{a} and {b}: held apart by an analyst's judgement (the evidence alone: {sure}).",
    "pair/judged-cut": "{a} and {b}: an analyst's judgement on others keeps their clusters apart (the evidence alone: {sure}).",
    "pair/judged-unsure": "{a} and {b}: left open by an analyst (common operation: {sure}).",
    "pair/judged-protected": "{copy} is a copy of {original}, which is on your list of storefronts.",
    "by-judgement": "held by an analyst's judgement",
    "judged-edge": "held by an analyst's judgement",
    "pair/none": "{a} and {b}: nothing holds between them that says more than chance (common operation: {sure}).",
    "pair/for-review": "{a} and {b}: undecided, an analyst should look (common operation: {sure}).",
    "explained": "{reason} (explained by {ancestor})",
}

_COUNTED = {
    "page": ("page", "pages"),
    "product": ("product", "products"),
    "more-contributions": ("more contribution", "more contributions"),
    "weaker-pairs": ("weaker pair", "weaker pairs"),
    "storefront": ("storefront", "storefronts"),
    "crawl": ("crawl", "crawls"),
    "change": ("change", "changes"),
    "more": ("more", "more"),
    "more-clusters": ("more cluster", "more clusters"),
    "new-cluster": ("new cluster", "new clusters"),
    "new-member": ("new member", "new members"),
    "regrouping": ("regrouping", "regroupings"),
    "new-copy": ("new copy", "new copies"),
    "discovered": ("storefront discovered", "storefronts discovered"),
    "payment": ("payment notice", "payment notices"),
    "successor": ("successor", "successors"),
    "gone": ("storefront gone", "storefronts gone"),
    "back": ("storefront back", "storefronts back"),
    "correction": ("correction", "corrections"),
    "first-seen": ("storefront seen first", "storefronts seen first"),
    "other": ("other change", "other changes"),
    "review": ("pair for review", "pairs for review"),
}

CHANGES = {
    "appeared": Wording(plain="{site} was seen for the first time"),
    "joined": Wording(plain="{site} now shows evidence consistent with common operation with others of {cluster}"),
    "left": Wording(both="{site} no longer shows evidence of common operation with {before}", plain="{site} left its cluster"),
    "merged": Wording(both="the clusters {after} and {before} are one now", plain="cluster {cluster} took others in"),
    "split": Wording(both="cluster {after} has split from {before}", plain="cluster {cluster} has split"),
    "discovered": Wording(after="{site} was found: {after}", plain="{site} was found"),
    "successor/one": Wording(both="{before} has ended as a shop; {after} goes on", plain="{site} has a successor"),
    "successor/many": Wording(both="{before} has ended as a shop; {after} go on", plain="{site} has successors"),
    "moved": Wording(
        both="{site} sends its customers to {after}", after="{site} sends its customers to {after}", plain="{site} has moved"
    ),
    "payment/back": Wording(plain="{site}: payment is back, it is accepted again"),
    "payment/accepted": Wording(plain="{site}: payment is accepted"),
    "payment/unavailable": Wording(
        both="{site}: payment is unavailable (before: {before})", plain="{site}: payment is unavailable"
    ),
    "payment/withdrawn": Wording(
        both="{site}: payment has been withdrawn (before: {before})", plain="{site}: payment has been withdrawn"
    ),
    "payment/moved": Wording(
        both="{site}: customers are sent elsewhere to pay (before: {before})", plain="{site}: customers are sent elsewhere to pay"
    ),
    "payment/ended": Wording(plain="{site}: payment is no longer offered on the pages that were read"),
    "payment/other": Wording(both="{site}: payment is {after} (before: {before})", plain="{site}: payment is {after}"),
    "payment-still/moved": Wording(plain="{site}: payment is not back, customers are still sent elsewhere to pay"),
    "payment-still": Wording(both="{site}: payment is not back, it is still {after}", plain="{site}: payment is not back"),
    "gone/unreachable": Wording(plain="{site} is gone: it has not answered for several crawls"),
    "gone/farewell": Wording(plain="{site} is gone: its pages say farewell"),
    "gone": Wording(
        both="{site} is gone: {after}, before it was {before}", after="{site} is gone: {after}", plain="{site} is gone"
    ),
    "back": Wording(both="{site} is back: {after} where it was {before}", after="{site} is back: {after}", plain="{site} is back"),
    "page-state": Wording(both="{site} is {after} now, before it was {before}", plain="{site} shows other pages"),
    "gate": Wording(both="{site} is {after} now, before it was {before}", plain="{site} has another gate"),
    "gate-opened": Wording(both="{site} is open: {after}, before it was {before}", plain="{site} is open to all now"),
    "gate-closed": Wording(
        both="{site} is closed to strangers: {after}, before it was {before}", plain="{site} is closed to strangers now"
    ),
    "company": Wording(
        both="{site} now names {after}, before it named {before}",
        after="{site} now names {after}",
        before="{site} no longer names {before}",
    ),
    "catalogue": Wording(both="{site}: {after} products where there were {before}", plain="{site} has another range of goods"),
    "prices/more": Wording("{site}: the same goods cost {share} % more (median of {goods})"),
    "prices/less": Wording("{site}: the same goods cost {share} % less (median of {goods})"),
    "prices/currency": Wording("{site}: prices are in {currency} now (before: {before})"),
    "prices": Wording(plain="{site} has other prices"),
    "language": Wording(both="{site}: its pages are in {after} now (before: {before})", plain="{site} speaks another language"),
    "host": Wording(both="{site}: hosted at {after} now (before: {before})", plain="{site} is hosted elsewhere"),
    "certificate/shared": Wording(plain="{site} shares a certificate with other sites now"),
    "certificate": Wording(plain="{site} shows a new public key of its own"),
    "not-reached": Wording(after="{site} was not reached ({after})", plain="{site} was not reached"),
    "reached-again": Wording(plain="{site} is read again"),
    "corrected": Wording(
        both="an analyst's correction, not an event on the web: {site} is in cluster {after} now, before it was in {before}",
        plain="{site}: an analyst corrected a link",
    ),
    OTHER: Wording(
        both="{site}: changed from {before} to {after}",
        after="{site}: now {after}",
        before="{site}: no longer {before}",
        plain="{site}: changed",
    ),
}

_NAMES = {
    "name-servers": "name servers",
    "content": "a page without a shop",
    **{
        word: word.replace("-", " ")
        for word in (
            *(
                "shop",
                "blog",
                "login-gate",
                "invitation-gate",
                "cookie-wall",
                "age-wall",
                "blank",
                "parked",
                "for-sale",
                "suspended",
            ),
            *("default-server-page", "bot-challenge", "geo-block", "maintenance", "error", "soft-404", "app-shell", "not-html"),
            *("unreachable", "redirect-only", "farewell", "guard", "refused-by-robots", "address-refused", "failed", "not-asked"),
            *("accepted", "unavailable", "withdrawn"),
        )
    },
}


def _reason(row: EvidenceRow) -> str:
    return row.sentence or f"{row.kind}: {row.shown or row.value}"


ENGLISH = Language(
    code="en",
    phrases=_PHRASES,
    counted=_COUNTED,
    names=_NAMES,
    bands=BANDS,
    changes=CHANGES,
    reason=_reason,
    day=day,
    percent=percent,
    number=lambda number: f"{number:,}",
    is_one=lambda number: number == 1,
    tells_rows=False,
)
"""The language of the analysis' own sentences."""
