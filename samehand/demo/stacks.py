"""Web server software of 2007 as it shows from outside: header order, cookies and the default error page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from samehand.demo.world import Reply

__all__ = ["APACHE", "APACHE_STATIC", "IIS", "NGINX", "NGINX_PHP", "Stack", "house_stack"]

_APACHE_404 = """<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<HTML><HEAD>
<TITLE>404 Not Found</TITLE>
</HEAD><BODY>
<H1>Not Found</H1>
The requested URL was not found on this server.<P>
<HR>
<ADDRESS>Apache/1.3.37 Server at {host} Port 80</ADDRESS>
</BODY></HTML>
"""
_NGINX_404 = """<html>
<head><title>404 Not Found</title></head>
<body bgcolor="white">
<center><h1>404 Not Found</h1></center>
<hr><center>nginx/0.5.20</center>
</body>
</html>
"""
_IIS_404 = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<HTML><HEAD><TITLE>The page cannot be found</TITLE>
<META HTTP-EQUIV="Content-Type" Content="text/html; charset=Windows-1252"></HEAD>
<BODY><h1>The page cannot be found</h1>
The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.
<hr><h2>HTTP Error 404 - File or directory not found.<br>Internet Information Services (IIS)</h2>
</BODY></HTML>
"""


@dataclass(frozen=True, slots=True)
class Stack:
    """One server's habits. ``order`` names the headers of a page in the order they go out; assets leave ``page_only`` out.

    ``fixed`` gives the values that do not depend on the answer; ``cookie`` is the session cookie's name (empty: none).
    """

    order: tuple[str, ...]
    fixed: dict[str, str]
    cookie: str
    error_page: str
    page_only: frozenset[str] = frozenset({"Set-Cookie", "P3P", "X-Powered-By", "Expires", "Cache-Control", "Pragma"})

    def reply(
        self, status: int, media_type: str, body: bytes, *, host: str, when: datetime, more: tuple[tuple[str, str], ...] = ()
    ) -> Reply:
        """One answer of this server at ``when``, ``more`` headers last."""
        page = media_type.startswith("text/html")
        values = {
            "Date": format_datetime(when, usegmt=True),
            "Content-Type": media_type,
            "Content-Length": str(len(body)),
            **self.fixed,
        }
        if self.cookie:
            session = hashlib.sha256(f"{host}{self.cookie}{when}".encode()).hexdigest()[:26]
            values["Set-Cookie"] = f"{self.cookie}={session}; path=/"
        names = [name for name in self.order if name in values and (page or name not in self.page_only)]
        return Reply(status, (*((name, values[name]) for name in names), *more), body)

    def default_error(self, *, host: str, when: datetime) -> Reply:
        """What this software answers when nobody wrote an error page."""
        return self.reply(404, "text/html; charset=iso-8859-1", self.error_page.format(host=host).encode(), host=host, when=when)


_EXPIRED = {
    "Expires": "Thu, 19 Nov 1981 08:52:00 GMT",
    "Cache-Control": "no-store, no-cache, must-revalidate",
    "Pragma": "no-cache",
}
_KEEP = {"Connection": "keep-alive"}
_APACHE_ORDER = (
    "Date",
    "Server",
    "X-Powered-By",
    "Set-Cookie",
    "Expires",
    "Cache-Control",
    "Pragma",
    "Content-Length",
    "Connection",
    "Content-Type",
)

#: Apache with PHP, as every second shared host had it.
APACHE = Stack(
    _APACHE_ORDER, {"Server": "Apache/1.3.37 (Unix)", "X-Powered-By": "PHP/4.4.4", **_EXPIRED, **_KEEP}, "PHPSESSID", _APACHE_404
)
#: Apache serving files.
APACHE_STATIC = Stack(_APACHE_ORDER, {"Server": "Apache/1.3.37 (Unix)", **_KEEP}, "", _APACHE_404)
NGINX = Stack(
    ("Server", "Date", "Content-Type", "Content-Length", "Connection"), {"Server": "nginx/0.5.20", **_KEEP}, "", _NGINX_404
)
NGINX_PHP = Stack(
    (
        "Server",
        "Date",
        "Content-Type",
        "Content-Length",
        "Connection",
        "X-Powered-By",
        "Set-Cookie",
        "Expires",
        "Cache-Control",
        "Pragma",
    ),
    {"Server": "nginx/0.5.20", "X-Powered-By": "PHP/5.2.1", **_EXPIRED, **_KEEP},
    "PHPSESSID",
    _NGINX_404,
)
IIS = Stack(
    ("Content-Length", "Content-Type", "Server", "X-Powered-By", "Date", "Connection", "Set-Cookie", "Cache-Control"),
    {"Server": "Microsoft-IIS/6.0", "X-Powered-By": "ASP.NET", "Cache-Control": "private", **_KEEP},
    "ASP.NET_SessionId",
    _IIS_404,
)


def house_stack(cookie: str, node_header: str, order: tuple[str, ...]) -> Stack:
    """The operator's own front end: a cookie nobody else sets and an order of headers that no stock server has."""
    fixed = {
        "Server": "httpd",
        node_header: "front",
        "P3P": 'CP="NOI DSP COR CURa ADMa DEVa OUR STP"',
        "Cache-Control": "private, max-age=0",
        **_KEEP,
    }
    names = tuple(node_header if name == "node" else name for name in order)
    return Stack(names, fixed, cookie, _NGINX_404)
