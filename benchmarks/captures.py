"""Archived captures changed in memory: bodies, addresses and headers, with digests that fit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from analysis.page.reading import is_html
from crawler.captures import Capture, Resource, Role

__all__ = ["is_page", "is_style", "is_text", "with_body", "with_pages", "with_resources"]


def with_body(resource: Resource, body: bytes) -> Resource:
    """The same answer with another body."""
    return resource if body == resource.body else replace(resource, body=body, digest=hashlib.sha256(body).hexdigest())


def with_resources(capture: Capture, change: Callable[[Resource], Resource]) -> Capture:
    """Every resource changed, still in order of URL and one per URL."""
    changed = {new.url: new for new in map(change, capture.resources)}
    return replace(capture, resources=tuple(changed[url] for url in sorted(changed)))


def with_pages(capture: Capture, change: Callable[[str], str]) -> Capture:
    """Every HTML page's text changed; bytes that are no UTF-8 go through as they are."""

    def turn(resource: Resource) -> Resource:
        if not is_page(resource):
            return resource
        text = change(resource.body.decode("utf-8", "surrogateescape"))
        return with_body(resource, text.encode("utf-8", "surrogateescape"))

    return with_resources(capture, turn)


def is_page(resource: Resource) -> bool:
    """An HTML page."""
    return resource.role.is_page and bool(resource.body) and is_html(resource)


def is_style(resource: Resource) -> bool:
    """A style sheet."""
    return resource.role is Role.STYLE


def is_text(resource: Resource) -> bool:
    """A page, style sheet or script."""
    return is_page(resource) or resource.role in (Role.STYLE, Role.SCRIPT, Role.MANIFEST)
