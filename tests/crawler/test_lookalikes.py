"""Names that look like a candidate's: the same ones each time, the likeliest first, never the candidate itself."""

from __future__ import annotations

from crawler.lookalikes import lookalikes
from crawler.names import registrable


def test_the_likeliest_come_first_and_always_the_same() -> None:
    few, many = lookalikes("www.recordshop.example.com", 10), lookalikes("example.com", 400)
    assert few == lookalikes("EXAMPLE.com.", 10) == many[:10]
    assert "example.net" in few
    assert len(many) == len(set(many)) == 400
    assert "example.com" not in many
    assert all(registrable(name) == name and name.isascii() for name in many)


def test_names_of_other_scripts_are_a_labels() -> None:
    assert any(name.startswith("xn--") for name in lookalikes("example.com", 100_000))


def test_what_is_no_name_has_none() -> None:
    for given in ("192.0.2.1", "2001:db8::1", "co.uk", "", "no name"):
        assert lookalikes(given, 10) == ()
    assert lookalikes("example.com", 0) == ()
