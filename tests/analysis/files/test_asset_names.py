"""Names of files that say something of who put them there."""

from __future__ import annotations

import pytest

from analysis.files.asset_names import name_told


@pytest.mark.parametrize(
    "path",
    ["/favicon.ico", "/favicon-32x32.png", "/apple-touch-icon-120x120.png", "/android-chrome-192x192.png", "/site.webmanifest"],
)
def test_icons_as_generators_name_them_say_nothing(path: str) -> None:
    assert name_told(path) is None


@pytest.mark.parametrize("path", ["/favicon-cellar.png", "/img/favicon-32x32.png", "/lamp-120x120.png"])
def test_other_names_do(path: str) -> None:
    told = name_told(path)
    assert told is not None
    assert told.is_picture
