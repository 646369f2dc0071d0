"""Comments of services are told apart from somebody's own."""

from __future__ import annotations

import pytest

from analysis.structure.snippet_comments import is_of_snippet


@pytest.mark.parametrize(
    "comment",
    [
        "begin comscore tag",
        "end of statcounter code for default guide",
        "yoast seo premium plugin.",
        "sitecatalyst code version: h.21.",
        "global site tag (gtag.js) - google analytics",
    ],
)
def test_of_a_snippet(comment: str) -> None:
    assert is_of_snippet(comment)


@pytest.mark.parametrize(
    "comment", ["header section begin", "comscore for the cellar shop", "start of our lamp banner", "do not remove"]
)
def test_somebody_s_own(comment: str) -> None:
    assert not is_of_snippet(comment)
