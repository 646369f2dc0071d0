"""Several sheets say together what one sheet of all their rules says."""

from __future__ import annotations

from analysis.styles.sheet_features import BAGS, Sheet, Together, read_sheet, together


def sheet(first: int, last: int) -> str:
    """Rules that differ in everything."""
    return "\n".join(
        f".shelf-{n} {{ margin: {n}px; padding: {n}em; width: {n}%; color: #aa{n % 100:02}cc; --gap-{n}: 1px }}"
        for n in range(first, last)
    )


def told(said: Together) -> list[set[tuple[str, str, int]]]:
    return [{row[:3] for row in rows} for rows in said.bags]


def test_parts_of_a_sheet_say_together_what_the_whole_says() -> None:
    """Each part keeps only a sample of its features: that must not show."""
    parts = tuple(read_sheet(sheet(*place)) for place in ((0, 900), (600, 1_200)))
    whole = together((read_sheet(f"{sheet(0, 900)}{sheet(600, 1_200)}"),))
    said = together(parts)
    assert told(said) == told(whole)
    assert all(rows for rows in told(said))
    assert (said.bands, said.palette) == (whole.bands, whole.palette)


def test_a_feature_belongs_to_the_first_sheet_that_has_it_and_counts_in_all() -> None:
    one, other = read_sheet(".a{margin:0}.b{margin:0}"), read_sheet(".b{margin:1px}.c{margin:0}")
    rows = together((one, other)).bags[BAGS.index("selector")]
    assert {shown: (times, number) for _, shown, times, number in rows} == {".a": (1, 0), ".b": (2, 0), ".c": (1, 1)}


def test_few_blocks_have_no_bands() -> None:
    assert together((read_sheet(sheet(0, 29)),)).bands == ()
    assert len(together((read_sheet(sheet(0, 15)), read_sheet(sheet(15, 30)))).bands) == 8


def test_a_librarys_sheet_has_a_name_and_nothing_else() -> None:
    library = read_sheet("/*! Bootstrap v4.3.1 */" + sheet(0, 100))
    assert library.library == "bootstrap v"
    assert not any(library.bags)


def test_white_space_and_comments_leave_the_name_whatever_the_script() -> None:
    def name(text: str) -> tuple[str, int]:
        read: Sheet = read_sheet(text)
        return read.name, read.characters

    assert name(".a { margin:\t0 }") == name("/* x */.a{margin:0}\n")
    assert name(".é\u2003{ margin: 0 }") == name(".é{margin:0}") == (name(".é{margin:0}")[0], 12)
