"""Fields whose name means a payee at one processor only, and fields that hold others."""

from __future__ import annotations

import base64
import json

import pytest

from analysis.payees.gateway_fields import hidden_fields, is_payee_at


@pytest.mark.parametrize(
    ("processor", "name"),
    [("tpay", "id"), ("przelewy24", "p24_merchant_id"), ("skrill", "pay_to_email"), ("segpay", "x-eticketid")],
)
def test_a_name_means_a_payee_at_its_own_processor_only(processor: str, name: str) -> None:
    assert is_payee_at(processor, name)
    assert not is_payee_at("stripe", name)
    assert not is_payee_at(None, name)


def test_fields_in_base64_of_json_and_of_a_query() -> None:
    told = base64.b64encode(json.dumps({"public_key": "i48213790516", "amount": 5, "split": [1]}).encode()).decode()
    assert list(hidden_fields("data", told)) == [("public_key", "i48213790516"), ("amount", "5")]
    query = base64.urlsafe_b64encode(b"projectid=148213&orderid=7~~").decode()
    assert list(hidden_fields("data", query)) == [("projectid", "148213"), ("orderid", "7~~")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("note", base64.b64encode(b'{"public_key": "i48213790516"}').decode()),
        ("data", "long playing records"),
        ("data", base64.b64encode(b"\xff\xfe\x00\x01 no text at all").decode()),
        ("data", base64.b64encode(b'{"a":' * 400).decode()),
        ("data", base64.b64encode(b"[1, 2, 3, 4, 5, 6, 7]").decode()),
    ],
)
def test_what_holds_no_fields_gives_none(name: str, value: str) -> None:
    assert list(hidden_fields(name, value)) == []
