"""Placeholders: what a manual, a theme or a template writes where an id will be."""

from __future__ import annotations

import pytest

from analysis.payees.payee_placeholders import is_placeholder


@pytest.mark.parametrize(
    "value",
    [
        *("YOUR_MERCHANT_ID", "{{ merchant }}", "123456", "xxxxxx", "demo", "abc", "11111111", "12345678901234567890"),
        *("5KP3u95bQpv", "gtKFFx", "EPAYTEST", "16708973830884969730", "your-email@example.com", "till-facilitator@cellar.com"),
    ],
)
def test_nobody_is_paid_by_an_example(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["148213", "MS-4471-0092", "CellarRec", "till@yoursampler.com", "oZ7jo3"])
def test_an_id_is_none(value: str) -> None:
    assert not is_placeholder(value)
