"""Which addresses a crawl may connect to. One parser reads the host for the check and for the connection.

The list is our own: ``ipaddress.is_global`` calls NAT64 and 6to4 forms of loopback, multicast and others global.
A name is resolved once; every answer must pass, else the name is refused whole; the connection goes to an address that
passed. The only exception are the exact addresses that the user's hosts file names for that very name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.hostsfile import HostEntry, HostsFile
from crawler.names import tidy_url

__all__ = ["PORTS", "AddressRefusedError", "Guard", "NotInHostsError", "Target", "UnresolvedError", "plain_url", "refusal"]

PORTS = frozenset({80, 443, 8080, 8443})  # where shops are served; any other port only when a candidate was given with it

_KEEP_SECONDS = 300.0  # a name is looked up again after this long, and checked again
_MAX_NAMES = 20_000  # names kept looked-up; more are looked up again
_RESOLVE_SECONDS = 10.0
_RESOLVERS = 16  # look-ups under way at once; getaddrinfo blocks a thread each

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED_V4 = tuple(
    (ipaddress.IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    (ipaddress.IPv6Network(network), why)
    for network, why in (
        ("2001::/23", "protocol assignments, Teredo among them"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
    )
)


class AddressRefusedError(Exception):
    """The guard does not allow this connection; the message says why in plain words."""


class NotInHostsError(AddressRefusedError):
    """The name is not in the hosts file and nothing else may be contacted."""


class UnresolvedError(Exception):
    """The name has no address."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked destination: the plain name and port of the URL, and the addresses and port to connect to."""

    host: str
    port: int
    endpoints: tuple[tuple[str, int], ...]
    named: bool  # by the hosts file


def refusal(address: Address) -> str | None:
    """Why the address may not be connected to, or None when it is a public unicast address."""
    if isinstance(address, ipaddress.IPv4Address):
        return next((why for network, why in _REFUSED_V4 if address in network), None)
    if address.scope_id is not None:
        return "scoped"
    if address not in _GLOBAL_V6:
        return "not global unicast"
    return next((why for network, why in _REFUSED_V6 if address in network), None)


def plain_url(url: str) -> tuple[str, str, int]:
    """The URL as it is asked for (no credentials, no fragment, host in A-labels), its host and port.

    Raises ``AddressRefusedError`` for other schemes than http and https, for spellings of numeric addresses that parsers
    read differently, and for what is no host name at all.
    """
    tidy = tidy_url(url)
    if tidy is None:
        raise AddressRefusedError("not an http or https address, or its host is written in an odd way")
    parts = urlsplit(tidy)
    return tidy, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


async def _system_addresses(name: str, executor: ThreadPoolExecutor) -> list[str]:
    loop = asyncio.get_running_loop()
    query = loop.run_in_executor(executor, lambda: socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))
    found = await asyncio.wait_for(query, _RESOLVE_SECONDS)
    return [str(row[4][0]) for row in found]


class Guard:
    """Checks destinations for one crawl.

    ``hosts`` is the user's file, ``hosts_only`` keeps the crawl inside it, ``own_ports`` are the (name, port) pairs that
    candidates were given with. ``resolve`` returns the addresses of a name; the system's resolver by default.
    """

    def __init__(
        self,
        hosts: HostsFile,
        *,
        hosts_only: bool = False,
        own_ports: Iterable[tuple[str, int]] = (),
        resolve: Callable[[str], Awaitable[list[str]]] | None = None,
    ) -> None:
        self.hosts = hosts
        self.hosts_only = hosts_only
        self._own_ports = frozenset(own_ports)
        own: dict[str, set[int]] = {}
        for name, port in self._own_ports:
            own.setdefault(name, set()).add(port)
        self._named = {
            (entry.address, entry.port(port))
            for name, entries in hosts.names.items()
            for entry in entries
            for port in (*PORTS, entry.http_port, entry.https_port, *own.get(name, ()))
        }
        self._resolve = resolve
        self._executor: ThreadPoolExecutor | None = None
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}

    async def target(self, host: str, port: int) -> Target:
        """The checked destination of a host as ``plain_url`` gave it.

        Raises ``AddressRefusedError`` (``NotInHostsError`` among them) or ``UnresolvedError``.
        """
        entries = self.hosts.entries(host)
        if port not in PORTS and (host, port) not in self._own_ports and not _among(entries, port):
            raise AddressRefusedError(f"port {port} is not one that shops are served on")
        if entries:
            return Target(host, port, tuple((entry.address, entry.port(port)) for entry in entries), named=True)
        if self.hosts_only:
            raise NotInHostsError("the name is not in the hosts file")
        addresses = await self._addresses(host)
        for address in addresses:
            if (why := refusal(ipaddress.ip_address(address))) is not None:
                raise AddressRefusedError(f"the name leads to {address} ({why})")
        # IPv4 first: a machine without IPv6 would otherwise wait for it on every connection.
        ordered = sorted(addresses, key=lambda address: (":" in address, address))
        return Target(host, port, tuple((address, port) for address in ordered), named=False)

    def may_connect(self, address: str, port: int) -> bool:
        """The last check, on the address a socket is about to be opened to."""
        try:
            plain = ipaddress.ip_address(address)
        except ValueError:
            return False
        if refusal(plain) is None:
            return not self.hosts_only or (str(plain), port) in self._named
        return (str(plain), port) in self._named

    def close(self) -> None:
        """Ends the look-ups under way."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)

    async def _addresses(self, host: str) -> tuple[str, ...]:
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            pass
        if "." not in host:
            raise AddressRefusedError("a name without a dot is of the local network")
        now = time.monotonic()
        known = self._known.get(host)
        if known is not None and known[0] > now:
            return known[1]
        try:
            if self._resolve is not None:
                found = await self._resolve(host)
            else:
                if self._executor is None:
                    self._executor = ThreadPoolExecutor(_RESOLVERS, "resolve")
                found = await _system_addresses(host, self._executor)
        except TimeoutError:
            raise UnresolvedError("the name was not resolved in time") from None
        except (OSError, UnicodeError):
            raise UnresolvedError("the name does not resolve") from None
        addresses = tuple(dict.fromkeys(found))
        if not addresses:
            raise UnresolvedError("the name has no address")
        if len(self._known) >= _MAX_NAMES:
            self._known.clear()
        self._known[host] = (now + _KEEP_SECONDS, addresses)
        return addresses


def _among(entries: tuple[HostEntry, ...], port: int) -> bool:
    return any(port in (entry.http_port, entry.https_port) for entry in entries)
