"""What shops say about paying, in five languages."""

from __future__ import annotations

import re

import pytest

from analysis.payees import payment_words
from analysis.payees.payment_words import PaymentState, means_in, means_pictured, normal_sentence, sends_elsewhere, state_of

UNAVAILABLE = [
    "Payment temporarily unavailable.",
    "Unfortunately, the payment could not be processed currently.",
    "Card payments are being upgraded, please use balance refill",
    "Visa is not accepted at the moment",
    "We are currently unable to process credit cards.",
    "Le paiement par carte est temporairement indisponible.",
    "Les cartes ne sont pas acceptées pour le moment.",
    "Die Zahlung ist derzeit nicht möglich.",
    "Kartenzahlung vorübergehend nicht verfügbar",
    "El pago con tarjeta no está disponible temporalmente.",
    "Actualmente no se aceptan tarjetas.",
    "Оплата временно недоступна.",
    "В настоящее время карты не принимаются",
]
WITHDRAWN = [
    "Credit cards are no longer accepted.",
    "We no longer accept Visa and MasterCard.",
    "Nous n'acceptons plus les cartes bancaires.",
    "Kreditkarten werden nicht mehr akzeptiert.",
    "Ya no aceptamos tarjetas de crédito.",
    "Мы больше не принимаем карты Visa.",
]
ACCEPTED = [
    "We accept Visa, MasterCard and PayPal.",
    "Cards are accepted again.",
    "We accept all cards that the government has issued.",
    "Nous acceptons les cartes Visa.",
    "Wir akzeptieren Visa und Mastercard als Zahlung.",
    "Aceptamos tarjetas de crédito.",
    "Customers can pay by card.",
    "Pay with PayPal",
    "Bezahlung gegen Rechnung, PayPal oder Kreditkarte",
    "Вы можете произвести оплату картой",
    "Мы принимаем карты Visa и MasterCard.",
]
NOTHING = [
    "If your payment could not be processed, we will cancel the order.",
    "Orders are shipped once payment is received.",
    "Gift cards are currently unavailable.",
    "This album is temporarily unavailable.",
    "Wenn die Zahlung nicht möglich ist, melden Sie sich.",
    "Do you accept credit cards?",
    "We do not accept returns without the card.",
    "Free shipping for payment by invoice, bei Zahlung per Vorkasse auch.",
    "Memory cards are no longer available.",
    "Если оплата временно недоступна, напишите нам.",
    # talk of forums, questions and news
    "My card was not accepted at the hotel and is currently blocked.",
    "Is PayPal currently not working?",
    "PayPal is down right now, according to its own status page.",
    "I cannot pay at the moment, the payment is unavailable.",
    "Customers pay by card in most shops of the town.",
    "We accept that a late payment is annoying.",
    "Selon la banque, le paiement des loyers est suspendu.",
    "Die Zahlung der Renten ist ausgesetzt, sagte ein Sprecher.",
    "Según el diario, el pago de las pensiones está suspendido.",
    "У меня не работает оплата картой.",
    "Оплата проезда приостановлена, сообщили в городе.",
    # cards that are tickets, maps and menus, a visa for a journey, figures and rules
    "Collector's cards are no longer available.",
    "Visa on arrival is currently unavailable.",
    "La carte du domaine est momentanément indisponible.",
    "Le règlement du jeu n'est plus disponible.",
    "Die Zahlen für Mai sind derzeit nicht verfügbar.",
    "Karten für das Konzert sind nicht mehr verfügbar.",
    "La tarjeta gráfica no está disponible actualmente.",
    "Карта проезда временно недоступна.",
    "Ink refills are currently unavailable.",
]


@pytest.mark.parametrize("sentence", UNAVAILABLE)
def test_unavailable(sentence: str) -> None:
    assert state_of(sentence) is PaymentState.UNAVAILABLE


@pytest.mark.parametrize("sentence", WITHDRAWN)
def test_withdrawn(sentence: str) -> None:
    assert state_of(sentence) is PaymentState.WITHDRAWN


@pytest.mark.parametrize("sentence", ACCEPTED)
def test_accepted(sentence: str) -> None:
    assert state_of(sentence) is PaymentState.ACCEPTED


@pytest.mark.parametrize("sentence", NOTHING)
def test_rules_and_goods_are_no_state(sentence: str) -> None:
    assert state_of(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "To pay by card please go to mirror.example",
        "Please top up your balance at mirror.example.",
        "Card payments are now handled by mirror.example.",
        "Pour payer par carte, rendez-vous sur mirror.example.",
        "Zum Bezahlen gehen Sie bitte auf mirror.example.",
        "Para pagar, visite mirror.example.",
        "Чтобы оплатить, перейдите на mirror.example.",
    ],
)
def test_sent_elsewhere(sentence: str) -> None:
    assert sends_elsewhere(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Payments are now made on mirror.example.",
        "Pay at mirror.example",
        "You can top up your account through mirror.example.",
        "Le paiement se fait désormais sur mirror.example.",
        "Die Zahlung erfolgt ab heute über mirror.example.",
        "Sie können Ihr Konto nur noch auf mirror.example aufladen.",
        "El pago se realiza en mirror.example.",
        "Оплата принимается на сайте mirror.example.",
    ],
)
def test_sent_elsewhere_by_a_statement(sentence: str) -> None:
    assert sends_elsewhere(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Members give a part of their payments for songs through mirror.example to a charity.",
        "Wer seine gute Laune aufladen will, sollte eine Stunde bei mirror.example buchen.",
        "Die Zahlen stehen auf mirror.example.",
        "She had to pay on mirror.example, says the paper.",
        "Visit mirror.example to pay tribute to the band.",
        "Le règlement du jeu est sur mirror.example.",
        "Want to pay on mirror.example?",
    ],
)
def test_talk_of_paying_sends_nobody(sentence: str) -> None:
    assert not sends_elsewhere(sentence)


@pytest.mark.parametrize("sentence", [*UNAVAILABLE, *WITHDRAWN, *ACCEPTED, *NOTHING])
def test_the_quick_look_misses_nothing(sentence: str) -> None:
    """Most texts are given up for want of a beginning of any word of paying."""
    pattern = payment_words._PAYING.search(sentence) or payment_words._LOOSELY.search(sentence)
    assert pattern is None or payment_words._STEMS.search(sentence.lower())


@pytest.mark.parametrize("words", [payment_words._PAYING, payment_words._LOOSELY], ids=["paying", "loosely"])
def test_every_word_of_paying_begins_with_a_stem(words: re.Pattern[str]) -> None:
    whole = re.findall(r"[^\W\d_]{4,}", words.pattern)
    assert len(whole) > 3
    assert [word for word in whole if words.search(word) and not payment_words._STEMS.search(word)] == []


def test_sentences_compare_without_site_number_and_case() -> None:
    one = normal_sentence("To pay, go to First.example by 12 May!")
    two = normal_sentence("to pay, go to https://second.example/pay by 3 May")
    assert one == two == "to pay, go to <site> by # may"


def test_means_by_name() -> None:
    assert means_in("visa_master-card.png") >= {"mastercard"}
    assert means_in("American Express") == {"american express"}
    assert means_in("visage cream") == frozenset()


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("discover.png", {"discover"}),
        ("Discover icon-48x30.svg", {"discover"}),
        ("creditcards-discover-5f2b8c1d7a904e63.svg", {"discover"}),
        ("VISA, MasterCard, Discover, PayPal payment-types.png", {"visa", "mastercard", "discover", "paypal"}),
        ("Diners Club", {"diners club"}),
        ("maestro logo", {"maestro"}),
        ("Now Accepting PayPal now-accepting-paypal.png", {"paypal"}),
        ("Sofortüberweisung nach der Bestellung", {"sofort"}),
    ],
)
def test_means_on_a_picture(text: str, means: set[str]) -> None:
    assert means_pictured(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "Discover our cellar discover-cellar.jpg",
        "Two diners at a table 1000 pieces",
        "perfume-homme-ideal.jpg",
        "sofort lieferbar.png",
        "Maestro of the old school, live in Graz",
        "MasterCard leak: the second file holds the numbers of many customers 1418.jpeg",
    ],
)
def test_a_picture_of_something_else_shows_no_means(text: str) -> None:
    assert means_pictured(text) == frozenset()
