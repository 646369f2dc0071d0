"""Assets: files and names, what they are worth and what they are not."""

from __future__ import annotations

import hashlib

import pytest

from analysis.evidence import EvidenceClass, Trace
from analysis.files.asset_names import is_stamped, normal_path, picture_name, split_address
from analysis.files.platforms import platform_of
from analysis.fingerprints import assets
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

HOME = "<html><head>{head}</head><body><h1>Shop</h1><p>Records, $1.40 each, add to cart</p>{body}</body></html>"
SCRIPT = "/* Shop script v1 */\n" + "\n".join(f"function shelf{n}() {{\n  return {n};  \n}}" for n in range(80))


def resource(url: str, body: str | bytes, role: Role, media: str = "text/html") -> Resource:
    raw = body.encode() if isinstance(body, str) else body
    return Resource(url, 200, (("Content-Type", media),), raw, hashlib.sha256(raw).hexdigest(), "2007-03-01T00:00:00Z", role)


def home(head: str = "", body: str = "") -> Resource:
    return resource("https://shop.example/", HOME.format(head=head, body=body), Role.HOME)


def traces(*resources: Resource) -> list[Trace]:
    capture = Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(resources))
    return list(assets.take(read(capture)))


def values(found: list[Trace], kind: str) -> set[str]:
    return {trace.value for trace in found if trace.kind == kind}


def script(body: str, url: str = "https://shop.example/js/shop.js") -> Resource:
    return resource(url, body, Role.SCRIPT, "application/javascript")


def sheet(body: str) -> Resource:
    return resource("https://shop.example/css/style.css", body, Role.STYLE, "text/css")


def test_only_what_stands_behind_the_page_is_class_e() -> None:
    behind = {kind.name for kind in assets.KINDS if kind.cls is EvidenceClass.BEHIND_THE_PAGE}
    assert behind == {"assets.upload_name", "assets.build_id", "assets.source_map"}
    assert {kind.cls for kind in assets.KINDS} == {EvidenceClass.COPYABLE, EvidenceClass.BEHIND_THE_PAGE}


def test_files_of_a_kilobyte_or_less_say_nothing() -> None:
    small = resource("https://shop.example/dot.gif", b"G" * 1024, Role.IMAGE, "image/gif")
    large = resource("https://shop.example/hat.gif", b"G" * 1025, Role.IMAGE, "image/gif")
    assert values(traces(home(), small, large), "assets.picture") == {large.digest}


def test_a_script_is_the_same_after_banner_indentation_and_rebranding() -> None:
    branded = SCRIPT + "\nvar home = 'https://shop.example/';"
    other = (
        ("// Licence: none\n" + SCRIPT + "\n\nvar home = 'https://shop.example/';")
        .replace("v1", "v2")
        .replace("\n  return", "\n\treturn")
    )
    assert (
        values(traces(home(), script(branded)), "assets.script_text")
        == values(traces(home(), script(other)), "assets.script_text")
        != set()
    )
    assert values(traces(home(), script(branded)), "assets.script") != values(traces(home(), script(other)), "assets.script")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://shop.example/static/app-3f2a91.css?v=12", "/static/app-#.css"),
        ("https://shop.example/static/app.5d41402abc4b2a76b9719d911017c592.js", "/static/app.#.js"),
        ("https://shop.example/static/version1612345678/Style.css", "/static/version#/style.css"),
        ("https://shop.example/js/jquery-3.3.1.min.js", "/js/jquery-3.3.1.min.js"),
        ("https://shop.example/img/facade.png", "/img/facade.png"),
        ("https://[broken", ""),
    ],
)
def test_build_and_cache_marks_leave_the_path(url: str, path: str) -> None:
    assert normal_path(url) == path


def test_paths_are_taken_from_pages_and_archive_on_the_own_host_only() -> None:
    page = home('<script src="/lib/shelf.js?x=1"></script><script src="https://cdn.other.example/lib/other.js"></script>')
    found = traces(page, script(SCRIPT))
    assert values(found, "assets.path") == {"/lib/shelf.js", "/js/shop.js"}


@pytest.mark.parametrize(
    "name",
    ["img_20240312_153012", "1612345678_logo", "luthier-1421225104-1", "20151130175425", "screenshot 2024-03-12 at 15.30.12"],
)
def test_stamped_names_are_recognised(name: str) -> None:
    assert is_stamped(name)


@pytest.mark.parametrize(
    "name",
    [
        "941688_584740231559192_1676659419_n",
        "g-2023010112x",
        "product-12345",
        "fresh-salmon-fillet-1-kg",
        "5d41402abc4b2a76b9719d911017c592",
        "201400014141",
    ],
)
def test_ordinary_names_are_not_stamped(name: str) -> None:
    assert not is_stamped(name)


def test_a_stamped_logo_on_pages_of_two_kinds_is_an_upload_and_a_product_picture_is_not() -> None:
    """A supplier hands the same stamped product pictures to every reseller; nobody hands out a logo."""
    logo = '<img src="/media/1612345678_logo.png">'
    goods = '<img src="/media/IMG_20240312_153012.jpg">'
    others = [
        resource("https://shop.example/hats", HOME.format(head="", body=logo + goods), Role.LISTING),
        resource("https://shop.example/contact", HOME.format(head="", body=logo), Role.CONTACT),
    ]
    found = traces(home(body=logo + goods), *others)
    assert values(found, "assets.upload_name") == {"1612345678_logo"}
    assert values(found, "assets.stamped_name") == {"img_20240312_153012"}


def test_an_upload_on_another_host_is_nobodys() -> None:
    picture = '<img src="https://cdn.other.example/1612345678_logo.png">'
    second = resource("https://shop.example/contact", HOME.format(head="", body=picture), Role.CONTACT)
    assert not values(traces(home(body=picture), second), "assets.upload_name")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.example/a/Blue-Velvet-Hat-300x300.JPG", "blue-velvet-hat"),
        ("https://x.example/a/AWB_0491.webp", "awb_0491"),
        ("https://x.example/a/logo.png", ""),
        ("https://x.example/a/page.html", ""),
    ],
)
def test_a_pictures_name_survives_folder_format_and_size(url: str, name: str) -> None:
    assert picture_name(url) == name


def test_a_theme_names_itself_in_its_sheets_header_only() -> None:
    named = sheet("/*\nTheme Name: Vinyl  Cellar\nAuthor: somebody\n*/\n" + "a{b:c}" * 300)
    quoted = sheet("a{b:c}\n" * 300 + "/* Theme Name: not in the header */")
    assert values(traces(home(), named), "assets.theme_name") == {"vinyl cellar"}
    assert not values(traces(home(), quoted), "assets.theme_name")


def test_a_credit_names_the_author_though_a_heart_stands_between() -> None:
    body = '<footer>This template is made with <i class="heart"></i> by <a href="https://a.example">Nightshift</a></footer>'
    assert values(traces(home(body=body)), "assets.theme_credit") == {"nightshift"}
    assert values(traces(home(body="<footer>Template by Nightshift</footer>")), "assets.theme_credit") == {"nightshift"}
    assert not values(traces(home(body="<footer>Web design by an agency</footer>")), "assets.theme_credit")


@pytest.mark.parametrize(
    "text",
    [
        "<a>Shop by Theme</a>",
        "<p>A game was unlocked by Mario theme</p>",
        "<a>Wedding theme</a> - <a>Bags of silk by 12</a>",
        "<p>Posts by theme</p>",
    ],
)
def test_a_theme_of_another_kind_is_no_credit(text: str) -> None:
    assert not values(traces(home(body=f"<footer>{text}</footer>")), "assets.theme_credit")


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("/wp-content/themes/cellar/css/style.css", {"wordpress:cellar"}),
        ("/wp-content/themes/vip/cellar/style.css", {"wordpress:cellar"}),
        ("/sites/all/themes/custom/cellar/css/style.css", {"drupal:cellar"}),
        ("/shop/themes/cellar/css/global.css", {"themes:cellar"}),
        ("/wp-content/plugins/lightbox/themes/glass/css/style.css", set()),
        ("/modules/menu/themes/glass/css/menu.css", set()),
        ("/wp-content/themes/twentytwelve/css/style.css", set()),
        ("/skin/frontend/base/default/css/widgets.css", set()),
        ("/skin/frontend/default/cellar/css/styles.css", {"magento:default/cellar"}),
    ],
)
def test_theme_folders_carry_their_platform(address: str, folder: set[str]) -> None:
    assert values(traces(home(f'<link rel="stylesheet" href="{address}">')), "assets.theme_folder") == folder


def test_a_folder_of_themes_is_prestashops_where_the_shop_is() -> None:
    head = '<meta name="generator" content="PrestaShop"><link rel="stylesheet" href="/themes/cellar/css/global.css">'
    page = home(head, body='<a href="/index.php?id_product=4">a</a>')
    assert values(traces(page), "assets.theme_folder") == {"prestashop:cellar"}


def test_a_platform_needs_two_marks() -> None:
    assert platform_of({"cdn.shopify.com"}) is None
    assert platform_of({"squarespace.com", "static1.squarespace.com"}) is None  # one embedded picture
    found = platform_of({"cdn.shopify.com", "shopify.theme", "/wp-includes/"})
    assert found is not None
    assert found[0] == "shopify"


def test_the_platform_is_a_fact_with_its_marks() -> None:
    page = home('<meta name="generator" content="PrestaShop"><script>var prestashop = {};</script>')
    platform = [trace for trace in traces(page) if trace.kind == "assets.platform"]
    assert [trace.value for trace in platform] == ["prestashop"]
    assert "var prestashop" in platform[0].text


def test_a_generators_random_build_is_a_build_id_and_a_declared_release_is_not() -> None:
    page = home(
        '<script src="/_next/static/Xk39dkLs02mfKq/_buildManifest.js"></script><meta name="release" content="2024.03.12-7">'
    )
    found = traces(page)
    assert values(found, "assets.build_id") == {"Xk39dkLs02mfKq"}
    assert values(found, "assets.release") == {"2024.03.12-7"}


def test_a_public_librarys_map_is_not_behind_the_page() -> None:
    """Bundlers rename library files and keep the map's name: that once looked like one operator's build."""
    renamed = script(SCRIPT + "\n//# sourceMappingURL=bootstrap.min.js.map", "https://shop.example/dist/app-3f2a91.js")
    archived = resource("https://shop.example/js/bootstrap.js.map", "{" + " " * 2_000 + "}", Role.OTHER, "application/json")
    own = resource("https://shop.example/js/shelf.js.map", '{"sources": []' + " " * 2_000 + "}", Role.OTHER, "application/json")
    assert values(traces(home(), renamed, archived, own), "assets.source_map") == {own.digest}


@pytest.mark.parametrize(
    "body",
    [
        "/*" * 300_000,
        "//" + "x" * 500_000,
        "/home/a" * 100_000,
        "C:\\Users\\" * 60_000,
        "sourceMappingURL=" * 50_000,
        "1" * 500_000,
    ],
)
def test_hostile_scripts_end(body: str) -> None:
    assert len(traces(home(), script(body))) < 60


def test_a_page_of_a_hundred_thousand_pictures_is_bounded() -> None:
    body = "".join(f'<img src="/i/picture-{n}-{n}.jpg">' for n in range(30_000))
    assert len(traces(home(body=body))) <= 420


def test_two_readings_are_equal() -> None:
    page = home('<script src="/lib/shelf.js"></script>', '<img src="/media/1612345678_logo.png">')
    assert traces(page, script(SCRIPT)) == traces(page, script(SCRIPT))


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://shop.example/a/b.js?x=//y#z", ("https://shop.example", "/a/b.js")),
        ("//shop.example/a.js?u=http://other.example/b", ("//shop.example", "/a.js")),
        ("https://shop.example?u=/a.js", ("https://shop.example?u=/a.js", "")),
        ("https://shop.example", ("https://shop.example", "")),
        ("data:image/png", ("data:image", "/png")),
    ],
)
def test_an_address_is_split_into_origin_and_path(url: str, parts: tuple[str, str]) -> None:
    assert split_address(url) == parts


def test_a_relative_address_is_another_file_in_another_folder() -> None:
    """Pages that are alike to the letter once stood for one."""
    body = '<div><script src="js/shelf.js"></script></div>'
    second = resource("https://shop.example/de/", HOME.format(head="", body=body), Role.LISTING)
    assert values(traces(home(body=body), second), "assets.path") == {"/js/shelf.js", "/de/js/shelf.js"}


def test_a_page_with_a_base_elsewhere_names_no_own_files() -> None:
    base, script_tag = '<base href="https://cdn.other.example/">', '<script src="/lib/shelf.js"></script>'
    first = home(base, script_tag)
    second = resource("https://shop.example/contact", HOME.format(head="", body=script_tag), Role.CONTACT)
    assert not values(traces(first), "assets.path")
    assert values(traces(first, second), "assets.path") == {"/lib/shelf.js"}


def test_marks_on_later_pages_are_read_where_the_first_have_some() -> None:
    heads = [f'<link rel="stylesheet" href="/wp-content/themes/{theme}/style.css">' for theme in ("cellar", "cellar-child")]
    pages = [
        resource(f"https://shop.example/{number}", HOME.format(head=heads[number // 4], body=""), Role.PAGE) for number in range(6)
    ]
    assert values(traces(*pages), "assets.theme_folder") == {"wordpress:cellar", "wordpress:cellar-child"}
