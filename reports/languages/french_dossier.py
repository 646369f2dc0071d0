"""French phrases of the dossiers, and French names of classes, relations, families and sources of rarity."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DOSSIER"]

DOSSIER: Mapping[str, str] = {
    "decimal": ",",
    "dossier/lead": "{size} dont les indices sont compatibles avec une exploitation commune : {sure}.",
    "dossier/figures": "exploitation commune : {sure} · {bits} bits, a priori compris",
    "dossier/bits": "Bits",
    "dossier/evidence": "Indice",
    "dossier/seen-at": "Vu à",
    "dossier/more-evidence": "{more} dans l'export des indices.",
    "dossier/brand": "samehand · dossier · passage du {day}",
    "dossier/map": "Le montrer sur la carte",
    "dossier/changes": "Ce qui a changé",
    "dossier/time": "Chronologie",
    "dossier/members": "Membres",
    "dossier/pairs": "Indices, paire par paire",
    "dossier/no-pairs": (
        "Aucune paire de ce groupe n'a d'indices dans ce passage ; l'appartenance est reprise d'un passage antérieur."
    ),
    "dossier/more-pairs": "{more} dans l'export des liens.",
    "dossier/beside": "Liens avec des boutiques hors du groupe",
    "dossier/classes": "Classes d'indices :",
    "dossier/foot": (
        "Les adresses sont écrites de telle sorte que rien ne les ouvre. Les chiffres sont des probabilités qu'un seul "
        "exploitant soit derrière les deux boutiques ; ce sont des indices à peser, non des preuves."
    ),
    "dossier/plain": "Ce dossier montre en clair les données de personnes. Motif donné :",
    "dossier/masked": (
        "Les adresses électroniques, numéros, comptes et domiciles de personnes sont masqués ; une marque comme #k7q est la même "
        "là où les valeurs sont les mêmes."
    ),
    "dossier/first-seen": "Première vue",
    "dossier/last-seen": "Dernière vue",
    "dossier/proven": "Paires prouvées",
    "dossier/weakest": "Lien le plus faible",
    "dossier/bridges": "Ponts coupés",
    "dossier/parents": "Issu de",
    "dossier/proved": "{sure}, prouvé pour la dernière fois le {day}",
    "dossier/not-read": "non lu : {state} {reason}",
    "dossier/not-seen": "non vu",
    "dossier/address": "Adresse",
    "dossier/inside": "Dans ce groupe",
    "dossier/page": "Page",
    "dossier/marks": "Reconnu à",
    "dossier/payment": "Paiement",
    "dossier/company": "Société nommée",
    "dossier/languages": "Langues",
    "dossier/read": "Lu",
    "dossier/discovered": "Découvert par",
    "dossier/detail": "classe {letter}, {family}, {kind}, rareté d'après {source}",
    "dossier/explained": "s'explique par {ancestor}",
    "class/A": "copiable : tout ce qui est dans la page",
    "class/B": "prestataire : ce qu'un hébergeur ou une plateforme donne à tous ses clients",
    "class/C": "bénéficiaire : où va l'argent",
    "class/D": "contrôle en direct : ce à quoi seul l'exploitant du site peut répondre",
    "class/E": "derrière la page : ce qu'une copie de la page n'emporte pas",
    "class/F": "dans le temps : des changements au même moment",
    "class/J": "jugé : la décision d'un analyste, qui ne pèse rien et tient quand même",
    "relation/same-operator": "même exploitant",
    "relation/copy-of": "copie",
    "relation/same-kit": "même kit",
    "relation/same-provider": "même prestataire",
    "relation/for-review": "à examiner",
    "relation/none": "rien",
    "family/template": "gabarit",
    "family/text": "textes",
    "family/imagery": "images",
    "family/catalogue": "catalogue",
    "family/tracking": "mesure d'audience",
    "family/identity": "identité",
    "family/payment": "paiement",
    "family/hosting": "hébergement",
    "family/behaviour": "comportement du serveur",
    "family/links": "liens",
    "family/time": "chronologie",
    "rarity/reference": "la table de référence",
    "rarity/crawl": "ce passage",
    "rarity/floor": "le plancher",
    "rarity/theme": "le thème",
    "ancestor/common": "ce qui est courant",
    "ancestor/one-sided": "un seul des deux côtés",
    "ancestor/others on the same ground": "ce que d'autres ont aussi",
    "ancestor/the same file": "le même fichier",
    "ancestor/unread": "ce qui n'a pu être lu",
}
