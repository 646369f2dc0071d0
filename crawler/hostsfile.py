"""The hosts file: names whose addresses the user gives himself, before any resolver is asked.

The format is that of hosts(5), ``ADDRESS NAME [NAME...]`` with ``#`` comments. An address may also carry the ports
that stand in for 80 and 443: ``127.0.0.1:18080,18443 shop.example`` or ``[::1]:18080,18443 shop.example``. Addresses
and archive keep the plain name; the ports are where the connection goes.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.names import tidy_host
from crawler.problems import InputProblem

__all__ = ["HostEntry", "HostsFile", "HostsFileError", "read_hosts"]

_MAX_BYTES = 16 * 1024 * 1024  # a hosts file of a whole world of a million names is about this large


class HostsFileError(InputProblem):
    """A line of a hosts file that cannot be used; the message names file, line and mend."""


@dataclass(frozen=True, slots=True)
class HostEntry:
    """Where one name is: an address and the ports that stand in for 80 and 443."""

    address: str
    http_port: int = 80
    https_port: int = 443

    def port(self, url_port: int) -> int:
        """The port to connect to for a URL's port."""
        return {80: self.http_port, 443: self.https_port}.get(url_port, url_port)


@dataclass(frozen=True, slots=True)
class HostsFile:
    """Names to the addresses given for them, in the order of the file."""

    names: Mapping[str, tuple[HostEntry, ...]] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def entries(self, name: str) -> tuple[HostEntry, ...]:
        """The entries of one name; empty when the file does not name it."""
        return self.names.get(name, ())


def read_hosts(path: Path) -> HostsFile:
    """Reads a hosts file; raises ``HostsFileError`` on the first line that cannot be used and OSError when it cannot be read."""
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise HostsFileError(f"{path}: larger than {_MAX_BYTES // 1024 // 1024} MiB: is this a hosts file?")
    names: dict[str, list[HostEntry]] = {}
    for number, raw in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        fields = raw.partition("#")[0].split()
        if not fields:
            continue
        where = f"{path}:{number}"
        entry = _entry(fields[0], where)
        if len(fields) == 1:
            raise HostsFileError(f"{where}: an address without a name; write `{fields[0]} shop.example`")
        for written in fields[1:]:
            name = tidy_host(written)
            if name is None or _is_address(name):
                raise HostsFileError(f"{where}: {written[:80]!r} is not a host name; write a plain name such as shop.example")
            known = names.setdefault(name, [])
            if entry not in known:
                known.append(entry)
    return HostsFile({name: tuple(entries) for name, entries in names.items()})


def _entry(written: str, where: str) -> HostEntry:
    address, ports = written, ""
    if written.startswith("["):
        address, closed, rest = written[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise HostsFileError(f"{where}: {written[:80]!r} is not an address; write `[::1]:18080,18443 shop.example`")
        ports = rest[1:] if rest else ""
        with_ports = bool(rest)
    else:
        with_ports = written.count(":") == 1
        if with_ports:
            address, _, ports = written.partition(":")
    try:
        plain = ipaddress.ip_address(address)
    except ValueError:
        mend = "write the address first: `127.0.0.1 shop.example` or `127.0.0.1:18080,18443 shop.example`"
        raise HostsFileError(f"{where}: {written[:80]!r} is not an address; {mend}") from None
    if not with_ports:
        return HostEntry(str(plain))
    numbers = ports.split(",")
    if len(numbers) > 2 or not all(number.isascii() and number.isdigit() and 1 <= len(number) <= 5 for number in numbers):
        raise HostsFileError(f"{where}: {ports[:80]!r} are not ports; write HTTP,HTTPS as in `127.0.0.1:18080,18443 shop.example`")
    values = [int(number) for number in numbers]
    if not all(1 <= value <= 65535 for value in values):
        raise HostsFileError(f"{where}: a port is between 1 and 65535")
    return HostEntry(str(plain), values[0], values[1] if len(values) == 2 else 443)


def _is_address(name: str) -> bool:
    return ":" in name or name.rpartition(".")[2].isdigit()
