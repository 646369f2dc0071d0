"""Names of payees: behind the words that announce them only."""

from __future__ import annotations

import pytest

from analysis.payees.payee_names import names_in


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("Account holder: Cellar Records Ltd, IBAN DE02 1203", "Cellar Records Ltd"),
        ("Kontoinhaber: Keller Platten GmbH", "Keller Platten GmbH"),
        ("The charge will appear on your statement as CELLAR*RECORDS.", "CELLAR*RECORDS"),
        ("Получатель: ООО Погреб ИНН 7701234567", "ООО Погреб"),
    ],
)
def test_a_name_is_read_behind_its_words(notice: str, name: str) -> None:
    assert names_in(notice) == (name,)


def test_a_name_without_its_words_is_nobodys() -> None:
    assert names_in("Cellar Records Ltd ships every weekday.") == ()
