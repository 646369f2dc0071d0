"""Candidates of every list people keep: what is meant is found, what is not is named with its line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.candidates import Candidate, CandidateList, Rejected, parse_candidate, read_candidates
from crawler.problems import InputProblem


def sites(text: str) -> list[str]:
    return [candidate.site for candidate in read_candidates(io.StringIO(text)).candidates]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://shop.example/en?a=1#top", "https://shop.example/en?a=1"),
        ("shop.example", "https://shop.example/"),
        ("WWW.Shop.Example.", "https://www.shop.example/"),
        ("HTTP://Shop.Example:80/", "http://shop.example/"),
        ("shop.example:8443/x", "https://shop.example:8443/x"),
        ("hxxp://shop[.]example", "http://shop.example/"),
        ("hXXps://shop(.)example/x", "https://shop.example/x"),
        ("hxxps[:]//shop{.}example", "https://shop.example/"),
        ("hxxps[://]shop[dot]example", "https://shop.example/"),
        ("http[s]://shop [.] example", "https://shop.example/"),
        ("//shop.example/x", "https://shop.example/x"),
        ("https://user:secret@shop.example/", "https://shop.example/"),
        ("bücher.example", "https://xn--bcher-kva.example/"),
        ("магазин.рф", "https://xn--80aairftm.xn--p1ai/"),
        ("192.0.2.7", "https://192.0.2.7/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ('"shop.example"', "https://shop.example/"),
        ("<https://shop.example>", "https://shop.example/"),
        ("shop.example,", "https://shop.example/"),
    ],
)
def test_spellings_of_an_address(text: str, url: str) -> None:
    found = parse_candidate(text)
    assert isinstance(found, Candidate)
    assert found.url == url


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ftp://shop.example", "scheme 'ftp'"),
        ("javascript:alert(1)", "scheme 'javascript'"),
        ("file:///etc/passwd", "scheme 'file'"),
        ("info@shop.example", "mail address"),
        ("shop example", "space"),
        ("co.uk", "registrable"),
        ("myshopify.com", "registrable"),
        ("localhost", "registrable"),
        ("shop..example", "no web address"),
        ("-shop.example", "no web address"),
        ("https://", "no web address"),
        ("2130706433", "no web address"),
        ("http://0x7f.1/", "no web address"),
        ("http://①②⑦.⓪.⓪.①/", "no web address"),
        ("https://shop.example:99999/", "no web address"),
        ("x" * 5000, "longer"),
        ("  ", "empty"),
    ],
)
def test_what_is_no_storefront_is_told_why(text: str, reason: str) -> None:
    found = parse_candidate(text, 3)
    assert isinstance(found, Rejected)
    assert found.line == 3
    assert reason in found.reason


@pytest.mark.parametrize(
    ("host", "site"),
    [("a.myshopify.com", "a.myshopify.com"), ("www.shop.co.uk", "shop.co.uk"), ("a.b.shop.example", "shop.example")],
)
def test_a_storefront_is_a_registrable_domain(host: str, site: str) -> None:
    assert sites(host) == [site]


@pytest.mark.parametrize(
    "text",
    [
        "name,url\nx,https://a.example\ny,b.example\n",
        "Domain;note\na.example;1\nb.example;2\n",
        "id\tHOST\n1\ta.example\n2\tb.example\n",
        '"site"\n"a.example"\n"b.example"\n',
        "a.example,first\nb.example,second\n",
        "# comment\n\na.example # mine\nb.example\n",
        "\ufeffurl\r\na.example\r\nb.example\r\n",
        "url\ra.example\rb.example",
        'note,url\n"two\nlines",a.example\nx,b.example\n',
        'note,url\n"a ""b"", c",a.example\nx,b.example',
        "url\na.example\x00\nb.example",
        "a.example\nwww.a.example\nhttp://A.example/x\nb.example\n",
    ],
)
def test_lists_as_people_keep_them(text: str) -> None:
    assert sites(text) == ["a.example", "b.example"]


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    found = read_candidates(io.StringIO('url,note\na.example,1\nnot a site,2\n,3\n"unclosed,4\nb.example,5\na.example,6\n'))
    assert [candidate.site for candidate in found.candidates] == ["a.example", "b.example"]
    assert [rejected.line for rejected in found.rejected] == [3, 4, 5]
    assert found.rejected[0].text == "not a site"
    assert "column of addresses" in found.rejected[1].reason
    assert found.duplicates == 1
    assert [candidate.line for candidate in found.candidates] == [2, 6]


def test_an_address_with_a_comma_in_its_query_stays_whole() -> None:
    assert read_candidates(io.StringIO("https://a.example/?x=1,2\n")).candidates[0].url == "https://a.example/?x=1,2"


def test_nothing_usable_is_a_problem_that_says_what_to_give() -> None:
    for text in ("", "# only\n", "url\n", "nonsense here\n"):
        with pytest.raises(InputProblem, match="give one address or domain a line"):
            read_candidates(io.StringIO(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_files_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("bücher.example\n".encode(encoding))
    assert read_candidates(path).candidates[0].site == "xn--bcher-kva.example"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match=r"none\.csv cannot be read"):
        read_candidates(tmp_path / "none.csv")


def test_a_bare_domain_says_that_its_scheme_is_a_guess() -> None:
    found = read_candidates(io.StringIO("a.example\nhttp://b.example\n")).candidates
    assert [candidate.scheme_given for candidate in found] == [False, True]


@given(st.text(max_size=300))
def test_any_text_is_a_candidate_or_a_reason(text: str) -> None:
    found = parse_candidate(text)
    if isinstance(found, Candidate):
        assert found.url.startswith(("http://", "https://"))
        assert found.url.isascii()
        assert "@" not in found.url.split("/")[2]
        again = parse_candidate(found.url)
        assert isinstance(again, Candidate)
        assert (again.site, again.url) == (found.site, found.url)


_LABEL = st.from_regex(r"[a-z][a-z0-9]{1,10}", fullmatch=True)
_DOT = st.sampled_from([".", "[.]", "(.)", "{.}", "[dot]", "(DOT)", " [.] "])


@given(_LABEL, _DOT, st.sampled_from(["http", "hxxp", "hXXp", "https", "hxxps"]), st.sampled_from(["://", "[:]//", "[://]"]))
def test_defanging_does_not_matter(label: str, dot: str, scheme: str, colon: str) -> None:
    found = parse_candidate(f"{scheme}{colon}{label}{dot}example")
    assert isinstance(found, Candidate)
    assert found.url == f"{scheme.lower().replace('x', 't')}://{label}.example/"


@given(st.lists(st.one_of(_LABEL.map(lambda label: f"{label}.example"), st.text(max_size=30)), max_size=30))
def test_every_line_is_a_candidate_a_duplicate_or_rejected(lines: list[str]) -> None:
    """No line is lost, no site comes twice, and lines keep their order."""
    flat = [" ".join(line.split()).replace('"', "") for line in lines]
    try:
        found = read_candidates(io.StringIO("url\n" + "\n".join(flat)))
    except InputProblem:
        found = CandidateList((), (), 0)
    named = [candidate.site for candidate in found.candidates]
    assert len(named) == len(set(named))
    assert [candidate.line for candidate in found.candidates] == sorted(candidate.line for candidate in found.candidates)
    for line in flat:
        parsed = parse_candidate(line)
        if line.endswith(".example") and isinstance(parsed, Candidate):
            assert parsed.site in named
