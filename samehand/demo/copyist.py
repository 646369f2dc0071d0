"""What ``wget -r -p -k -E`` makes of a shop: static files, links to what was fetched made relative, all others absolute."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime

from samehand.demo.names import Brand
from samehand.demo.stacks import Stack
from samehand.demo.world import Reply, Site

__all__ = ["wget_copy"]

_LINK = re.compile(r'\b(href|src|action)="(/[^"]*)"')
_CSS_URL = re.compile(r"url\((/[^)\"']*)\)")
_HTML = "text/html"


def wget_copy(source: Site, brand: Brand, when: datetime, stack: Stack, address: str, payee: tuple[Brand, str, str]) -> Site:
    """``source`` as a fraudster serves it at ``brand.host``: nothing replaced but the payee.

    ``payee`` is (the shop copied, gateway host, merchant id): these two stand where the original's stood. What
    robots.txt forbids was not fetched. The tracker, canonical links and the log-in form's target stay as they were.
    """
    original, gateway, merchant = payee
    fetched = {path: reply for path, reply in source.replies.items() if not path.startswith(("/cart/", "/robots.txt"))}
    names = {path: _file_name(path, reply) for path, reply in fetched.items()}
    replies: dict[str, Reply] = {}
    for path, reply in fetched.items():
        media_type = _type(reply)
        body = reply.body
        if media_type.startswith((_HTML, "text/css")):
            text = _converted(body.decode(), path, names, source.host, is_css=media_type.startswith("text/css"))
            text = text.replace(f"secure.{original.gateway}", f"secure.{gateway}").replace(
                f'value="{original.merchant}"', f'value="{merchant}"'
            )
            body = text.replace(f"merchant_id={original.merchant}", f"merchant_id={merchant}").encode()
        made = stack.reply(200, media_type.partition(";")[0], body, host=brand.host, when=when)
        replies[names[path]] = made
    replies["/"] = replies["/index.html"]
    return Site(brand.role, brand.host, address, replies, stack.default_error(host=brand.host, when=when))


def _type(reply: Reply) -> str:
    return next(value for name, value in reply.headers if name == "Content-Type")


def _file_name(path: str, reply: Reply) -> str:
    if path.endswith("/"):
        return f"{path}index.html"
    return path if not _type(reply).startswith(_HTML) or path.endswith(".html") else f"{path}.html"


def _converted(text: str, path: str, names: dict[str, str], host: str, *, is_css: bool) -> str:
    here = posixpath.dirname(names[path])

    def target(href: str) -> str:
        known = names.get(href)
        return f"http://{host}{href}" if known is None else posixpath.relpath(known, here)

    if is_css:
        return _CSS_URL.sub(lambda found: f"url({target(found[1])})", text)
    return _LINK.sub(lambda found: f'{found[1]}="{target(found[2])}"', text)
