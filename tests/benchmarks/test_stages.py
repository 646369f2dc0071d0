from benchmarks.stages import bare_parsing


def test_bare_parsing_reads_the_pages_and_nothing_else(shop):
    seconds, pages = bare_parsing(shop)
    assert pages == 2
    assert seconds > 0
