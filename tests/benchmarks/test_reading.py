import gc
import weakref

from analysis.fingerprints.registry import FINGERPRINTS
from benchmarks.reading import OF_TREE, Clock, page_bodies, reading_lines, timed


class Knot:
    def __init__(self) -> None:
        self.itself = self


def test_bare_parsing_is_of_the_pages_and_nothing_else(shop):
    assert len(page_bodies(shop)) == 2


def test_each_part_pays_for_the_circles_that_it_made_and_for_no_others():
    clock = Clock()
    before = weakref.ref(Knot())
    made = []
    looked = []

    def look(phase, _):
        looked.append(("collector", phase, before() is None))

    def work():
        looked.append("work begins")
        made.append(weakref.ref(Knot()))

    gc.callbacks.append(look)
    try:
        clock.time("part", work)
    finally:
        gc.callbacks.remove(look)
    begun = looked.index("work begins")
    assert looked[begun - 1] == ("collector", "stop", True)
    assert [event[1] for event in looked[begun + 1 :]] == ["start", "stop"]
    assert made[0]() is None
    assert clock.spent["part"] > 0


def test_every_fingerprint_has_its_time_and_stands_in_the_table(shop):
    spent = timed([shop])
    lines = "\n".join(reading_lines([spent], [spent]))
    for fingerprint in FINGERPRINTS:
        name = fingerprint.__name__.rpartition(".")[2]
        assert name in spent
        assert f"| {name} |" in lines
    assert set(OF_TREE) <= set(spent)
    assert "2 pages" in lines
