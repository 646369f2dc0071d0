"""Shops as pages: one storefront's state in, path -> (status, media type, body) out. Two shops of one theme share its markup."""

# ruff: noqa: E501  (markup is easier to judge on one line)

from __future__ import annotations

import html
import io
import json
import random
from functools import lru_cache

from PIL import Image, ImageDraw

from benchmarks.half_year.shops import Product, Shop
from benchmarks.half_year.texts import LABELS, paragraphs

__all__ = ["Answer", "render"]

Answer = tuple[int, str, bytes]
_HTML = "text/html; charset=utf-8"
_TEXTS = ("about", "terms", "privacy", "shipping", "returns")


def render(shop: Shop) -> dict[str, Answer]:
    """Every path the shop answers; the key ``*`` answers for all others."""
    missing: Answer = (404, _HTML, shop.stack.error_page.encode())
    if shop.moved_to:
        return {"*": (301, "", f"http://{shop.moved_to}/".encode())}
    if shop.ended in ("parked", "suspended"):
        return {"*": (200, _HTML, _ENDED[shop.ended].format(host=shop.host).encode())}
    if shop.ended == "farewell":
        return {"/": (200, _HTML, _farewell(shop).encode()), "*": missing}
    answers: dict[str, Answer] = {"*": missing, "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /admin/\n")}
    for path, body in (_gate(shop) if shop.gated else _pages(shop)).items():
        answers[path] = (200, _HTML, body.encode())
    w = shop.theme.words
    answers[f"/{w[0]}/{w[1]}.css"] = (200, "text/css", _css(shop).encode())
    answers[f"/{w[0]}/{w[2]}.js"] = (200, "application/javascript", _script(shop).encode())
    answers["/logo.png"] = (200, "image/png", _logo(shop.brand, shop.palette[0], shop.palette[2]))
    answers["/favicon.ico"] = (200, "image/png", _logo(shop.brand[:1], shop.palette[1], shop.palette[0]))
    if not shop.gated:
        for product in shop.products:
            answers[f"/pictures/{product.sku.lower()}.jpg"] = (200, "image/jpeg", _picture(product.sku))
    return answers


def _pages(shop: Shop) -> dict[str, str]:
    label = LABELS[shop.language]
    half = (len(shop.products) + 1) // 2
    pages = {
        "/": _frame(
            shop,
            shop.brand,
            f"<h1>{_e(shop.brand)}</h1><p>{_e(paragraphs(shop, 'about')[0])}</p>" + _cards(shop, shop.products[:8]),
        ),
        "/catalogue/all": _frame(shop, label["all"], f"<h1>{label['all']}</h1>" + _cards(shop, shop.products)),
        "/catalogue/new": _frame(shop, label["new"], f"<h1>{label['new']}</h1>" + _cards(shop, shop.products[half:])),
        "/cart": _frame(shop, label["cart"], f"<h1>{label['cart']}</h1><p>{label['empty']}</p>" + _payment(shop)),
        "/checkout": _frame(shop, label["checkout"], f"<h1>{label['checkout']}</h1>" + _payment(shop)),
        "/login": _frame(shop, label["login"], f"<h1>{label['login']}</h1>" + _login(shop)),
        "/contact": _frame(shop, label["contact"], f"<h1>{label['contact']}</h1>" + _contact(shop)),
    }
    for topic in _TEXTS:
        said = "".join(f"<p>{_e(one)}</p>" for one in paragraphs(shop, topic))
        pages[f"/{topic}"] = _frame(shop, label[topic], f"<h1>{label[topic]}</h1>{said}")
    for product in shop.products:
        pages[f"/product/{product.sku.lower()}"] = _frame(shop, _name(shop, product), _product(shop, product))
    return pages


def _gate(shop: Shop) -> dict[str, str]:
    label = LABELS[shop.language]
    body = f"<h1>{_e(shop.brand)}</h1><p>{label['gate']}</p>" + _login(shop)
    return {"/": _frame(shop, shop.brand, body, menu=False), "/login": _frame(shop, label["login"], _login(shop), menu=False)}


def _frame(shop: Shop, title: str, body: str, *, menu: bool = True) -> str:
    w, label = shop.theme.words, LABELS[shop.language]
    links = (
        [
            ("/", label["home"]),
            ("/catalogue/all", label["all"]),
            ("/catalogue/new", label["new"]),
            ("/cart", label["cart"]),
            ("/login", label["login"]),
        ]
        if menu
        else []
    )
    foot = [(f"/{topic}", label[topic]) for topic in _TEXTS] + [("/contact", label["contact"])] if menu else []
    logo = f'<a class="{w[3]}" href="/"><img src="/logo.png" alt="{_e(shop.brand)}" width="200" height="60"></a>'
    company = f"&copy; 2021-2026 {_e(shop.company)}, {_e(shop.city)}"
    note = f"<p>{_e(shop.footer_note)}</p>" if shop.footer_note else ""
    match shop.theme.frame:
        case 0:
            items = "".join(f'<li class="{w[5]}"><a href="{href}">{_e(text)}</a></li>' for href, text in links)
            feet = "".join(f'<li><a href="{href}">{_e(text)}</a></li>' for href, text in foot)
            inner = f'<div class="{w[4]}"><header class="{w[6]}">{logo}<nav><ul class="{w[7]}">{items}</ul></nav></header><main class="{w[8]}">{body}</main><footer class="{w[9]}"><ul>{feet}</ul><p>{company}</p>{note}</footer></div>'
        case 1:
            items = "".join(f'<td class="{w[5]}"><a href="{href}">{_e(text)}</a></td>' for href, text in links)
            feet = " | ".join(f'<a href="{href}">{_e(text)}</a>' for href, text in foot)
            inner = f'<table class="{w[4]}" width="960" align="center"><tr><td colspan="2" class="{w[6]}">{logo}</td></tr><tr class="{w[7]}">{items}</tr><tr><td colspan="6" class="{w[8]}">{body}</td></tr><tr><td colspan="6" class="{w[9]}">{feet}<br>{company}{note}</td></tr></table>'
        case 2:
            items = "".join(f'<a class="{w[5]} {w[10]}" href="{href}"><span>{_e(text)}</span></a>' for href, text in links)
            feet = "".join(f'<div class="{w[11]}"><a href="{href}">{_e(text)}</a></div>' for href, text in foot)
            inner = f'<div id="{w[12]}"><aside class="{w[7]}">{logo}<div class="{w[13]}">{items}</div></aside><div class="{w[8]}"><section>{body}</section><div class="{w[9]}">{feet}<small>{company}</small>{note}</div></div></div>'
        case _:
            items = "".join(f'<div class="{w[5]}"><a href="{href}">{_e(text)}</a></div>' for href, text in links)
            feet = "".join(f'<dd><a href="{href}">{_e(text)}</a></dd>' for href, text in foot)
            inner = f'<section class="{w[4]}"><div class="{w[6]}"><div class="{w[13]}">{logo}</div><div class="{w[7]}">{items}</div></div><article class="{w[8]}">{body}</article><div class="{w[9]}"><dl>{feet}</dl><address>{company}</address>{note}</div></section>'
    counter = f"<script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}gtag('js',new Date());gtag('config','{shop.tracker}');</script>"
    return (
        f'<!DOCTYPE html>\n<html lang="{shop.language}">\n<head><meta charset="utf-8"><title>{_e(title)} - {_e(shop.brand)}</title>'
        f'<link rel="stylesheet" href="/{w[0]}/{w[1]}.css"><link rel="icon" href="/favicon.ico">'
        f'<script async src="https://www.googletagmanager.com/gtag/js?id={shop.tracker}"></script>{counter}</head>\n'
        f'<body class="{w[14]}">{inner}<script src="/{w[0]}/{w[2]}.js"></script></body>\n</html>\n'
    )


def _cards(shop: Shop, products: tuple[Product, ...]) -> str:
    w, made = shop.theme.words, []
    for product in products:
        name, price, href = _e(_name(shop, product)), _price(shop, product), f"/product/{product.sku.lower()}"
        picture = f'<img src="/pictures/{product.sku.lower()}.jpg" alt="{name}" width="120" height="120">'
        match shop.theme.card:
            case 0:
                made.append(
                    f'<li class="{w[15]}"><a href="{href}">{picture}<b>{name}</b></a> <span class="{w[16]}">{price}</span></li>'
                )
            case 1:
                made.append(
                    f'<div class="{w[15]}"><div class="{w[17]}">{picture}</div><h3><a href="{href}">{name}</a></h3><p class="{w[16]}">{price}</p></div>'
                )
            case 2:
                made.append(
                    f'<article class="{w[15]}"><h2><a href="{href}">{name}</a></h2>{picture}<footer><em class="{w[16]}">{price}</em></footer></article>'
                )
            case _:
                made.append(
                    f'<p class="{w[15]}"><a class="{w[17]}" href="{href}">{picture}<br>{name}</a><br><strong class="{w[16]}">{price}</strong></p>'
                )
    tag = "ul" if shop.theme.card == 0 else "div"
    return f'<{tag} class="{w[18]}">{"".join(made)}</{tag}>'


def _product(shop: Shop, product: Product) -> str:
    w, label, name, price = shop.theme.words, LABELS[shop.language], _name(shop, product), _price(shop, product)
    offer = {
        "@type": "Offer",
        "price": f"{product.price / 100:.2f}",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
    }
    facts = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "sku": product.sku,
        "image": f"/pictures/{product.sku.lower()}.jpg",
        "offers": offer,
    }
    return (
        f'<div class="{w[19]}"><h1>{_e(name)}</h1><img src="/pictures/{product.sku.lower()}.jpg" alt="{_e(name)}"><p class="{w[16]}">{price}</p>'
        f'<p class="{w[20]}">{label["number"]}: {product.sku}</p><form action="/cart" method="post"><input type="hidden" name="item" value="{product.sku}">'
        f'<button class="{w[21]}">{label["buy"]}</button></form></div><script type="application/ld+json">{json.dumps(facts)}</script>'
    )


def _payment(shop: Shop) -> str:
    label = LABELS[shop.language]
    form = f'<form action="https://{shop.gateway}/pay" method="post"><input type="hidden" name="merchant_id" value="{shop.merchant}"><button>{label["pay"]}</button></form>'
    if shop.payment == "accepted":
        return f'<p>{label["cards"]}</p><p><img src="/pay/visa.png" alt="Visa"> <img src="/pay/mastercard.png" alt="MasterCard"></p>{form}'
    return f"<p>{label[shop.payment]}</p>" + (form if shop.payment == "unavailable" else "")


def _login(shop: Shop) -> str:
    label = LABELS[shop.language]
    return f'<form action="/login" method="post"><label>{label["mail"]} <input type="email" name="mail"></label><label>{label["password"]} <input type="password" name="password"></label><button>{label["login"]}</button></form>'


def _contact(shop: Shop) -> str:
    return f'<p>{_e(shop.company)}<br>{_e(shop.city)}</p><p>{shop.phone}</p><p><a href="mailto:hello@{shop.host}">hello@{shop.host}</a></p>'


def _farewell(shop: Shop) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>{_e(shop.brand)}: goodbye</title></head><body><h1>{_e(shop.brand)} has closed</h1><article><h2>Thank you</h2><p>After five years our shop has closed for good. Orders placed before Sunday will still be sent. This blog stays open for a while.</p><p>Posted by the team of {_e(shop.brand)}</p></article></body></html>'


_ENDED = {
    "parked": '<!DOCTYPE html><html><head><title>{host}</title></head><body><h1>{host}</h1><p>This domain is parked free of charge.</p><p>The domain {host} may be for sale. <a href="/buy">Buy this domain</a></p><ul><li><a href="/s1">Related searches</a></li><li><a href="/s2">Online shopping</a></li></ul></body></html>',
    "suspended": "<!DOCTYPE html><html><head><title>Account Suspended</title></head><body><h1>This Account has been suspended.</h1><p>Contact your hosting provider for more information.</p></body></html>",
}  # fmt: skip


def _css(shop: Shop) -> str:
    w, dark, middle, light = shop.theme.words, *shop.palette
    rng = random.Random(shop.theme.mark)
    rules = [
        f".{word}{{margin:{rng.randrange(0, 20)}px;padding:{rng.randrange(0, 30)}px {rng.randrange(0, 30)}px;line-height:1.{rng.randrange(2, 8)}}}"
        for word in w[3:22]
    ]
    return (
        f"body{{background:{light};color:{dark};font-family:{rng.choice(('Georgia,serif', 'Verdana,sans-serif', 'Helvetica,sans-serif'))}}}\na{{color:{middle}}}\n"
        + "\n".join(rules)
        + "\n"
    )


def _script(shop: Shop) -> str:
    w = shop.theme.words
    return f"(function(){{var {w[2]}=document.querySelectorAll('.{w[21]}');for(var i=0;i<{w[2]}.length;i++){{{w[2]}[i].addEventListener('mouseover',function(){{this.classList.toggle('{w[22]}')}})}}var {w[23]}=Math.round(window.innerWidth/{len(w[3]) * 37});document.body.setAttribute('data-{w[22]}',{w[23]})}})();\n"


@lru_cache(maxsize=1024)
def _logo(text: str, ground: str, ink: str) -> bytes:
    rng = random.Random(text)
    image = Image.new("RGB", (200, 60) if len(text) > 1 else (32, 32), ground)
    draw = ImageDraw.Draw(image)
    for _ in range(7):
        x, y = rng.randrange(image.width), rng.randrange(image.height)
        draw.ellipse((x - 9, y - 6, x + rng.randrange(3, 30), y + rng.randrange(3, 20)), outline=ink, width=2)
    draw.text((8, image.height // 3), text, fill=ink)
    return _saved(image, "PNG")


@lru_cache(maxsize=4096)
def _picture(sku: str) -> bytes:
    rng = random.Random(sku)
    image = Image.new("RGB", (120, 120), f"#{rng.randrange(0x1000000):06x}")
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, size = rng.randrange(120), rng.randrange(120), rng.randrange(8, 50)
        draw.rectangle((x, y, x + size, y + size // 2), fill=f"#{rng.randrange(0x1000000):06x}")
    return _saved(image, "JPEG")


def _saved(image: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form)
    return stream.getvalue()


def _name(shop: Shop, product: Product) -> str:
    return product.french if shop.language == "fr" else product.english


def _price(shop: Shop, product: Product) -> str:
    return f"{product.price / 100:.2f}".replace(".", ",") + " €" if shop.language == "fr" else f"€{product.price / 100:.2f}"


def _e(text: str) -> str:
    return html.escape(text)
