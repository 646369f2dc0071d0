"""What a package shows is what a fingerprint takes from a shop that uses it."""

from __future__ import annotations

import pytest

from analysis.fingerprints import assets, layout, policy, style
from analysis.page.page_state import PageState, Verdict
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.reference.packages import Category, Package, PackageFile
from analysis.reference.values import COUNTED, LEFT_OVERS, values_of
from analysis.sketches import feature_value
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

SHEET = ".owl-hero{margin:0;padding:3px;float:left}.promo-strip{display:flex;gap:3px;order:2}" + "".join(
    f".made-{n}{{margin:{n}px;padding:1px;top:2px}}" for n in range(30)
)
PAGE = """<!doctype html><html><head><link rel="stylesheet" href="css/style.css"></head>
<body><header><nav class="top-bar"><ul><li><a href="/">Home</a></li></ul></nav></header>
<main><section class="promo-strip"><p>Write to hello@demo-theme.com</p></section></main><footer><p>x</p></footer></body></html>"""


def package(category: Category = Category.STYLE, sites: float = 0.01, version: str = "3.1.0") -> Package:
    return Package("npm", "lib", version, category, "lib", sites)


def files(**texts: str) -> list[PackageFile]:
    return [PackageFile(path.replace("__", "/").replace("_dot_", "."), text.encode()) for path, text in texts.items()]


def shop(page: str, path: str, body: str, role: Role) -> Reading:
    def resource(url: str, text: str, its: Role, kind: str) -> Resource:
        return Resource(url, 200, (("content-type", kind),), text.encode(), feature_value(text) * 4, "", its)

    home = Page(resource("https://shop.example/", page, Role.HOME, "text/html"))
    asset = resource(f"https://shop.example/{path}", body, role, "text/plain")
    capture = Capture("shop.example", home.url, HostKind.STOREFRONT, Outcome.FINISHED, "", (home.resource, asset))
    return Reading(capture, Verdict(PageState.SHOP), (home,), (), None, ())


def test_what_a_shop_has_of_a_sheet_is_what_the_package_shows() -> None:
    counted = values_of(package(), files(dist__lib_dot_css=SHEET))
    taken = list(style.take(shop("<html><body></body></html>", "css/lib.css", SHEET, Role.STYLE)))
    for kind in ("style.block", "style.selector", "style.sheet"):
        values = {trace.value for trace in taken if trace.kind == kind}
        assert values
        assert values <= counted[kind]


def test_markup_that_uses_a_librarys_classes_shows_nothing_rare() -> None:
    counted = values_of(package(), files(lib_dot_css=SHEET))
    markup = '<html><body><div class="owl-hero made-7"></div></body></html>'
    classes = {t.value for t in layout.take(shop(markup, "a.js", "x", Role.SCRIPT)) if t.kind == "layout.class"}
    assert classes
    assert classes <= counted["layout.class"]


def test_scripts_count_with_and_without_their_banner() -> None:
    body = "var a = 1;\n" * 200
    counted = values_of(package(Category.SCRIPT), files(dist__lib_dot_js=f"/* lib 3.1.0 */\n{body}"))
    taken = list(assets.take(shop("<html><body></body></html>", "js/lib.js", f"/* ours */ {body}", Role.SCRIPT)))
    assert {t.value for t in taken if t.kind == "assets.script_text"} == counted["assets.script_text"]
    assert not {t.value for t in taken if t.kind == "assets.script"} & counted["assets.script"]


def test_a_themes_frame_counts_on_every_kind_of_page() -> None:
    counted = values_of(package(Category.THEME), files(theme__about_dot_html=PAGE))
    for group in ("home", "listing", "product", "door", "buying", "other"):
        assert feature_value(f"{group} body>header>nav>ul>li") in counted["layout.path"]
    assert "/css/style.css" in values_of(package(Category.THEME), files(theme__index_dot_html=PAGE))["assets.path"]


def test_a_librarys_demo_pages_are_nobodys_shop() -> None:
    counted = values_of(package(Category.SCRIPT), files(demo__index_dot_html=PAGE, lib_dot_js="x" * 3000))
    assert "layout.path" not in counted
    assert "identity.mail" not in counted


def test_placeholders_of_a_template_leave_no_trace_and_parts_lend_their_classes_only() -> None:
    part = '{% load x %}<div class="{% if y %}on{% endif %} basket-row"><b>{{ name }}</b></div>'
    counted = values_of(package(Category.SHOP), files(templates__row_dot_html=part))
    assert set(counted) == {"layout.class"}
    assert counted["layout.class"] == {feature_value("on"), feature_value("basket-row")}


def test_a_themes_demo_address_is_kept_as_a_left_over() -> None:
    counted = values_of(package(Category.THEME), files(index_dot_html=PAGE))
    assert counted["identity.mail"] == {"hello@demo-theme.com"}


def test_widely_used_libraries_lie_in_the_usual_folders() -> None:
    script = files(dist__lib_dot_min_dot_js="x" * 3000)
    assert {"/js/lib.min.js", "/js/lib-3.1.0.min.js", "/assets/js/lib.min.js"} <= values_of(package(Category.SCRIPT, 0.3), script)[
        "assets.path"
    ]
    assert "/js/lib-3.1.0.min.js" not in values_of(package(Category.SCRIPT, 0.001), script).get("assets.path", ())


def test_only_kinds_that_the_model_asks_the_table_about_are_counted() -> None:
    assert {"layout.class", "style.block", "assets.script_text"} <= COUNTED
    assert {"policy.shingle", "policy.sentence", "prose.sentence"} <= LEFT_OVERS
    assert {"behaviour.error_words", "behaviour.login_form", "infrastructure.robots_txt"} <= LEFT_OVERS
    assert not {"payment.payee_key", "infrastructure.spki", "layout.noise"} & COUNTED


POLICY = """<html><head><title>Returns</title></head><body><h1>Returns and refunds</h1>
<p>{{ shop }} takes back every unopened article within thirty days of its delivery to you.</p>
<p>{% trans "Write to our service desk before you send anything, so that nothing is lost on its way." %}</p></body></html>"""


@pytest.mark.parametrize("category", [Category.THEME, Category.SHOP, Category.POLICY])
def test_default_policies_are_counted_with_their_placeholders_open_and_translated_words_kept(category: Category) -> None:
    """A shop that fills in its name writes the same sentence: names are lifted out of both."""
    counted = values_of(package(category), files(returns_dot_html=POLICY))
    assert len(counted["policy.sentence"]) == 2
    filled = POLICY.replace("{{ shop }}", "Goldhaven Ltd").replace('{% trans "', "").replace('" %}', "")
    shown = Page(
        Resource("https://goldhaven.example/returns", 200, (("content-type", "text/html"),), filled.encode(), "d", "", Role.RETURNS)
    )
    capture = Capture(
        "goldhaven.example", "https://goldhaven.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", (shown.resource,)
    )
    taken = list(policy.take(Reading(capture, Verdict(PageState.SHOP), (shown,), (), None, ())))
    assert {trace.value for trace in taken if trace.kind == "policy.sentence"} == counted["policy.sentence"]
    assert {trace.value for trace in taken if trace.kind == "policy.shingle"} == counted["policy.shingle"]


def test_a_librarys_texts_are_nobodys_policies() -> None:
    assert "policy.sentence" not in values_of(package(Category.SCRIPT), files(returns_dot_html=POLICY))


def test_a_policy_package_lends_its_texts_and_no_markup() -> None:
    assert not [kind for kind in values_of(package(Category.POLICY), files(returns_dot_html=POLICY)) if kind.startswith("layout.")]


THEME = {
    "header.php": "<?php /* Header */ ?><!doctype html><html><head><?php wp_head(); ?></head><body><header class='crest-bar'>",
    "404.php": """<?php get_header(); ?><html><body><div class='lost-hall'>
<p><?php esc_html_e( 'The moths have eaten this page, alas.', 'x' ); ?></p></div><!-- wp:group {"align":"wide"} --></body></html>
<?php get_footer( '<b class="in-program">' );""",
}


def test_pages_of_a_php_theme_are_read_without_its_programs_and_with_the_words_they_say() -> None:
    theme = [PackageFile(f"wp-content/themes/one/{path}", text.encode()) for path, text in THEME.items()]
    counted = values_of(package(Category.THEME), theme)
    assert {feature_value("crest-bar"), feature_value("lost-hall")} <= counted["layout.class"]
    assert feature_value("in-program") not in counted["layout.class"]
    assert "layout.comment" not in counted
    assert len(counted["behaviour.error_words"]) == 1
    assert "layout.class" not in values_of(package(Category.SHOP), theme)


def test_what_a_platform_shows_its_owner_only_is_left_out() -> None:
    paths = (
        "wp-admin/css/dashboard.css",
        "wp-includes/css/dist/editor/style.css",
        "wp-admin/css/login.css",
        "wp-includes/css/own.css",
    )
    counted = values_of(package(Category.SHOP), [PackageFile(path, SHEET.encode()) for path in paths])
    assert counted["assets.path"] == {"/wp-admin/css/login.css", "/wp-includes/css/own.css"}
