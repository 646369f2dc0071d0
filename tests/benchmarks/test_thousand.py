import pytest

from benchmarks.thousand import Stage, Thousand, make_crawl, measure, told
from crawler.archive import open_crawl
from crawler.captures import HostKind, Role


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    return make_crawl(tmp_path_factory.mktemp("thousand"), 3, 5)


def test_the_crawl_holds_so_many_storefronts_of_so_many_pages(crawl):
    captures = list(open_crawl(crawl).captures())
    shops = [capture for capture in captures if capture.kind is HostKind.STOREFRONT]
    assert len(shops) == 3
    assert len(captures) == 4  # the log-in host that answers for two of them
    for shop in shops:
        pages = [one for one in shop.resources if one.media_type == "text/html" and one.status == 200]
        assert len(pages) == 5
        assert {one.role for one in shop.resources} >= {Role.HOME, Role.ERROR_PAGE, Role.STYLE, Role.IMAGE}


def test_only_files_that_its_pages_name_are_in_a_capture(crawl):
    for capture in open_crawl(crawl).captures():
        text = b"".join(one.body for one in capture.resources if one.role.is_page)
        assert all(one.url.rpartition("/")[2].encode() in text for one in capture.resources if one.role is Role.IMAGE)


def test_the_crawl_goes_from_archive_to_report(crawl):
    run = measure(crawl, 1)
    assert [stage.name for stage in run.stages] == ["read", "link", "conclude", "write findings", "report"]
    assert run.storefronts == 3
    assert run.pages >= 12
    assert run.pairs > 0
    assert run.links > 0
    assert run.peak > 0


def test_shares_are_told():
    run = Thousand(1000, 20_000, (Stage("read", 30.0, 45.0), Stage("link", 10.0, 15.0)), 900.0, 150.0, 5_000, 20, 300)
    text = "\n".join(told(run, 2))
    assert "1,000 made-up storefronts, 20,000 pages" in text
    assert "| read | 30.0 | 45.0 | 75% |" in text
    assert "| all | 40.0 | 60.0 |" in text
