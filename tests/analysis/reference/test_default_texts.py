"""What a platform says on every shop is read from its programs and catalogues, in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from analysis.fingerprints import policy
from analysis.page.page_state import PageState, Verdict
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.reference.building import build
from analysis.reference.default_texts import default_pages
from analysis.reference.packages import Category, Package, PackageFile
from analysis.reference.table import load_reference
from analysis.reference.values import values_of
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

POLICY = "wp-admin/includes/class-wp-privacy-policy-content.php"
ENGLISH = "Whoever writes a remark under one of our articles leaves his name, his words and the hour with us."
GERMAN = "Wer unter einem unserer Artikel etwas anmerkt, hinterlässt bei uns seinen Namen, seine Worte und die Uhrzeit."
PROGRAM = """<?php
class Content {
	public static function get_default_content( $description = false ) {
		$suggested_text = '<strong class="tutorial">' . __( 'Suggested text:' ) . ' </strong>';
		/* translators: Heading. */
		$strings[] = '<h2>' . __( 'Remarks' ) . '</h2>';
		if ( $description ) {
			$strings[] = '<p class="tutorial">' . __( 'In this part the owner of a site says what he keeps.' ) . '</p>';
		} else {
			$strings[] = '<p>' . $suggested_text . __( '%s' ) . '</p>';
			$strings[] = '<p>' . sprintf( __( 'All of this can be read at the address %%s and nowhere else.' ), home() ) . '</p>';
		}
		$strings[] = '<h2>' . __( 'Only for owners' ) . '</h2>';
	}

	public static function other() {
		return '<p>' . __( 'This sentence stands on a page that the owner alone ever gets to see.' ) . '</p>';
	}
}
""".replace("'%s'", f"'{ENGLISH}'").replace("%%s", "%s")
CATALOGUE = {"Suggested text:": "Vorschlag:", ENGLISH: GERMAN, "Remarks": "Anmerkungen"}
Catalogue = Callable[[Mapping[str, str]], bytes]


def package(category: Category = Category.SHOP, name: str = "shop") -> Package:
    return Package("deb", name, "1.0-1", category, "shop", 0.3)


def shop(text: str) -> set[str]:
    """Sentences that the policy fingerprint takes from a shop with this text."""
    body = f"<html><body><h1>Datenschutz</h1><p>{text}</p></body></html>".encode()
    shown = Page(Resource("https://shop.example/privacy", 200, (("content-type", "text/html"),), body, "d", "", Role.PRIVACY))
    capture = Capture("shop.example", "https://shop.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", (shown.resource,))
    reading = Reading(capture, Verdict(PageState.SHOP), (shown,), (), None, ())
    return {trace.value for trace in policy.take(reading) if trace.kind == "policy.sentence"}


def test_a_default_policy_holds_what_visitors_read_and_nothing_that_is_said_to_owners() -> None:
    pages = list(default_pages([PackageFile(POLICY, PROGRAM.encode())]))
    assert [page.role for page in pages] == [Role.PRIVACY, Role.PRIVACY]
    marked, plain = [page.file.body.decode() for page in pages]
    assert "<strong>Suggested text: </strong>Whoever" in marked
    assert "Suggested text" not in plain
    for body in (marked, plain):
        assert "<h2>Remarks</h2>" in body
        assert "at the address https://reference.invalid and" in body
        assert not any(words in body for words in ("the owner", "Only for owners"))


@pytest.mark.parametrize("text", [ENGLISH, f"<strong>Suggested text: </strong>{ENGLISH}"])
def test_a_shop_that_keeps_the_default_policy_has_what_the_package_shows(text: str) -> None:
    counted = values_of(package(), [PackageFile(POLICY, PROGRAM.encode())])
    assert shop(text)
    assert shop(text) <= counted["policy.sentence"]
    assert shop("We alone wrote down what happens to the names of those who buy here.").isdisjoint(counted["policy.sentence"])


def test_a_catalogue_of_another_package_of_the_family_says_it_in_its_language(catalogue: Catalogue) -> None:
    files = [PackageFile("wp-content/languages/admin-de_DE.mo", catalogue(CATALOGUE))]
    counted = values_of(package(Category.POLICY, "shop-l10n"), files, [PackageFile(POLICY, PROGRAM.encode())])
    for text in (GERMAN, f"<strong>Vorschlag: </strong>{GERMAN}"):
        assert shop(text)
        assert shop(text) <= counted["policy.sentence"]
    assert shop(ENGLISH).isdisjoint(counted["policy.sentence"])
    assert counted["prose.sentence"]


def test_a_catalogue_that_knows_no_text_of_a_page_or_is_none_says_nothing(catalogue: Catalogue) -> None:
    programs = [PackageFile(POLICY, PROGRAM.encode())]
    label = catalogue({"Remarks": "Anmerkungen"})
    whole = catalogue(CATALOGUE)
    for body in (label, b"", b"no catalogue", whole[:40], whole[:-40], b"\xde\x12\x04\x95" + b"\xff" * 60):
        assert not list(default_pages([PackageFile("languages/de_DE.mo", body)], programs))


def test_words_in_double_quotes_and_with_a_context_are_read(catalogue: Catalogue) -> None:
    program = PackageFile(
        "wp-admin/includes/upgrade.php",
        b"""function wp_install_defaults( $id ) {
            $page .= __( "Here stands a page of ours, and it\\'s \\"only\\" an example." );
            $page .= _x( 'Another sentence of this example page has a context of its own.', 'first page' );""",
    )
    (english,) = default_pages([program])
    assert 'it\'s "only" an example' in english.file.body.decode()
    known = catalogue({"first page\x04Another sentence of this example page has a context of its own.": "Mit Zusammenhang."})
    (german,) = default_pages([PackageFile("languages/de_DE.mo", known)], [program])
    assert "Mit Zusammenhang." in german.file.body.decode()


def test_the_table_knows_default_texts_as_the_familys_and_texts_do_not_thin_the_rest(
    archive, tmp_path, catalogue: Catalogue
) -> None:
    sheet = ".zed-box{margin:1px;padding:2px;top:3px}" * 30
    first, second = package(), package(Category.POLICY, "shop-l10n")
    archives = [(first, archive(first, {POLICY: PROGRAM, "a.css": sheet}))]
    archives.append((second, archive(second, {"languages/de_DE.mo": catalogue(CATALOGUE)})))
    build(archives, tmp_path / "out", "2026-01-02")
    table = load_reference(tmp_path / "out")
    for text in (ENGLISH, GERMAN):
        (sentence,) = shop(text)
        assert table.ships("policy.sentence", sentence)
        assert table.family("policy.sentence", sentence) == "shop"
    assert table.share("assets.path", "/a.css") == pytest.approx(0.3)
