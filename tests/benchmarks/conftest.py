"""One small made-up shop, whole enough for every mutation to bite."""

import hashlib
import io

import pytest
from PIL import Image

from crawler.captures import Capture, HostKind, Outcome, Resource, Role

HOME = """<!doctype html>
<html><head><title>Lamps</title><!-- made by hand -->
<link rel="stylesheet" href="/css/main.css"><link rel="canonical" href="https://lamps.example/">
<script>gtag('config', 'G-ABCDE12345');</script></head>
<body class="page wide">
<header class="top"><a href="/">Home</a> <a href="/cart">Cart</a> <a href="/contact">Contact</a></header>
<section class="cards"><h2>Lamps</h2><div class="card"><img src="/img/lamp-one.png"> <b>$ 20.50</b></div></section>
<section class="words"><p>We bend every lamp ourselves.</p></section>
<footer class="foot">owner@lamps.example</footer>
</body></html>"""
TERMS = "<!doctype html><html><head><title>Terms</title></head><body><main><p>Lamps are sent in nine days.</p></main></body></html>"
STYLE = ".card{color:#12ab9f;width:10.5px}\n.top > .wide{background:rgb(1, 2, 3)}"


def resource(path: str, body: bytes, role: Role, media_type: str) -> Resource:
    headers = (
        ("Server", "nginx"),
        ("Date", "Mon, 02 Mar 2026 09:00:00 GMT"),
        ("Content-Type", media_type),
        ("Set-Cookie", "lampsession=1; Path=/"),
    )
    url = f"https://lamps.example{path}"
    return Resource(url, 200, headers, body, hashlib.sha256(body).hexdigest(), "2026-03-02T09:00:00Z", role)


@pytest.fixture
def shop() -> Capture:
    picture = Image.new("RGB", (40, 40), "white")
    picture.paste("red", (5, 5, 30, 20))
    png = io.BytesIO()
    picture.save(png, format="PNG")
    resources = (
        resource("/", HOME.encode(), Role.HOME, "text/html; charset=utf-8"),
        resource("/css/main.css", STYLE.encode(), Role.STYLE, "text/css"),
        resource("/favicon.ico", png.getvalue(), Role.ICON, "image/png"),
        resource("/img/lamp-one.png", png.getvalue(), Role.IMAGE, "image/png"),
        resource("/terms", TERMS.encode(), Role.TERMS, "text/html; charset=utf-8"),
    )
    return Capture("lamps.example", "https://lamps.example/", HostKind.STOREFRONT, Outcome.FINISHED, "", resources)
