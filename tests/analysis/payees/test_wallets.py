"""Wallets: only what passes its own check digits is one."""

from __future__ import annotations

import pytest

from analysis.payees.wallets import announced_wallets, keccak256, wallet_of, wallets_in

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


def test_bech32_in_capitals_is_the_same_wallet() -> None:
    """A picture code holds fewer dots in capitals; the wallet is the same as in the text below it."""
    address = "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"
    assert list(wallets_in(f"BITCOIN:{address.upper()}?AMOUNT=1")) == [("btc", address)]


RARER = {
    "rLHzPsX6oXkzU2qL12kHCH8G8cnZv1rBJh": "xrp",
    "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a": "bch",
    "addr1vpu5vlrf4xkxv2qpwngf6cjhtw542ayty80v8dyr49rf5eg0yu80w": "ada",
    "EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2": "ton",
}


@pytest.mark.parametrize(("address", "currency"), RARER.items())
def test_rarer_coins_are_looked_for_where_coins_are_spoken_of(address: str, currency: str) -> None:
    assert list(wallets_in(f"Pay to {address}, please", rarer=True)) == [(currency, address)]
    assert list(wallets_in(f"Pay to {address}, please")) == []
    at = len(address) - 3
    other = next(letter for letter in "23456789" if letter != address[at])
    assert list(wallets_in(address[:at] + other + address[at + 1 :], rarer=True)) == []


def test_an_announced_address_of_ethereum_needs_no_mixed_case() -> None:
    address = "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
    for text in (f"USDT (ERC20): {address.lower()}", f"ethereum:{address.lower()}?value=1", f"ETH address: {address}"):
        assert list(announced_wallets(text)) == [("eth", address)]


@pytest.mark.parametrize(
    "text",
    [
        "build 0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb",
        "USDT contract: 0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb",
        "USDT 0xdac17f958d2ee523a2206206994597c13d831ec7",
        "ETH 0x0000000000000000000000000000000000000001",
        "usdt version 2 build 0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb",
    ],
)
def test_hashes_and_contracts_are_announced_by_nobody(text: str) -> None:
    assert list(announced_wallets(text)) == []


def test_the_address_of_a_contract_pays_nobody() -> None:
    address = "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
    assert list(wallets_in(f"const tokenAddress = '{address}'")) == []
    assert list(wallets_in(f"Send to {address}")) == [("eth", address)]
