"""Forms, links and frames that lead to a payment."""

from __future__ import annotations

import hashlib

import pytest

from analysis.page.pages import Page
from analysis.payees.checkout import forms_of, leads_to_pay, outward_to_pay, query_fields
from analysis.texts.notices import new_notices, notices
from crawler.captures import Resource, Role


def page(body: str, role: Role = Role.PAGE, path: str = "/") -> Page:
    raw = f"<html><body>{body}</body></html>".encode()
    return Page(Resource(f"https://first.com{path}", 200, (), raw, hashlib.sha256(raw).hexdigest(), "", role))


def test_a_form_as_written() -> None:
    (form,) = forms_of(
        page('<form action="/go" METHOD="POST"><input name="a" value="1"><select name="b"></select><button>Pay now</button></form>')
    )
    assert (form.action, form.method, form.words) == ("https://first.com/go", "post", "Pay now")
    assert form.fields == (("a", "input", "1"), ("b", "select", ""))


def test_forms_that_begin_alike_are_each_read() -> None:
    """A form is remembered by all of its tags, not by the first."""
    plain, other = '<form action="/in"><input name="a"></form>', '<form action="/in"><input name="b"><button>Go</button></form>'
    for source in (plain, other, f"<p>{plain}{other}", plain):
        wanted = [(name, "input", "") for name in ("a", "b") if f'"{name}"' in source]
        assert [form.fields[0] for form in forms_of(page(source))] == wanted


def test_a_form_without_an_action_leads_to_its_own_page() -> None:
    source = '<form><input name="a"></form>'
    assert [forms_of(page(source, path=path))[0].action for path in ("/x", "/y")] == ["https://first.com/x", "https://first.com/y"]


@pytest.mark.parametrize(
    ("source", "pays"),
    [
        ('<form action="https://www.paypal.com/x"></form>', True),
        ('<form action="https://pay.other.net/x"></form>', True),
        ('<form action="/topup"><input name="sum"></form>', True),
        ('<form action="https://other.net/x"><input name="amount"><button>Pay</button></form>', True),
        ('<form action="/search"><input name="q"></form>', False),
        ('<form action="https://pay.other.net/x"><input type="password" name="p"></form>', False),
        ('<form action="https://pay.other.net/x"><input name="no"><input type="password" name="card.cvv2"></form>', True),
        ('<form action="https://pay.other.net/x"><input type="password" name="securityCode"></form>', True),
        ('<form action="https://pay.other.net/x"><input type="password" name="cardPassword"></form>', False),
        ('<form action="https://news.other.net/subscribe"><input name="email"></form>', False),
    ],
)
def test_which_forms_lead_to_pay(source: str, pays: bool) -> None:
    seen = page(source)
    assert [leads_to_pay(seen, form) for form in forms_of(seen)] == [pays]


def test_ways_out() -> None:
    body = (
        '<form action="https://pay.one.net/"></form><a href="https://checkout.two.net/start">Pay by card</a>'
        '<a href="https://three.net/article">How to pay less tax</a>'
        '<iframe src="https://pay.four.net/f"></iframe><a href="/pay">Pay</a>'
    )
    found = [(out.how, out.target) for out in outward_to_pay(page(body, Role.CHECKOUT))]
    assert found == [
        ("form", "https://pay.one.net/"),
        ("link", "https://checkout.two.net/start"),
        ("frame", "https://pay.four.net/f"),
    ]


def test_query_fields() -> None:
    assert query_fields("https://x.net/?a=1&amp;b=2") == (("a", "1"), ("b", "2"))
    assert query_fields("https://[bad/?a=1") == ()


def test_notices_keep_their_links_and_are_new_once() -> None:
    seen = page('<div>Menu<p>We moved to <a href="https://second.net/">our <b>home</b></a> today.</p><script>x</script></div>')
    assert [(notice.text, notice.links) for notice in notices(seen)] == [
        ("Menu", ()),
        ("We moved to our home today.", ("https://second.net/",)),
    ]
    known: set[str] = set()
    assert [notice.text for notice in new_notices(seen, lambda text: "moved" in text, known)] == ["We moved to our home today."]
    assert new_notices(seen, lambda text: "moved" in text, known) == []
