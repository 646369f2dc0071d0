from analysis.fingerprints.registry import FINGERPRINTS
from benchmarks.reading import OF_TREE, bare_parsing, reading_lines, timed


def test_bare_parsing_reads_the_pages_and_nothing_else(shop):
    seconds, pages = bare_parsing(shop)
    assert pages == 2
    assert seconds > 0


def test_every_fingerprint_has_its_time_and_stands_in_the_table(shop):
    spent = timed([shop])
    lines = "\n".join(reading_lines([spent], [spent]))
    for fingerprint in FINGERPRINTS:
        name = fingerprint.__name__.rpartition(".")[2]
        assert name in spent
        assert f"| {name} |" in lines
    assert set(OF_TREE) <= set(spent)
    assert "2 pages" in lines
