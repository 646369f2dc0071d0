"""Wallets: only what passes its own check digits is one."""

from __future__ import annotations

import pytest

from analysis.wallets import keccak256, wallet_of, wallets_in

GOOD = {
    "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem": "btc",
    "3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX": "btc",
    "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3": "btc",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0": "btc",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb": "eth",
    "TNPeeaaFB7K9cmo4uQpcU32zGK8G1NYqeL": "trx",
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A": "xmr",
}


def test_keccak_is_the_original_one() -> None:
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak256(b"a" * 200) != keccak256(b"a" * 199)


@pytest.mark.parametrize(("address", "currency"), GOOD.items())
def test_addresses_of_the_standards(address: str, currency: str) -> None:
    assert wallet_of(address) == (currency, address)


@pytest.mark.parametrize("address", GOOD)
def test_one_wrong_letter_is_no_wallet(address: str) -> None:
    at = len(address) - 3
    other = next(letter for letter in "23456789" if letter != address[at])
    assert wallet_of(address[:at] + other + address[at + 1 :]) is None


def test_ethereum_without_mixed_case_has_no_check_digits() -> None:
    assert wallet_of("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb".lower()) is None


def test_examples_of_manuals_belong_to_nobody() -> None:
    assert wallet_of("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") is None
    assert wallet_of("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq") is None


def test_wallets_are_found_in_text_once_each() -> None:
    text = (
        "Pay to 17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem or <a href='bitcoin:17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem'> not"
        " 17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYheM"
    )
    assert list(wallets_in(text)) == [("btc", "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem")]
