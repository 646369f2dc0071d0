import hashlib
import re

import pytest

from benchmarks.mutations import MUTATIONS, everything, reissue
from crawler.captures import Capture


def home(capture: Capture) -> str:
    return next(r for r in capture.resources if r.url == "https://lamps.example/").body.decode()


def style(capture: Capture) -> str:
    return next(r for r in capture.resources if r.url.endswith(".css")).body.decode()


@pytest.mark.parametrize("title", sorted(MUTATIONS))
def test_every_mutation_changes_something_and_keeps_the_archive_sound(shop, title):
    changed = MUTATIONS[title](shop)
    assert changed != shop
    assert len(changed.resources) == len(shop.resources)
    assert [r.url for r in changed.resources] == sorted(r.url for r in changed.resources)
    for resource in changed.resources:
        assert resource.digest == hashlib.sha256(resource.body).hexdigest()


def test_class_names_change_alike_in_page_and_sheet(shop):
    changed = MUTATIONS["new class names"](shop)
    assert "card" not in re.findall(r'class="([^"]*)"', home(changed))
    name = re.search(r'<div class="(\w+)"', home(changed))[1]
    assert f".{name}{{" in style(changed)
    assert "10.5px" in style(changed)


def test_recolouring_leaves_everything_but_colours(shop):
    changed = style(MUTATIONS["recoloured sheets"](shop))
    assert "#ab9f12" in changed
    assert "rgb(2,3,1" in changed
    assert "width:10.5px" in changed


def test_prices_change_at_one_ratio_and_currency(shop):
    assert "£ 17.63" in home(MUTATIONS["another currency"](shop))


def test_menu_words_and_nothing_else_are_translated(shop):
    changed = home(MUTATIONS["menu translated"](shop))
    assert ">Startseite<" in changed
    assert "We bend every lamp ourselves." in changed


def test_tracker_ids_keep_their_shape(shop):
    assert "G-ABCDE12345" not in home(MUTATIONS["new tracker ids"](shop))
    assert re.fullmatch(r"UA-\d{7}-\d", reissue("UA-1234567-1", "x"))
    assert reissue("UA-1234567-1", "x") != reissue("UA-1234567-1", "y")


def test_renamed_files_are_still_found_from_the_page(shop):
    changed = MUTATIONS["files renamed"](shop)
    picture = next(r.url for r in changed.resources if "/img/" in r.url)
    assert "lamp-one" not in picture
    assert picture.removeprefix("https://lamps.example") in home(changed)


def test_another_server_sends_other_headers_in_another_order(shop):
    before, after = shop.resources[0], MUTATIONS["another server"](shop).resources[0]
    assert [key for key, _ in after.headers] == [key for key, _ in reversed(before.headers)]
    assert after.header("server") == "Caddy"
    assert not after.header("set-cookie").startswith("lampsession")


def test_sections_moved_loses_no_words(shop):
    def words(capture):
        return sorted(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", home(capture))))

    moved = MUTATIONS["sections moved"](shop)
    assert words(moved) == words(shop)
    assert home(moved).index("We bend") < home(moved).index("Contact")


def test_all_together_is_deterministic(shop):
    assert everything(shop) == everything(shop)
