"""MurmurHash3, 32 bits, as internet-wide scanners write a favicon's hash (Austin Appleby, MurmurHash3_x86_32, public domain)."""

from __future__ import annotations

import base64

import numpy as np

__all__ = ["favicon_hash", "murmur3_32"]

_C1, _C2, _MASK = 0xCC9E2D51, 0x1B873593, 0xFFFFFFFF


def murmur3_32(data: bytes, seed: int = 0) -> int:
    """The hash as an unsigned 32-bit number."""
    state, whole = seed & _MASK, len(data) // 4
    blocks = np.frombuffer(data, "<u4", whole) * np.uint32(_C1)
    blocks = ((blocks << np.uint32(15)) | (blocks >> np.uint32(17))) * np.uint32(_C2)
    for block in blocks.tolist():
        state ^= block
        state = (((state << 13) | (state >> 19)) * 5 + 0xE6546B64) & _MASK
    tail = int.from_bytes(data[whole * 4 :], "little")
    if tail:
        tail = (tail * _C1) & _MASK
        tail = ((tail << 15) | (tail >> 17)) & _MASK
        state ^= (tail * _C2) & _MASK
    state ^= len(data)
    state = ((state ^ (state >> 16)) * 0x85EBCA6B) & _MASK
    state = ((state ^ (state >> 13)) * 0xC2B2AE35) & _MASK
    return state ^ (state >> 16)


def favicon_hash(body: bytes) -> int:
    """Shodan's ``http.favicon.hash``: signed murmur3 of the base64 text, a line break after every 76 characters and at the end."""
    number = murmur3_32(base64.encodebytes(body))
    return number - (1 << 32) if number >> 31 else number
