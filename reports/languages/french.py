"""French. Zero and one are singular; a no-break space stands before ``: ; ? ! %``, inside the guillemets and between thousands."""

from __future__ import annotations

import re

from analysis.findings import EvidenceRow
from reports.escape import defang_text
from reports.languages.french_dossier import DOSSIER
from reports.languages.french_kinds import BOTH_HAVE, FAMILIES, NAMES_THE_OTHER, SAYS, UNSHOWN
from reports.languages.french_names import NAMES
from reports.languages.language import OTHER, Language, Wording
from reports.words import moment

__all__ = ["CHANGES", "FRENCH"]

_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
_BEFORE = re.compile(r" (?=[:;?!%»])|(?<=«) ")


def _set(text: str) -> str:
    """The text with no-break spaces where French typography has them (the wide one, U+00A0, which every mail reader knows)."""
    return _BEFORE.sub("\u00a0", text)


def _wording(both: str = "", after: str = "", before: str = "", plain: str = "") -> Wording:
    return Wording(_set(both), _set(after), _set(before), _set(plain))


_PHRASES = {
    **DOSSIER,
    "and": "et",
    "quoted": "« {text} »",
    "no-currency": "monnaie non nommée",
    "still-down": "Paiement toujours interrompu",
    "still-line": "{said} (depuis le {day})",
    "reached-again": "De nouveau lus",
    "label": "{label} : {text}",
    "subject": "samehand, {day} : {said}",
    "subject-plain": "samehand : {said}",
    "list": "bulletin hebdomadaire samehand",
    "nothing-changed": "rien n'a changé",
    "first-quiet": "premier passage, rien à signaler pour l'instant",
    "and-more": "et d'autres",
    "changes": "des changements",
    "head": "samehand, passage du {day}",
    "quiet-line": "Rien n'a changé depuis le {day}.",
    "first-quiet-line": "Ceci est le premier passage ; aucun groupe et aucune copie n'ont été trouvés.",
    "since-line": "{counts} depuis le {day}.",
    "first-line": "{counts} ; ceci est le premier bulletin.",
    "compared": "Passage du {day}, {storefronts} ; comparaison avec le {previous}.",
    "first-compared": "Passage du {day}, {storefronts} ; premier bulletin.",
    "crawls": "Ce bulletin couvre {crawls}.",
    "title-quiet": "Rien n'a changé",
    "title-first": "Premier passage, rien à signaler pour l'instant",
    "title-changes": "Changements",
    "new-cluster": "Nouveau groupe",
    "cluster": "Groupe",
    "common": "Indices compatibles avec une exploitation commune : {sure}.",
    "new": "NOUVEAU",
    "first-seen": "connu depuis le {day}",
    "beside": "\u00a0; ",
    "seen-both": "connus : {a} depuis le {day_a}, {b} depuis le {day_b}",
    "found-from": "trouvé à partir de {site}",
    "page": "page : {state}",
    "payment": "paiement {state}",
    "for": "pour",
    "against": "contre",
    "more": "et {more}",
    "more-clusters": "Et {more} qui ont changé, sur la carte.",
    "dossier": "Dossier",
    "map": "Carte",
    "copies": "Nouvelles copies",
    "found": "Découvertes",
    "payments": "Paiement",
    "successors": "Successeurs",
    "pages": "Disparitions, retours et pages changées",
    "companies": "Sociétés nommées",
    "offers": "Articles, prix et langues",
    "servers": "Hébergement et certificats",
    "corrections": "Corrections",
    "others": "Autres changements",
    "review": "À examiner",
    "not-reached": "Non atteints",
    "read-in-part": "Lues en partie",
    "read-in-part-line": "{site} : n'a pu être lu en ce qui concerne {names} ; rien n'en est comparé ni annoncé",
    "rest-attached": "La liste complète ({changes}) est dans la pièce jointe {file}.",
    "rest-partly": (
        "Les {some} premiers de {changes}, les plus importants, sont dans la pièce jointe {file} ; tous sont dans "
        "changes.csv, à côté "
        "de la carte."
    ),
    "rest-beside": "La liste complète ({changes}) est dans changes.csv, à côté de la carte.",
    "foot": (
        "Les adresses sont écrites de telle sorte que rien ne les ouvre. Les chiffres sont des probabilités qu'un seul "
        "exploitant soit "
        "derrière les deux boutiques ; ce sont des indices à peser, non des preuves. La carte, avec chaque indice et sa "
        "source, est dans "
        "graph.html (en anglais)."
    ),
    "foot-linked": (
        "Les adresses des boutiques sont écrites de telle sorte que rien ne les ouvre. Les chiffres sont des probabilités "
        "qu'un seul "
        "exploitant soit derrière les deux boutiques ; ce sont des indices à peser, non des preuves. La carte (en anglais) "
        "montre chaque "
        "indice avec sa source."
    ),
    "picture": "Image. {said}.",
    "picture-cluster": "Groupe {cluster} de {storefronts}",
    "picture-new": "Groupe {cluster} de {storefronts}, avec pour nouveauté {names}",
    "pair/same-operator": "{a} et {b} : indices compatibles avec une exploitation commune ({sure}).",
    "pair/copy": "{copy} est une copie de {original} ; aucune exploitation commune n'est montrée ({sure}).",
    "pair/copy-review": "{copy} est une copie de {original} ; une exploitation commune reste à examiner ({sure}).",
    "pair/source": (
        "{a} et {b} viennent d'une même source, sans que l'on sache lequel fut le premier ; aucune exploitation commune n'est "
        "montrée "
        "({sure})."
    ),
    "pair/source-review": (
        "{a} et {b} viennent d'une même source, sans que l'on sache lequel fut le premier ; une exploitation commune reste à "
        "examiner "
        "({sure})."
    ),
    "pair/same-kit": "{a} et {b} ont en commun un thème, une plateforme ou un kit et rien de plus (exploitation commune : {sure}).",
    "pair/same-kit-review": (
        "{a} et {b} ont en commun un thème, une plateforme ou un kit ; s'il y a plus reste à examiner (exploitation commune : "
        "{sure})."
    ),
    "pair/same-provider": "{a} et {b} ont en commun un prestataire et rien de plus (exploitation commune : {sure}).",
    "pair/same-provider-review": (
        "{a} et {b} ont en commun un prestataire ; s'il y a plus reste à examiner (exploitation commune : {sure})."
    ),
    "pair/judged-same": "{a} et {b} : tenus pour un seul exploitant par le jugement d'un analyste (les indices seuls : {sure}).",
    "pair/judged-through": (
        "{a} et {b} : tenus ensemble par le jugement d'un analyste sur d'autres boutiques de leur groupe "
        "(les indices seuls : {sure})."
    ),
    "pair/judged-different": "{a} et {b} : tenus pour distincts par le jugement d'un analyste (les indices seuls : {sure}).",
    "pair/judged-cut": (
        "{a} et {b} : le jugement d'un analyste sur d'autres boutiques sépare leurs groupes (les indices seuls : {sure})."
    ),
    "pair/judged-unsure": "{a} et {b} : question laissée ouverte par un analyste (exploitation commune : {sure}).",
    "pair/judged-protected": "{copy} est une copie de {original}, qui figure sur votre liste de boutiques.",
    "by-judgement": "groupe tenu par le jugement d'un analyste",
    "judged-edge": "tenu par le jugement d'un analyste",
    "pair/none": "{a} et {b} : rien entre eux n'en dit plus que le hasard (exploitation commune : {sure}).",
    "pair/for-review": "{a} et {b} : indécis, à examiner par un analyste (exploitation commune : {sure}).",
    "explained": "{reason} (s'explique par {ancestor})",
}

_COUNTED = {
    "page": ("page", "pages"),
    "product": ("article", "articles"),
    "more-contributions": ("autre indice", "autres indices"),
    "weaker-pairs": ("paire plus faible", "paires plus faibles"),
    "storefront": ("boutique", "boutiques"),
    "crawl": ("passage", "passages"),
    "change": ("changement", "changements"),
    "more": ("autre", "autres"),
    "more-clusters": ("autre groupe", "autres groupes"),
    "new-cluster": ("nouveau groupe", "nouveaux groupes"),
    "new-member": ("nouveau membre", "nouveaux membres"),
    "regrouping": ("regroupement", "regroupements"),
    "new-copy": ("nouvelle copie", "nouvelles copies"),
    "discovered": ("boutique découverte", "boutiques découvertes"),
    "payment": ("signalement de paiement", "signalements de paiement"),
    "successor": ("successeur", "successeurs"),
    "gone": ("boutique disparue", "boutiques disparues"),
    "back": ("boutique revenue", "boutiques revenues"),
    "correction": ("correction", "corrections"),
    "first-seen": ("boutique vue pour la première fois", "boutiques vues pour la première fois"),
    "other": ("autre changement", "autres changements"),
    "review": ("paire à examiner", "paires à examiner"),
}

CHANGES = {
    "appeared": _wording(plain="{site} apparaît pour la première fois"),
    "joined": _wording(
        plain="{site} présente désormais des indices compatibles avec une exploitation commune dans le groupe {cluster}"
    ),
    "left": _wording(
        both="{site} ne présente plus d'indices d'exploitation commune avec le groupe {before}", plain="{site} quitte son groupe"
    ),
    "merged": _wording(
        both="les groupes {after} et {before} n'en font plus qu'un", plain="le groupe {cluster} en absorbe d'autres"
    ),
    "split": _wording(both="le groupe {after} s'est séparé du groupe {before}", plain="le groupe {cluster} s'est divisé"),
    "discovered": _wording(after="{site} a été trouvé ({after})", plain="{site} a été trouvé"),
    "successor/one": _wording(both="{before} ne vend plus ; {after} continue", plain="{site} a un successeur"),
    "successor/many": _wording(both="{before} ne vend plus ; {after} continuent", plain="{site} a des successeurs"),
    "moved": _wording(
        both="{site} renvoie ses clients vers {after}", after="{site} renvoie ses clients vers {after}", plain="{site} a déménagé"
    ),
    "payment/back": _wording(plain="{site} : le paiement est rétabli, il est de nouveau accepté"),
    "payment/accepted": _wording(plain="{site} : le paiement est accepté"),
    "payment/unavailable": _wording(
        both="{site} : le paiement est indisponible (auparavant : {before})", plain="{site} : le paiement est indisponible"
    ),
    "payment/withdrawn": _wording(
        both="{site} : le paiement a été retiré (auparavant : {before})", plain="{site} : le paiement a été retiré"
    ),
    "payment/moved": _wording(
        both="{site} : les clients sont envoyés payer ailleurs (auparavant : {before})",
        plain="{site} : les clients sont envoyés payer ailleurs",
    ),
    "payment/ended": _wording(plain="{site} : le paiement n'est plus proposé sur les pages lues"),
    "payment/other": _wording(both="{site} : paiement {after} (auparavant : {before})", plain="{site} : paiement {after}"),
    "payment-still/moved": _wording(
        plain="{site} : le paiement n'est pas rétabli, les clients sont toujours envoyés payer ailleurs"
    ),
    "payment-still": _wording(
        both="{site} : le paiement n'est pas rétabli, il est toujours {after}",
        after="{site} : le paiement n'est pas rétabli, il est toujours {after}",
        plain="{site} : le paiement n'est pas rétabli",
    ),
    "gone/unreachable": _wording(plain="{site} a disparu : plus de réponse depuis plusieurs passages"),
    "gone/farewell": _wording(plain="{site} a disparu : ses pages font leurs adieux"),
    "gone": _wording(
        both="{site} a disparu : {after} (auparavant : {before})", after="{site} a disparu : {after}", plain="{site} a disparu"
    ),
    "back": _wording(
        both="{site} est revenu : {after} (auparavant : {before})", after="{site} est revenu : {after}", plain="{site} est revenu"
    ),
    "page-state": _wording(
        both="{site} montre autre chose : {after} (auparavant : {before})", plain="{site} montre d'autres pages"
    ),
    "gate": _wording(both="{site} change d'accès : {after} (auparavant : {before})", plain="{site} change d'accès"),
    "gate-opened": _wording(both="{site} s'ouvre à tous : {after} (auparavant : {before})", plain="{site} s'ouvre à tous"),
    "gate-closed": _wording(
        both="{site} se ferme aux inconnus : {after} (auparavant : {before})", plain="{site} se ferme aux inconnus"
    ),
    "company": _wording(
        both="{site} nomme désormais {after}, auparavant {before}",
        after="{site} nomme désormais {after}",
        before="{site} ne nomme plus {before}",
    ),
    "catalogue": _wording(both="{site} : {after} articles, auparavant {before}", plain="{site} propose d'autres articles"),
    "prices/more": _wording("{site} : les mêmes articles coûtent {share} % de plus (médiane de {goods})"),
    "prices/less": _wording("{site} : les mêmes articles coûtent {share} % de moins (médiane de {goods})"),
    "prices/currency": _wording("{site} : les prix sont en {currency} (auparavant : {before})"),
    "prices": _wording(plain="{site} pratique d'autres prix"),
    "language": _wording(both="{site} : pages en {after} (auparavant : {before})", plain="{site} change de langue"),
    "host": _wording(both="{site} : hébergé ailleurs, {after} (auparavant : {before})", plain="{site} est hébergé ailleurs"),
    "certificate/shared": _wording(plain="{site} partage désormais un certificat avec d'autres sites"),
    "certificate": _wording(plain="{site} présente une nouvelle clé publique à lui"),
    "not-reached": _wording(after="{site} n'a pas été atteint ({after})", plain="{site} n'a pas été atteint"),
    "reached-again": _wording(plain="{site} est de nouveau lu"),
    "corrected": _wording(
        both=(
            "correction d'un analyste, et non un événement sur le web : {site} est désormais dans le groupe {after}, "
            "auparavant dans {before}"
        ),
        plain="{site} : un analyste a corrigé un lien",
    ),
    OTHER: _wording(
        both="{site} : changement, {after} (auparavant : {before})",
        after="{site} : changement, {after}",
        before="{site} : changement (auparavant : {before})",
        plain="{site} : autre changement",
    ),
}

_REASONS = {
    "both": "les deux ont {what} : {shown}",
    "both-bare": "les deux ont {what}",
    "bag": "les deux ont en bonne part {what}, par exemple « {shown} »",
    "differ": "les deux n'ont pas {what} : {shown}",
    "against-family": "différence dans la famille « {family} » : {shown}",
    "names": "{what} : {one} nomme {two}",
    "common": "{reason} ; trop courant pour compter",
    "one-sided": "{reason} ; un seul des deux le dit",
    "judgement": "{reason} ; écarté par le jugement d'un analyste",
    "explained": "{reason} ; s'explique par {ancestor}",
    "rare": "{reason} ; rare ailleurs",
    "family": "un indice de la famille « {family} »",
}


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _percent(probability: float) -> str:
    if probability > 0.999:
        return "plus de 99,9\u00a0%"
    if probability < 0.001:
        return "moins de 0,1\u00a0%"
    if probability >= 0.99 or probability < 0.01:
        return f"{probability * 100:.1f}\u00a0%".replace(".", ",")
    return f"{probability * 100:.0f}\u00a0%"


def _day(crawl_id: str) -> str:
    when = moment(crawl_id)
    if when is None:
        return defang_text(crawl_id, 40)
    return f"{'1er' if when.day == 1 else when.day} {_MONTHS[when.month - 1]} {when.year}"


def _reason(row: EvidenceRow) -> str:
    """One contribution, of its fields alone: what both have, in which they differ, which names which, and what explains it."""
    said = _fact(row)
    if row.direction == "explained" and row.explained_by:
        key = row.explained_by if row.explained_by in ("common", "one-sided", "judgement") else "explained"
        return _set(_REASONS[key]).format(reason=said, ancestor=_PHRASES.get(f"ancestor/{row.explained_by}", row.explained_by))
    if row.direction == "for" and row.u_source in ("crawl", "theme") and row.value and row.kind in BOTH_HAVE:
        return _set(_REASONS["rare"]).format(reason=said)
    return said


def _fact(row: EvidenceRow) -> str:
    if row.kind in SAYS:
        said = _set(SAYS[row.kind])
        # who judged, when and why, in the judge's own words; or the accounts
        return f"{said} ({row.shown[:200]})" if row.shown else said
    shown = (row.shown or row.value)[:120]
    if row.kind in NAMES_THE_OTHER and row.value in (row.site_a, row.site_b):
        one, two = (row.site_a, row.site_b) if row.value == row.site_b else (row.site_b, row.site_a)
        return _set(_REASONS["names"]).format(what=NAMES_THE_OTHER[row.kind], one=one, two=two)
    family = FAMILIES.get(row.family, FAMILIES[""])
    unnamed = _set(_REASONS["family"]).format(family=family)
    what = BOTH_HAVE.get(row.kind) or NAMES_THE_OTHER.get(row.kind, unnamed)
    if row.direction == "against":
        key = "differ" if row.kind in BOTH_HAVE else "against-family"
    elif not shown or row.kind in UNSHOWN:
        key = "both-bare"
    else:
        key = "both" if row.value else "bag"
    return _set(_REASONS[key]).format(what=what, shown=shown, family=family)


FRENCH = Language(
    code="fr",
    phrases={key: _set(text) for key, text in _PHRASES.items()},
    counted=_COUNTED,
    names=NAMES,
    bands=(
        (0.99, "quasi certain"),
        (0.90, "très probable"),
        (0.70, "probable"),
        (0.50, "plutôt probable"),
        (0.30, "plutôt improbable"),
        (0.10, "improbable"),
        (0.01, "très improbable"),
        (0.0, "quasi exclu"),
    ),
    changes=CHANGES,
    reason=_reason,
    day=_day,
    percent=_percent,
    number=_number,
    is_one=lambda number: number < 2,
    tells_rows=True,
)
"""Sentences of changes and evidence are made anew from the rows' fields; what a shop says of itself stays as it said it."""
