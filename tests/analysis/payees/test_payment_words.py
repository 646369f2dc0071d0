"""What shops say about paying, in five languages."""

from __future__ import annotations

import pytest

from analysis.payees.payment_words import PaymentState, means_in, normal_sentence, sends_elsewhere, state_of

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
    "Nous acceptons les cartes Visa.",
    "Wir akzeptieren Visa und Mastercard als Zahlung.",
    "Aceptamos tarjetas de crédito.",
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
    "Memory cards are no longer available.",
    "Если оплата временно недоступна, напишите нам.",
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


def test_sentences_compare_without_site_number_and_case() -> None:
    one = normal_sentence("To pay, go to First.example by 12 May!")
    two = normal_sentence("to pay, go to https://second.example/pay by 3 May")
    assert one == two == "to pay, go to <site> by # may"


def test_means_by_name() -> None:
    assert means_in("visa_master-card.png") >= {"mastercard"}
    assert means_in("American Express") == {"american express"}
    assert means_in("visage cream") == frozenset()
