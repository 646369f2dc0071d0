"""Words that a platform lays on every shop before anybody writes one: its default privacy policy, sample page, comment form.

They stand in its programs as calls for a translation, and in the message catalogues that it ships (gettext's ``.mo``) in
other languages. A program is read as text, never run: the calls of the named functions in order, each with the element
that is written before it. The policy is said twice, with the marks "Suggested text:" that owners leave and without.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import GNUTranslations
from io import BytesIO
from typing import Final

from analysis.reference.packages import PackageFile
from crawler.captures import Role

__all__ = ["DefaultPage", "default_pages"]

#: What stands for the storefront's own address.
_ADDRESS: Final = "https://reference.invalid"
_MARK: Final = "Suggested text:"
#: One call for a translation: ``__( 'words' )``, ``_x( 'words', 'context' )``, with the mark and the element before it.
_CALL: Final = re.compile(
    r"""(?:(?P<tag><(?:h2|p))(?P<attributes>[^<>]{0,80})>['"]\s{0,9}\.\s{0,9})?(?P<marked>\$suggested_text\s{0,9}\.\s{0,9})?"""
    r"""(?:sprintf\(\s{0,9})?(?<![\w$>])(?:esc_html|esc_attr)?_?_(?P<variant>[_xe])\(\s{0,99}"""
    r"""(?P<quote>['"])(?P<message>(?:[^'"\\]|\\.|(?!(?P=quote))['"]){1,4000}?)(?P=quote)"""
    r"""(?:,\s{0,9}'(?P<context>[^'\\]{1,200})')?""",
    re.DOTALL,
)
_COMMENT: Final = re.compile(r"/\*.{0,2000}?\*/", re.DOTALL)
_NEXT_FUNCTION: Final = re.compile(r"\n\t?(?:(?:public|private|protected|static) ){0,3}function ")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_LOCALE: Final = re.compile(r"(?:^|[/-])([a-z]{2,3}(?:_[A-Z]{2})?(?:_[a-z]{2,20})?)\.mo$")
#: Blanks of a message from which on it is a text and no label.
_TEXT_BLANKS: Final = 5
#: Languages of one package.
_LOCALES: Final = 200


@dataclass(frozen=True, slots=True)
class _Source:
    """A function of a program, and what the words in it become; ``laid_out`` ones name the element of each text."""

    path: str
    function: str
    role: Role
    laid_out: bool = False


_SOURCES: Final = (
    _Source("wp-admin/includes/class-wp-privacy-policy-content.php", "get_default_content", Role.PRIVACY, laid_out=True),
    _Source("wp-admin/includes/upgrade.php", "wp_install_defaults", Role.BLOG),
    _Source("wp-includes/comment-template.php", "comment_form", Role.BLOG),
)


@dataclass(frozen=True, slots=True)
class DefaultPage:
    """One page that a shop has without writing it: its role and its file, with a name of its own in each language."""

    role: Role
    file: PackageFile


@dataclass(frozen=True, slots=True)
class _Said:
    tag: str
    message: str
    context: str
    marked: bool

    @property
    def is_text(self) -> bool:
        """False of headings and labels, which a catalogue may know from elsewhere."""
        return self.tag == "p" and self.message.count(" ") >= _TEXT_BLANKS


def default_pages(files: Iterable[PackageFile], companions: Iterable[PackageFile] = ()) -> Iterator[DefaultPage]:
    """The default pages that a package says: in the language of its own programs, and in those of its own catalogues.

    ``companions`` are files of other packages of its family: a catalogue may be of programs that another package holds.
    """
    kept = list(files)
    own = {file.path for file in kept}
    programs = {file.path: file.body for file in (*companions, *kept)}
    catalogues = _catalogues(kept)
    for source in _SOURCES:
        said = _said_by(programs.get(source.path, b""), source)
        if not said:
            continue
        if source.path in own:
            yield from _pages(source, said, "en", ())
        for locale, known in sorted(catalogues.items()):
            if any(_translated(one.message, one.context, known) != one.message for one in said if one.is_text):
                yield from _pages(source, said, locale, known)


def _said_by(program: bytes, source: _Source) -> list[_Said]:
    text = program.decode("utf-8", "replace")
    start = text.find(f"function {source.function}(")
    if start < 0:
        return []
    after = _NEXT_FUNCTION.search(text, start + 1)
    body = _COMMENT.sub("", text[start : after.start() if after else len(text)])
    found = []
    for match in _CALL.finditer(body):
        tag = (match["tag"] or "<p")[1:]
        # what explains the text to the owner has a class of its own, and is not on the page
        if source.laid_out and (match["tag"] is None or match["attributes"]):
            continue
        context = match["context"] if match["variant"] == "x" else None
        found.append(_Said(tag, _ESCAPED.sub(_unescaped, match["message"]), context or "", match["marked"] is not None))
    # a heading is on the page where a text follows it
    return [
        one for one, after_it in zip(found, [*found[1:], None], strict=True) if one.tag == "p" or (after_it and after_it.tag == "p")
    ]


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match[1], match[1])


def _pages(source: _Source, said: Sequence[_Said], locale: str, known: Sequence[GNUTranslations]) -> Iterator[DefaultPage]:
    for mark in dict.fromkeys([_translated(_MARK, "", known), ""] if source.laid_out else [""]):
        rows = []
        for one in said:
            words = _translated(one.message, one.context, known).replace("%s", _ADDRESS)
            rows.append(f"<{one.tag}>{f'<strong>{mark} </strong>' if mark and one.marked else ''}{words}</{one.tag}>")
        body = f'<html lang="{locale}"><body><main>{"".join(rows)}</main></body></html>'
        name = f"{source.function}-{locale}{'-marked' if mark else ''}.html"
        yield DefaultPage(source.role, PackageFile(name, body.encode("utf-8", "replace")))


def _translated(message: str, context: str, known: Sequence[GNUTranslations]) -> str:
    for catalogue in known:
        found = catalogue.pgettext(context, message) if context else catalogue.gettext(message)
        if found != message:
            return found
    return message


def _catalogues(files: Iterable[PackageFile]) -> Mapping[str, Sequence[GNUTranslations]]:
    """The readable catalogues by language, in order of path."""
    found: dict[str, list[GNUTranslations]] = defaultdict(list)
    for file in sorted(files, key=lambda file: file.path):
        match = _LOCALE.search(file.path)
        if match is None or (match[1] not in found and len(found) >= _LOCALES):
            continue
        try:
            found[match[1]].append(GNUTranslations(BytesIO(file.body)))
        except (OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError, MemoryError, struct.error):
            continue
    return found
