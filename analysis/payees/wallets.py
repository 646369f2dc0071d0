"""Wallet addresses that pass their own check digits. A pattern alone says nothing: most strings that look like one are not.

Bitcoin, Litecoin, Dogecoin, Dash and Tron use base58check (Bitcoin wiki, "Base58Check encoding": the last four bytes
are the head of the double SHA-256); Bitcoin and Litecoin also bech32 and bech32m (BIP 173, BIP 350); Ethereum mixes
its letters' case by Keccak-256 (EIP-55); Monero codes eight bytes as eleven letters and ends in a Keccak-256 head
(CryptoNote standard 007). Where coins are spoken of, rarer ones are looked for too: XRP (base58check in its own alphabet),
Bitcoin Cash (CashAddr), Cardano (bech32, CIP-19), TON (CRC-16), and an Ethereum address without mixed case behind words that
announce it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from binascii import crc_hqx
from collections.abc import Iterator
from typing import Final

__all__ = ["Wallet", "announced_wallets", "keccak256", "wallet_of", "wallets_in"]

Wallet = tuple[str, str]
"""A currency's ticker in lower case and the address as its network writes it."""

#: How many look-alikes of one text are tried; a page stuffed with them is an attack on the clock.
MAX_TRIED: Final = 400

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT: Final = {letter: number for number, letter in enumerate(_ALPHABET)}
_BECH32: Final = {letter: number for number, letter in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}

#: Version byte of a base58check address -> currency. 5 is Bitcoin's (Litecoin once shared it, and wrote it 50 since).
_VERSIONS: Final = {0: "btc", 5: "btc", 48: "ltc", 50: "ltc", 30: "doge", 22: "doge", 76: "dash", 16: "dash", 65: "trx"}

#: Addresses that belong to nobody's shop: the genesis coin, burners, the examples of the standards, token contracts.
_WELL_KNOWN: Final = frozenset(
    {
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "1111111111111111111114oLvT2",
        "1BitcoinEaterAddressDontSendf59kuE",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "TR7NHqjeKQxGTCi8q8ZY4pL6otSzgjLj6t",
        "0x000000000000000000000000000000000000dead",
        "0xdac17f958d2ee523a2206206994597c13d831ec7",
        "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        "0x55d398326f99059ff775485246999027b3197955",
        "0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d",
        "0xe9e7cea3dedca5984780bafc599bd69add087d56",
        "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599",
        "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
        "0x6b175474e89094c44da98b954eedeac495271d0f",
        "0x95ad61b0a150d79219dcf64e1e6cc01f0b64c4ce",
        "0xc2132d05d31c914a87c6611c10748aeb04b58e8f",
        "0x2791bca1f2de4661ed88a30c99a7a9449aa84174",
        "0xca11bde05977b3631167028862be2a173976ca11",
        "rrrrrrrrrrrrrrrrrrrrrhoLvTp",
        "rrrrrrrrrrrrrrrrrrrrBZbvji",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
        "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    }
)

_LOOKS_LIKE: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"0x[0-9a-fA-F]{40}"
    r"|(?:bc1|ltc1)[ac-hj-np-z02-9]{11,71}|(?:BC1|LTC1)[AC-HJ-NP-Z02-9]{11,71}"
    r"|[48][1-9A-HJ-NP-Za-km-z]{94}"
    r"|[13LMDX79AT][1-9A-HJ-NP-Za-km-z]{25,34}"
    r")(?![A-Za-z0-9])"
)

#: Coins whose addresses look like other things more often than theirs do.
_RARER: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:r[1-9A-HJ-NP-Za-km-z]{24,34}|(?:bitcoincash:)?[qp][02-9ac-hj-np-z]{41}|addr1[02-9ac-hj-np-z]{50,103}"
    r"|[EU]Q[0-9A-Za-z_-]{46})(?![A-Za-z0-9_-])"
)
#: Characters of the shortest address at which anybody is paid.
_SHORTEST: Final = 25
#: Words that announce an Ethereum address, and words before one that make it a token's or a program's.
_ANNOUNCED: Final = re.compile(
    r"(?:ethereum:(?:pay-)?|\b(?:erc-?20|bep-?20|eth|ethereum|bnb|usdt|usdc|polygon|matic)\b[^\n0-9]{0,40}?)(0x[0-9a-f]{40})"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_OF_A_PROGRAM: Final = re.compile(r"contract|token|router|factory|spender|\babi\b|chain_?id", re.IGNORECASE)
#: How far before an address such a word stands.
_BEFORE: Final = 60
_XRP: Final = str.maketrans("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz", _ALPHABET)

_MASK: Final = (1 << 64) - 1
_ROUND_CONSTANTS: Final = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip
_ROTATIONS: Final = ((0, 36, 3, 41, 18), (1, 44, 10, 45, 2), (62, 6, 43, 15, 61), (28, 55, 25, 21, 56), (27, 20, 39, 8, 14))


def wallets_in(text: str, *, rarer: bool = False) -> Iterator[Wallet]:
    """Every address in ``text`` whose check digits hold, once each, in order; with ``rarer`` those of rarer coins behind them."""
    if max(map(len, text.split()), default=0) < _SHORTEST:
        return
    seen: set[str] = set()
    for tried, match in enumerate(_LOOKS_LIKE.finditer(text)):
        if tried >= MAX_TRIED:
            break
        address = match.group()
        if address in seen:
            continue
        seen.add(address)
        if address.startswith("0x") and _OF_A_PROGRAM.search(text, max(0, match.start() - _BEFORE), match.start()):
            continue
        found = wallet_of(address)
        if found is not None:
            yield found
    for tried, match in enumerate(_RARER.finditer(text) if rarer else ()):
        if tried >= MAX_TRIED:
            return
        found = _rarer_wallet(match.group())
        if found is not None and match.group() not in seen:
            seen.add(match.group())
            yield found


def announced_wallets(text: str) -> Iterator[Wallet]:
    """Ethereum addresses behind words that announce them, their letters' case as EIP-55 has it, whatever it was."""
    for tried, match in enumerate(_ANNOUNCED.finditer(text)):
        if tried >= MAX_TRIED:
            return
        letters = match.group(1)[2:].lower()
        before = _OF_A_PROGRAM.search(text, max(0, match.start() - _BEFORE), match.start(1))
        if f"0x{letters}" not in _WELL_KNOWN and len(set(letters)) > 5 and before is None:
            yield "eth", _mixed_case(letters)


def wallet_of(address: str) -> Wallet | None:
    """The wallet that ``address`` is, or None. An Ethereum address without mixed case has no check digits: None."""
    if address in _WELL_KNOWN or address.lower() in _WELL_KNOWN:
        return None
    if address.startswith("0x"):
        return ("eth", address) if _mixed_case_holds(address) else None
    if address.startswith(("BC1", "LTC1")):
        address = address.lower()
    if address.startswith(("bc1", "ltc1")):
        return (address.partition("1")[0].replace("bc", "btc"), address) if _bech32_holds(address) else None
    if len(address) == 95:
        return ("xmr", address) if _monero_holds(address) else None
    payload = _base58check(address)
    if payload is None or len(payload) != 21:
        return None
    currency = _VERSIONS.get(payload[0])
    return None if currency is None else (currency, address)


def keccak256(data: bytes) -> bytes:
    """Keccak-256 with the original padding 0x01 (SHA-3's differs), as Ethereum and Monero use it."""
    rate = 136
    padded = bytearray(data)
    padded.append(0x01)
    padded.extend(b"\x00" * (-len(padded) % rate))
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), rate):
        for index in range(rate // 8):
            chunk = padded[start + 8 * index : start + 8 * index + 8]
            lanes[index % 5][index // 5] ^= int.from_bytes(chunk, "little")
        _permute(lanes)
    return b"".join(lanes[index % 5][index // 5].to_bytes(8, "little") for index in range(4))


def _permute(lanes: list[list[int]]) -> None:
    """Keccak-f[1600] in place (FIPS 202, section 3.2)."""
    for constant in _ROUND_CONSTANTS:
        parity = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in range(5)]
        for x in range(5):
            change = parity[x - 1] ^ _turn(parity[(x + 1) % 5], 1)
            for y in range(5):
                lanes[x][y] ^= change
        moved = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                moved[y][(2 * x + 3 * y) % 5] = _turn(lanes[x][y], _ROTATIONS[x][y])
        for x in range(5):
            for y in range(5):
                lanes[x][y] = moved[x][y] ^ (~moved[(x + 1) % 5][y] & moved[(x + 2) % 5][y] & _MASK)
        lanes[0][0] ^= constant


def _turn(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK if by else lane


def _base58_number(text: str) -> int | None:
    number = 0
    for letter in text:
        digit = _DIGIT.get(letter)
        if digit is None:
            return None
        number = number * 58 + digit
    return number


def _base58check(address: str) -> bytes | None:
    number = _base58_number(address)
    if number is None:
        return None
    zeros = len(address) - len(address.lstrip("1"))
    raw = b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(raw) < 5:
        return None
    payload, check = raw[:-4], raw[-4:]
    return payload if hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4] == check else None


def _bech32_holds(address: str) -> bool:
    data = address.partition("1")[2]
    if len(data) < 8 or any(letter not in _BECH32 for letter in data):
        return False
    # BIP 350: version 0 ends in 1, later versions in the new constant
    return _bech32_sum(address) == (1 if _BECH32[data[0]] == 0 else 0x2BC830A3)


def _bech32_sum(address: str) -> int:
    name, _, data = address.partition("1")
    check = 1
    expanded = [ord(letter) >> 5 for letter in name] + [0] + [ord(letter) & 31 for letter in name]
    for value in expanded + [_BECH32[letter] for letter in data]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> bit & 1:
                check ^= generator
    return check


def _mixed_case_holds(address: str) -> bool:
    letters = address[2:]
    if letters in (letters.lower(), letters.upper()):
        return False
    return _mixed_case(letters.lower()) == address


def _mixed_case(letters: str) -> str:
    """An Ethereum address of lower-case hexadecimal digits as EIP-55 writes it."""
    digest = keccak256(letters.encode("ascii")).hex()
    return "0x" + "".join(
        letter.upper() if int(nibble, 16) >= 8 else letter for letter, nibble in zip(letters, digest, strict=False)
    )


def _rarer_wallet(address: str) -> Wallet | None:
    if address in _WELL_KNOWN:
        return None
    if address.startswith("r"):
        payload = _base58check(address.translate(_XRP))
        return ("xrp", address) if payload is not None and len(payload) == 21 and payload[0] == 0 else None
    if address.startswith("addr1"):
        return ("ada", address) if _bech32_sum(address) == 1 else None
    if len(address) == 48:
        raw = base64.urlsafe_b64decode(address)
        return ("ton", address) if crc_hqx(raw[:34], 0) == int.from_bytes(raw[34:], "big") else None
    bare = address.rpartition(":")[2]
    return ("bch", bare) if _cash_holds(bare) else None


def _cash_holds(address: str) -> bool:
    """CashAddr: a sum of 40 bits over the name of the network and the address."""
    check = 1
    for value in [ord(letter) & 31 for letter in "bitcoincash"] + [0] + [_BECH32[letter] for letter in address]:
        top = check >> 35
        check = (check & 0x07FFFFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)):
            if top >> bit & 1:
                check ^= generator
    return check ^ 1 == 0


def _monero_holds(address: str) -> bool:
    raw = bytearray()
    for start in range(0, 95, 11):
        block = address[start : start + 11]
        number = _base58_number(block)
        size = {11: 8, 7: 5}.get(len(block))
        if number is None or size is None or number.bit_length() > 8 * size:
            return False
        raw += number.to_bytes(size, "big")
    return raw[0] in (18, 42) and keccak256(bytes(raw[:-4]))[:4] == bytes(raw[-4:])
