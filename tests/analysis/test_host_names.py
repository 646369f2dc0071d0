"""Host names in running text."""

from __future__ import annotations

import pytest

from analysis.host_names import hosts_in


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see second.net, or www.third.example/x", ["second.net", "third.example"]),
        ("write to help@fourth.music", ["fourth.music"]),
        ("https://fifth.guru/a and https:\\/\\/sixth.com\\/", ["fifth.guru", "sixth.com"]),
        ("jquery.min.js style.css index.php", []),
        ("He said so.Then garage.Upon and -@brands.each do", []),
        ("obj.field.call(x) a.b=c", []),
        ("no dot here", []),
        ("a wide choice.It comes in blue", []),
        ("radio\u00adfirst\u00adsecond.net", []),
        ("div.top{ color: red } h.info),e", []),
        ("https://second.netStove-P145.aspx", []),
        (r"location.replace(\u0027second.net\u0027, \"third.net\")", ["second.net", "third.net"]),
        (r"line\nsecond.net", []),
    ],
)
def test_hosts_in(text: str, hosts: list[str]) -> None:
    assert [host for host, _ in hosts_in(text)] == hosts


def test_places_are_told() -> None:
    assert list(hosts_in("at second.net")) == [("second.net", 3)]
