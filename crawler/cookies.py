"""Cookies: one small jar per storefront, thrown away after the visit."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares import cookies as scrapy_cookies
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response

from crawler.names import is_public_suffix

__all__ = ["StorefrontCookies"]

# Scrapy would fetch the Public Suffix List from the network for this question, whatever --hosts-only says.
scrapy_cookies._is_public_domain = is_public_suffix  # type: ignore[assignment]  # the parameter has another name

MAX_COOKIES = 50  # of one visit; shops set about ten, a jar without a limit grew by 18 MiB a page under attack
MAX_SET = 32 * 1024  # bytes of Set-Cookie fields taken from one response


class StorefrontCookies(CookiesMiddleware):
    """Scrapy's cookies with a bound. The jar is chosen by ``meta["cookiejar"]``, the storefront's name."""

    def process_response(self, request: Request, response: Response) -> Response:  # type: ignore[override]  # Scrapy 2.19 warns of a spider argument
        """Takes cookies while there is room for them."""
        jar = self.jars[request.meta.get("cookiejar")]
        sent = response.headers.getlist("Set-Cookie")
        if len(jar) + len(sent) > MAX_COOKIES or sum(map(len, sent)) > MAX_SET:
            return response
        super().process_response(request, response)
        return response

    def forget(self, name: str) -> None:
        """Throws the jar of one storefront away."""
        self.jars.pop(name, None)
