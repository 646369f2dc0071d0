"""What the simulated shops say, in English and French: labels, and policies put together from clauses by each author's own hand."""

# ruff: noqa: E501  (a paragraph is easier to judge on one line)

from __future__ import annotations

import random

from benchmarks.half_year.shops import Shop

__all__ = ["LABELS", "paragraphs"]

LABELS = {
    "en": {
        "home": "Home", "all": "All products", "new": "New arrivals", "cart": "Cart", "checkout": "Checkout", "login": "Log in", "contact": "Contact", "about": "About us",
        "terms": "Terms and conditions", "privacy": "Privacy policy", "shipping": "Shipping", "returns": "Returns", "empty": "Your cart is empty.", "number": "Article",
        "buy": "Add to cart", "pay": "Pay now", "mail": "E-mail", "password": "Password", "cards": "We accept Visa and MasterCard.",
        "unavailable": "Card payments are temporarily unavailable. Please come back later.", "withdrawn": "We no longer accept credit cards.",
        "gate": "This shop is for members only. Please log in, or ask a member for an invitation code to register.",
    },
    "fr": {
        "home": "Accueil", "all": "Tous les produits", "new": "Nouveautés", "cart": "Panier", "checkout": "Commande", "login": "Connexion", "contact": "Contact", "about": "Qui sommes-nous",
        "terms": "Conditions générales de vente", "privacy": "Politique de confidentialité", "shipping": "Livraison", "returns": "Retours", "empty": "Votre panier est vide.", "number": "Article",
        "buy": "Ajouter au panier", "pay": "Payer", "mail": "Courriel", "password": "Mot de passe", "cards": "Nous acceptons Visa et MasterCard.",
        "unavailable": "Le paiement par carte est momentanément indisponible. Merci de revenir plus tard.", "withdrawn": "Nous n'acceptons plus les cartes bancaires.",
        "gate": "Cette boutique est réservée aux membres. Connectez-vous, ou demandez une invitation à un membre.",
    },
}  # fmt: skip

# subject | verb phrase | ending: a clause takes one of each, so two authors seldom say the same thing
_CLAUSES = {
    "en": {
        "about": (("{brand} began", "Our shop opened", "We started", "The house of {brand} goes back"), ("in a back room with three shelves", "on a market stall beside the river", "as a hobby that would not stay small", "with one catalogue and a borrowed van"), ("and we still pack every order ourselves.", "and most of what we sell is made within a day's drive.", "and our customers have stayed with us since.", "and nothing leaves before two of us have looked at it.")),
        "terms": (("An order placed at {brand}", "A contract with {company}", "Whatever is ordered here", "Any purchase from this shop"), ("becomes binding once it has been confirmed", "is accepted when we write that it has been sent", "is governed by the law of our registered office", "is made in the language of these pages"), ("and may be cancelled until then.", "unless the two of us agree otherwise in writing.", "with all taxes included in the price.", "without any minimum quantity.")),
        "privacy": (("Your name and address", "Particulars of customers", "What you tell us at checkout", "The data of an account"), ("are kept for the years the tax office demands", "serve the delivery of your order and nothing else", "are seen by the carrier and by nobody further", "are stored on one machine in this country"), ("and erased on request afterwards.", "and are never sold or lent.", "and a copy is yours for the asking.", "and you may correct them at any time.")),
        "shipping": (("Parcels", "Orders paid before noon", "All goods from {city}", "Bulky articles"), ("leave our store on the next working day", "travel with the national post", "are handed to a carrier twice a week", "go out insured and tracked"), ("and arrive within four days.", "at a flat rate of five euros.", "free of charge above sixty euros.", "to every country of the continent.")),
        "returns": (("Goods that do not please", "Anything unused", "A faulty article", "What arrives broken"), ("may come back within thirty days", "is exchanged or repaid as you prefer", "should be sent to the address on the contact page", "is collected at our expense"), ("in its own wrapping if possible.", "and the money follows within a week.", "provided a copy of the bill is enclosed.", "after a short message to us.")),
    },
    "fr": {
        "about": (("{brand} est née", "Notre boutique a ouvert", "Nous avons commencé", "La maison {brand} remonte"), ("dans une arrière-salle de trois étagères", "sur un étal de marché au bord de l'eau", "comme un passe-temps devenu grand", "avec un catalogue et une camionnette prêtée"), ("et nous emballons toujours chaque commande.", "et presque tout est fait à une journée de route.", "et nos clients nous sont restés fidèles.", "et rien ne part sans deux regards.")),
        "terms": (("Une commande passée chez {brand}", "Le contrat avec {company}", "Tout achat dans cette boutique", "Ce qui est commandé ici"), ("devient ferme après confirmation", "est accepté quand nous annonçons l'envoi", "relève du droit de notre siège", "est conclu dans la langue de ces pages"), ("et peut être annulé jusque-là.", "sauf accord écrit entre nous.", "toutes taxes comprises.", "sans quantité minimale.")),
        "privacy": (("Vos nom et adresse", "Les données des clients", "Ce que vous indiquez en commandant", "Les données d'un compte"), ("sont conservés le temps voulu par le fisc", "ne servent qu'à livrer votre commande", "ne sont vus que du transporteur", "sont gardés sur une seule machine"), ("puis effacés sur demande.", "et jamais vendus ni prêtés.", "et une copie vous revient.", "et se corrigent à tout moment.")),
        "shipping": (("Les colis", "Les commandes payées avant midi", "Toutes les marchandises de {city}", "Les articles encombrants"), ("partent le jour ouvrable suivant", "voyagent par la poste", "sont remis au transporteur deux fois par semaine", "sont assurés et suivis"), ("et arrivent sous quatre jours.", "au tarif unique de cinq euros.", "sans frais dès soixante euros.", "dans tous les pays du continent.")),
        "returns": (("Ce qui ne plaît pas", "Tout article inutilisé", "Un article défectueux", "Ce qui arrive cassé"), ("peut revenir sous trente jours", "est échangé ou remboursé", "s'envoie à l'adresse de la page contact", "est repris à nos frais"), ("dans son emballage si possible.", "et l'argent suit sous une semaine.", "avec une copie de la facture.", "après un mot de votre part.")),
    },
}  # fmt: skip


def paragraphs(shop: Shop, topic: str) -> list[str]:
    """What this shop's author says of a topic: five clauses, each with a few words that only this author uses."""
    rng = random.Random(f"{shop.voice.mark}/{topic}")
    starts, middles, ends = _CLAUSES[shop.language][topic]
    made = []
    for _ in range(5):
        own = " ".join(rng.sample(shop.voice.words, 2))
        aside = f", which we call {own}," if shop.language == "en" else f", ce que nous appelons {own},"
        said = f"{rng.choice(starts)}{aside} {rng.choice(middles)} {rng.choice(ends)}"
        made.append(said.format(brand=shop.brand, company=shop.company, city=shop.city))
    return made
