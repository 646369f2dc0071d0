"""Products read from markup, from repeated cards and from a product's own page."""

from __future__ import annotations

import hashlib
import json

import pytest

from analysis.goods.product_cards import carded_products
from analysis.goods.product_markup import declared_products, json_ld_nodes
from analysis.goods.product_records import as_gtin, as_name, as_sku, name_key
from analysis.goods.products import products_of_page, products_of_storefront
from analysis.page.pages import Page
from analysis.page.reading import read
from crawler.captures import Capture, HostKind, Outcome, Resource, Role

SHOP = "https://shop.example"


def resource(path: str, body: str, role: Role) -> Resource:
    raw = body.encode()
    return Resource(
        SHOP + path, 200, (("Content-Type", "text/html; charset=utf-8"),), raw, hashlib.sha256(raw).hexdigest(), "2026-01-01", role
    )


def page(body: str, path: str = "/p", role: Role = Role.LISTING) -> Page:
    return Page(resource(path, f"<html><head><title>Shop</title></head><body>{body}</body></html>", role))


def card(number: int, name: str, price: str, *, wrap: str = "div", classes: bool = True) -> str:
    title, tag = (' class="product-title"', ' class="price"') if classes else ("", "")
    return (
        f'<{wrap}><div><a href="/item-{number}"><img src="/img/{number}.jpg" alt="{name}"></a></div>'
        f'<h4{title}><a href="/item-{number}">{name}</a></h4><div{tag}>{price}</div><a href="/cart?add={number}">Add</a></{wrap}>'
    )


NAMES = ["Wild Honey 500 g", "Organic Rye Flour", "Black Tea 6 pcs", "Sea Salt 1 kg"]
PRICES = ["£12.40", "£25.62", "£8.85", "£3.07"]


def listing(**options: object) -> str:
    rows = [card(number, name, price, **options) for number, (name, price) in enumerate(zip(NAMES, PRICES, strict=True))]  # type: ignore[arg-type]
    return "<div>" + "".join(rows) + "</div>"


@pytest.mark.parametrize("options", [{}, {"classes": False}, {"wrap": "li"}, {"wrap": "article"}])
def test_repeated_cards_are_products_whatever_their_classes(options: dict[str, object]) -> None:
    found = carded_products(page(listing(**options)))
    assert [(p.name, p.price, p.currency) for p in found] == [
        (name, float(price[1:]), "GBP") for name, price in zip(NAMES, PRICES, strict=True)
    ]
    assert found[0].url == f"{SHOP}/item-0"
    assert found[0].picture == f"{SHOP}/img/0.jpg"


def test_inserted_wrappers_cost_nothing() -> None:
    wrapped = listing().replace("<h4", "<section><div><h4").replace("</h4>", "</h4></div></section>")
    wrapped = f"<div><div>{wrapped}</div></div>"
    assert [p.name for p in carded_products(page(wrapped))] == NAMES


def test_a_struck_price_is_not_the_asked_one() -> None:
    body = listing().replace("£12.40", "<del>£15.00</del> <span>£12.40</span>")
    assert carded_products(page(body))[0].price == 12.4


def test_a_label_says_which_price_is_the_former_one() -> None:
    body = listing().replace("£12.40", "<b>List price:</b> £15.00 <br> <b>Our price:</b> £12.40")
    assert carded_products(page(body))[0].price == 12.4
    body = listing().replace('<div class="price">£12.40</div>', "<div><b>Retail:</b> £15.00</div><div><b>Now:</b> £12.40</div>")
    assert carded_products(page(body))[0].price == 12.4


def test_a_saving_is_no_price() -> None:
    body = listing().replace('<div class="price">£12.40', '<p>Save £3.00</p><div class="price">£12.40')
    assert carded_products(page(body))[0].price == 12.4


def test_headlines_with_amounts_are_no_catalogue() -> None:
    headlines = ["Club pays £36m for a striker", "Mayor loses $2 million", "House passes a £5 billion bill"]
    body = "".join(f'<li><a href="/news-{at}">{line}</a></li>' for at, line in enumerate(headlines))
    assert carded_products(page(f"<ul>{body}</ul>")) == []


def test_the_heading_of_a_row_is_the_name_of_no_card() -> None:
    row = '<div><h2>{}</h2><div><a href="/{}"><img alt="{}">Lamp {}</a> <b>{}.40 €</b></div></div>'
    rows = row.format("Related products for you", "a", "x", "Oak", 7) + row.format("Lamp Birch", "b", "y", "Birch", 8)
    assert [product.name for product in carded_products(page(f"<main>{rows}</main>"))] == ["Lamp Birch"]


def test_measures_of_ingredients_are_no_prices() -> None:
    line = '<li><span class="recipe-ingredient-amount">{}</span> <span class="unit">cups</span> <a href="/{}">Flour {}</a></li>'
    assert carded_products(page("".join(line.format(n, n, n) for n in (1, 2, 3)))) == []


def test_numbers_of_comments_are_no_prices() -> None:
    body = "".join(f'<li><h3><a href="/n{at}">News item {at}</a></h3><i class="commentAmount">{at}7</i></li>' for at in range(3))
    assert carded_products(page(f"<ul>{body}</ul>")) == []


@pytest.mark.parametrize(
    "button", ["View deal", "Details", "Brand: Acme", "Mehr Infos »", "https://img.shop.example/12.jpg", "t_12.jpg"]
)
def test_a_button_or_label_is_no_name(button: str) -> None:
    body = listing().replace(
        '<h4 class="product-title"><a href="/item-0">Wild Honey 500 g</a></h4>', f'<h4><a href="/item-0">{button}</a></h4>'
    )
    assert carded_products(page(body))[0].name == "Wild Honey 500 g"  # the picture's


def test_a_product_page_without_a_heading_is_about_what_its_title_names() -> None:
    body = "<div><table><tr><td><font>Brass Ship Lantern</font></td></tr><tr><td>Price: $48.00</td></tr></table></div>"
    raw = resource("/p", f"<title>Brass Ship Lantern | Shop</title><body>{body}</body>", Role.PRODUCT)
    assert [(p.name, p.price) for p in carded_products(Page(raw))] == [("Brass Ship Lantern", 48.0)]


def test_ratings_of_the_shop_are_no_product() -> None:
    rated = {"@type": "Product", "name": "Shop.example", "aggregateRating": {"ratingValue": 4}}
    assert declared_products(page(ld(rated))) == []
    assert [p.name for p in declared_products(page(ld(rated | {"offers": {"price": 5}})))] == ["Shop.example"]


def test_a_mini_cart_without_real_links_is_no_catalogue() -> None:
    body = "<ul>" + "".join(f'<li><a href="#"><img src="/t{n}.jpg"></a><span>Rp.{n}00.000</span></li>' for n in (5, 6, 7)) + "</ul>"
    assert carded_products(page(body)) == []


def test_prose_with_prices_is_no_catalogue() -> None:
    body = (
        "<p>Delivery costs £5.00. See <a href='/returns'>returns</a>.</p>"
        "<p>Orders above £50.00 ship free. <a href='/terms'>Terms</a></p>"
    )
    names = [p.name for p in carded_products(page(body))]
    assert len(names) <= 2


@pytest.mark.parametrize(
    "label",
    [
        "SKU: 006579J",
        "Item no. 006579J",
        "Artikelnummer: 006579J",
        "Réf. 006579J",
        "Артикул: 006579J",
        "Ref: 006579J",
        "<b>SKU</b> <i>006579J</i>",
    ],
)
def test_a_product_page_gives_its_number_in_five_languages(label: str) -> None:
    body = f"<main><h1>Brushed Jacket Black</h1><h3>£117.95<span>70.00</span></h3><p>{label}</p></main>"
    (found,) = carded_products(page(body, "/jacket", Role.PRODUCT))
    assert (found.name, found.sku, found.price, found.url) == ("Brushed Jacket Black", "006579J", 117.95, f"{SHOP}/jacket")


def test_a_hidden_field_gives_the_number() -> None:
    form = '<form action="/cart"><input type="hidden" name="sku" value="003343V"></form>'
    body = f"<div><h3>Parka Olive</h3><h4>€152.90</h4>{form}</div>"
    (found,) = carded_products(page(body, "/parka", Role.PAGE))
    assert (found.sku, found.price, found.currency) == ("003343V", 152.9, "EUR")


def test_a_product_page_with_related_products_keeps_them_apart() -> None:
    main = "<section><div><a href='/shop'>Shop</a></div><div><h3>Main Thing</h3><h4>£99.10</h4><p>SKU: AWB/1958</p></div></section>"
    found = carded_products(page(main + f"<section>{listing()}</section>", "/main-thing", Role.PAGE))
    assert (found[0].name, found[0].sku, found[0].price) == ("Main Thing", "AWB/1958", 99.1)
    assert [p.name for p in found[1:]] == NAMES


def test_a_number_is_the_announced_one_only_close_behind() -> None:
    body = "<main><h1>Brushed Jacket Black</h1><b>£117.95</b><i>SKU</i>{}<i>006579J</i></main>"
    near = carded_products(page(body.format("<i></i><noscript><u>x</u><u>y</u></noscript>"), "/jacket", Role.PRODUCT))
    far = carded_products(page(body.format("<u>x</u><u>y</u><u>z</u>"), "/jacket", Role.PRODUCT))
    assert [found.sku for found in near + far] == ["006579J", ""]


def test_what_nobody_sees_is_no_card() -> None:
    assert carded_products(page(f"<noscript>{listing()}</noscript>")) == []


def test_a_price_between_two_children_is_its_element_s() -> None:
    body = listing().replace("£12.40", "<i>from</i> £12.40 <i>each</i>")
    assert carded_products(page(body))[0].price == 12.4


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


PRODUCT = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "Organic Almonds 500 g",
    "sku": "000679H",
    "gtin13": "4006381333931",
    "image": ["/uploads/almonds.jpg"],
    "offers": {"@type": "Offer", "price": "25.62", "priceCurrency": "GBP"},
}


@pytest.mark.parametrize(
    "wrapped",
    [
        PRODUCT,
        [PRODUCT],
        {"@graph": [{"@type": "WebSite"}, PRODUCT]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": PRODUCT}]},
        "<!-- " + json.dumps(PRODUCT) + " -->",
        json.dumps(PRODUCT).replace("}}", "},}"),
    ],
)
def test_json_ld_products_in_every_wrapping(wrapped: object) -> None:
    (found,) = declared_products(page(ld(wrapped)))
    assert (found.name, found.sku, found.gtin, found.price, found.currency) == (
        "Organic Almonds 500 g", "000679H", "4006381333931", 25.62, "GBP",
    )  # fmt: skip
    assert found.picture == f"{SHOP}/uploads/almonds.jpg"


@pytest.mark.parametrize(
    "offers",
    [
        [{"price": 25.62, "priceCurrency": "GBP"}],
        {"@type": "AggregateOffer", "lowPrice": "25,62", "priceCurrency": "GBP"},
        {"priceSpecification": {"price": "25.62", "priceCurrency": "GBP"}},
    ],
)
def test_offers_in_every_shape(offers: object) -> None:
    (found,) = declared_products(page(ld({**PRODUCT, "offers": offers})))
    assert (found.price, found.currency) == (25.62, "GBP")


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        "null",
        "{",
        '{"@type": "Product"}',
        '{"@type": "Product", "name": {"a": {"b": []}}, "offers": [[[]]], "image": {"url": 7}, "sku": null}',
        '{"@type": ["Product", 7, null], "name": 12, "offers": "free"}',
    ],
)
def test_hostile_json_ld_gives_no_product_and_no_error(data: str) -> None:
    assert declared_products(page(ld(data))) == []


def test_a_flood_of_nodes_is_cut() -> None:
    many = [{"@type": "Product", "name": f"Thing number {n}"} for n in range(15_000)]
    assert len(products_of_page(page(ld(many)))) <= 400
    assert sum(1 for _ in json_ld_nodes(page(ld(many)))) <= 20_000


def test_microdata_products() -> None:
    body = """<div itemscope itemtype="http://schema.org/Product"><a itemprop="url" href="/surf.html">
      <span itemprop="name">Surf Sweatshirt</span></a>
      <img itemprop="image" src="/264.jpg"><meta itemprop="sku" content="SW-132">
      <div itemprop="offers" itemscope
      itemtype="http://schema.org/Offer"> <span itemprop="price">£ 19.99</span><meta itemprop="priceCurrency"
      content="GBP"></div></div>"""
    (found,) = declared_products(page(body))
    assert (found.name, found.sku, found.price, found.currency) == ("Surf Sweatshirt", "SW-132", 19.99, "GBP")
    assert found.url == f"{SHOP}/surf.html"


def test_open_graph_products() -> None:
    head = """<meta property="og:type" content="product"><meta property="og:title" content="Ford Shirt">
      <meta property="og:image" content="/f.jpg">
      <meta property="product:price:amount" content="55.00"><meta property="product:price:currency" content="USD">"""
    (found,) = declared_products(page(head))
    assert (found.name, found.price, found.currency, found.picture) == ("Ford Shirt", 55.0, "USD", f"{SHOP}/f.jpg")


def test_canonical_forms() -> None:
    assert name_key("Olive Oil 500 g") == name_key("500 g  OLIVE oil")
    assert name_key("Honey") == ""
    assert as_name(" \n12 ") == ""
    assert [as_sku(text) for text in ("awb/1958", "#006579J", "25.62", "2026-01-02", "N/A", "sale", "0000", "")] == [
        "AWB/1958", "006579J", "", "", "", "", "", "",
    ]  # fmt: skip
    assert [as_gtin(text) for text in ("4006381333931", "4006381333932", "036000291452", "ISBN 978-0-306-40615-7", "11111111")] == [
        "4006381333931", "", "0036000291452", "9780306406157", "",
    ]  # fmt: skip


def capture(*resources: Resource) -> Capture:
    return Capture(
        "shop.example", SHOP + "/", HostKind.STOREFRONT, Outcome.FINISHED, "", tuple(sorted(resources, key=lambda r: r.url))
    )


def test_one_record_a_product_across_pages() -> None:
    """The listing knows picture and price, the product page the number: one product, and the page's own price wins."""
    words = "<p>" + "We sell good things made by careful people in small places. " * 20 + "</p>"
    home = f"<html><head><title>Shop</title></head><body><h1>Shop</h1>{words}{listing()}</body></html>"
    main = f"<main><h1>{NAMES[0]}</h1><b>£11.90</b><p>SKU: HX-11</p></main>"
    own = f"<html><head><title>Honey</title></head><body>{words}{main}</body></html>"
    found = products_of_storefront(read(capture(resource("/", home, Role.HOME), resource("/item-0", own, Role.PRODUCT))))
    assert [p.name for p in found] == NAMES
    assert (found[0].sku, found[0].price, found[0].picture) == ("HX-11", 11.9, f"{SHOP}/img/0.jpg")


def test_links_that_differ_only_in_their_fragment_are_different_products() -> None:
    body = listing().replace('href="/item-', 'href="/shop#item-')
    words = "<p>" + "We sell good things made by careful people in small places. " * 20 + "</p>"
    home = f"<html><head><title>Shop</title></head><body><h1>Shop</h1>{words}{body}</body></html>"
    assert [p.name for p in products_of_storefront(read(capture(resource("/", home, Role.HOME))))] == NAMES
