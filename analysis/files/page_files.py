"""The files and releases that a page's tags name, worked out once for each run of tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from analysis.files.asset_names import NameTold, name_told, split_address
from analysis.once import Answers
from analysis.page.runs import Run
from analysis.page.tags import Tag

__all__ = ["FILES_OF_RUNS", "NAMES_OF_PATHS", "FilesNamed"]

_NAMES_PER_RUN = 600
_METAS_PER_RUN = 60
_LONGEST = 2_083
#: Attributes by which tags name files.
_NAMING: Final = (("link", ("href",)), ("script", ("src",)), ("img", ("src", "data-src", "data-original")))
_TELLING: Final = frozenset(("link", "script", "img", "meta", "base"))
_ABSOLUTE = ("https://", "http://", "//")
_NO_FILE = ("data:", "?", "#")
#: An address from the root of the own host that is its own path already.
_FROM_ROOT = re.compile(r"((?:/(?![/.])[^/?#\t\r\n]*)+)(?:[?#].*)?", re.DOTALL)
#: What the name of every stamped picture has.
_DIGITS = re.compile(r"\d{4}")
_RELEASES: Final = frozenset(
    ("build", "build-id", "build-number", "buildid", "release", "revision", "commit", "git-commit", "app-version", "deploy")
) | {"deployment-id"}
_BUILD_VALUE = re.compile(r"^(?=.{0,39}\d)[\w.:+-]{7,60}$")

#: What the names of files say, by their path.
NAMES_OF_PATHS: Final = Answers(name_told, most=16_384)


class FilesNamed:
    """What one run names: ``own`` are files from the root of the page's own host, ``elsewhere`` absolute addresses, and
    ``relative`` ones as written.

    ``releases`` are the value and the name of what declares a release; ``has_base``: it says what addresses are relative to.
    ``is_steady``: another page with this run adds nothing.
    """

    __slots__ = ("elsewhere", "has_base", "is_steady", "own", "relative", "releases")

    def __init__(self, tags: list[Tag]) -> None:
        own: dict[NameTold, None] = {}
        elsewhere: dict[str, None] = {}
        relative: dict[str, None] = {}
        for target in islice(_addresses(tags), _NAMES_PER_RUN):
            if found := _FROM_ROOT.fullmatch(target):
                if told := NAMES_OF_PATHS[found[1]]:
                    own[told] = None
            elif target.startswith(_ABSOLUTE):
                elsewhere[target] = None
            else:
                relative[target] = None
        self.own = tuple(own)
        self.elsewhere = tuple(elsewhere)
        self.relative = tuple(relative)
        self.releases = tuple(filter(None, map(_release, [tag for tag in tags if tag.name == "meta"][:_METAS_PER_RUN])))
        self.has_base = any(tag.name == "base" for tag in tags)
        # a relative address is another one elsewhere; of stamped pictures the kinds of page count
        self.is_steady = not relative and not any(told.is_stamped for told in own) and not any(map(_may_be_stamped, elsewhere))


def _of_run(run: Run) -> FilesNamed | None:
    tags = [tag for tag in run.tags if tag.name in _TELLING and tag.opens]
    return FilesNamed(tags) if tags else None


def _addresses(tags: Iterable[Tag]) -> Iterator[str]:
    """The files that tags ask for, as written: those of links first, then scripts, then pictures."""
    for name, asked in _NAMING:
        for tag in tags:
            if tag.name == name:
                attributes = tag.head.attributes
                for attribute in asked:
                    address = attributes.get(attribute, "").strip()
                    if address and len(address) < _LONGEST and not address.startswith(_NO_FILE):
                        yield address


def _may_be_stamped(address: str) -> bool:
    if _DIGITS.search(address) is None:
        return False
    told = NAMES_OF_PATHS[split_address(address)[1]]
    return told is not None and told.is_stamped


def _release(meta: Tag) -> tuple[str, str] | None:
    """The release that a ``meta`` declares, and under which name."""
    name = meta.head.attributes.get("name", "")
    if name.lower() not in _RELEASES:
        return None
    content = meta.head.attributes.get("content", "").strip()
    return (content, name) if _BUILD_VALUE.match(content[:80]) else None


#: What runs name; None for most of them.
FILES_OF_RUNS: Final = Answers(_of_run, most=8_192, longest=400)
