"""Findings as they are shown: what is a natural person's is masked, in its own columns and wherever else it stands.

The findings on disk keep plain values, for they are the evidence and what the next crawl is compared with. Every output takes
``Shown``: plain findings do not get past the type checker. What a storefront shows in a personal kind is known in all texts
about it (sentences, quotations, titles); mail addresses, bank accounts and telephone numbers with a country or a label are
found by their form, whoever's they are. Columns with our own words, hosts and digests stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

import phonenumbers

from analysis.findings import TABLES, EvidenceRow, Findings, TraceRow
from analysis.people import Masks, bare_name, is_named_after, postal_code
from analysis.redaction import PERSONAL
from analysis.texts.boilerplate import word_set

__all__ = ["Shown", "as_they_are", "masked"]

#: Columns that hold our own words, hosts, ids or digests; every other text column is looked through.
_OURS = word_set(
    """
    site site_a site_b kind family cls direction u_source digest digest_a digest_b cluster relation original outcome
    page_state payment discovered_by weakest bridges parents first_seen last_seen proved what attribute since seen
    pending_since crawl languages roles unread
    """
)
_ADDRESSES = frozenset({"url", "url_a", "url_b"})
_NAMES = frozenset({"identity.brand", "identity.company", "identity.copyright", "identity.mail_domain"})
_ACCOUNTS = frozenset({"identity.messenger", "identity.social"})
#: Digits as numbers are written; a run may hold more than one of them.
_RUN = re.compile(r"(?<![\w.-])(?:%2B|\+\s?|\()*\d(?:[\s().\-‑–/]{0,3}\d){5,60}(?!\d)")
_GROUP = re.compile(r"(?<!%)\d+")
_DIALLING = re.compile(r"(?:%2B|\+\s?|\()+\Z")
_FEWEST = 6  # digits of a number, or of a part of one, that is looked for
#: What stands for the ``@`` of a mail address in words.
_IN_WORDS = r"(?:[\W_]{0,3}(?:at|ät|arroba|собака)[\W_]{0,3}|[\W_]{1,3})"


@dataclass(frozen=True, slots=True)
class Shown(Findings):
    """Findings that may be shown: masked, or plain for somebody who said why."""


def as_they_are(findings: Findings) -> Shown:
    """Findings for somebody who asked for plain text, and whose asking is recorded."""
    return Shown(**{item.name: getattr(findings, item.name) for item in fields(Findings) if item.init})


def masked(findings: Findings, masks: Masks, about: Collection[str] = ()) -> Shown:
    """The findings with every value of a natural person masked; the same values under the same key have the same masks.

    With ``about`` rows that name none of these storefronts are left out. Without, there are no traces: they are most of the
    findings, and no report has them. What is shown already is given back.
    """
    if isinstance(findings, Shown):
        return findings
    personal = _personal(findings)
    companies = _companies(findings, personal)
    known = {site: _Known(masks, [row for row in values if row[:2] not in companies]) for site, values in personal.items()}
    if not about:
        findings = replace(findings, traces=())
    named = frozenset(about)
    tables: dict[str, Any] = {}
    for name, record in TABLES.items():
        columns = {item.name for item in fields(record)}
        # the annotations of records are texts
        texts = [item.name for item in fields(record) if item.type == "str" and item.name not in _OURS]
        sites = [name for name in ("site", "site_a", "site_b") if name in columns]
        rows = getattr(findings, name)
        if texts and sites:
            of = attrgetter(*sites, sites[0])  # one more, so that a lone column is a tuple too
            rows = [row for row in rows if not about or not named.isdisjoint(of(row))]
            rows = tuple(_masked_rows(rows, of, texts, masks, known, companies))
        tables[name] = rows
    notes = {key: masks.text(note) for key, note in findings.notes.items()}
    return as_they_are(replace(findings, **tables, notes=notes))


def _personal(findings: Findings) -> dict[str, list[tuple[str, str, str]]]:
    """(kind, value, as shown) of what each storefront shows of people."""
    personal: dict[str, dict[tuple[str, str, str], None]] = {}
    for trace in findings.traces:
        if trace.kind in PERSONAL:
            personal.setdefault(trace.site, {})[trace.kind, trace.value, trace.shown] = None
    for row in findings.evidence:
        if row.kind in PERSONAL and row.value:
            for site in (row.site_a, row.site_b):
                personal.setdefault(site, {})[row.kind, row.value, row.shown] = None
    return {site: list(values) for site, values in personal.items()}


def _companies(findings: Findings, personal: Mapping[str, list[tuple[str, str, str]]]) -> frozenset[tuple[str, str]]:
    """(kind, value) of the accounts that are called like a storefront that shows them."""
    names = {site: {bare_name(site), bare_name(site.partition(".")[0])} for site in personal}
    for trace in findings.traces:
        if trace.kind in _NAMES and trace.site in names:
            names[trace.site].add(bare_name(trace.value.partition(".")[0] if trace.kind == "identity.mail_domain" else trace.value))
    return frozenset(
        (kind, value)
        for site, values in personal.items()
        for kind, value, _ in values
        if kind in _ACCOUNTS and is_named_after(value.partition(":")[2], names[site])
    )


def _masked_rows(
    rows: Sequence[Any],
    sites_of: Callable[[Any], tuple[str, ...]],
    texts: Sequence[str],
    masks: Masks,
    known: Mapping[str, _Known],
    companies: frozenset[tuple[str, str]],
) -> Iterator[Any]:
    """Rows of one table; those that name nobody are given back as they are."""
    values_of = attrgetter(*texts, texts[0])
    has_values = bool(rows) and isinstance(rows[0], TraceRow | EvidenceRow)
    for row in rows:
        of_sites = [known[site] for site in dict.fromkeys(sites_of(row)) if site in known]
        changed: dict[str, str] = {}
        for name, text in zip(texts, values_of(row), strict=False):
            if text and (shown := _masked_text(text, masks, of_sites, is_address=name in _ADDRESSES)) != text:
                changed[name] = shown
        if has_values and (row.kind, row.value) not in companies and (mask := masks.of(row.kind, row.value)) != row.value:
            changed |= {"value": mask, "shown": mask if row.shown else ""}
        yield replace(row, **changed) if changed else row


def _masked_text(text: str, masks: Masks, of_sites: Sequence[_Known], *, is_address: bool) -> str:
    """In addresses of the web only numbers and mail addresses are masked, for a folder may be called like anybody."""
    may_hold = _may_hold(masks, text)
    for known in of_sites:
        if may_hold:
            text = known.without_numbers(text)
        if not is_address:
            text = known.without_forms(text)
    if not may_hold:
        return text
    return masks.mails(text) if is_address else masks.text(text)


@lru_cache(maxsize=65_536)
def _may_hold(masks: Masks, text: str) -> bool:
    """Asked once of a text: evidence says the same of pair after pair."""
    return masks.may_hold(text)


class _Known:
    """What one storefront shows of people: telephone numbers as they may be dialled, other values as they may be written."""

    def __init__(self, masks: Masks, values: Sequence[tuple[str, str, str]]) -> None:
        self._numbers: list[tuple[str, str]] = []
        forms: dict[str, str] = {}
        for kind, value, shown in values:
            name = value.partition(":")[2]
            if kind == "identity.phone":
                self._add_number(value, masks)
            elif kind in _ACCOUNTS and name.isdigit() and value.startswith(("whatsapp:", "viber:")):
                self._add_number("+" + name, masks)
            elif kind in _ACCOUNTS and name:
                forms[_account_form(value)] = masks.of(kind, value)
            elif kind == "identity.address":
                forms |= dict.fromkeys(_address_forms(value, shown), masks.of(kind, value))
            elif kind == "identity.mail" and (mask := masks.mail(value)) != value:
                forms[_mail_form(value)] = mask
        self._dialled = "|".join(dialled for dialled, _ in self._numbers)
        longest = sorted(forms, key=lambda form: (-len(form), form))
        self._masks = [forms[form] for form in longest]
        self._forms = re.compile("|".join(f"({form})" for form in longest), re.IGNORECASE) if longest else None

    def without_forms(self, text: str) -> str:
        """The text with accounts, addresses and mail addresses in words masked."""
        return self._forms.sub(lambda match: self._masks[(match.lastindex or 1) - 1], text) if self._forms is not None else text

    def without_numbers(self, text: str) -> str:
        """The text with telephone numbers masked, however they are written, and with what a quotation kept of one."""
        return _RUN.sub(self._numbers_of, text) if self._numbers else text

    def _add_number(self, number: str, masks: Masks) -> None:
        try:
            read = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return
        national, country = phonenumbers.national_significant_number(read), str(read.country_code)
        mask = masks.telephone(number)
        if len(national) >= _FEWEST and mask != number:
            self._numbers += [(before + national, mask) for before in (f"00{country}", f"{country}0", "0", "8")]

    def _numbers_of(self, match: re.Match[str]) -> str:
        """A run of groups of digits in which the longest row of whole groups that is of a known number is masked."""
        text = match.group()
        groups = list(_GROUP.finditer(text))
        pieces: list[str] = []
        done = first = 0
        while first < len(groups):
            row, last = groups[first].group(), first
            while last + 1 < len(groups) and row + groups[last + 1].group() in self._dialled:
                last += 1
                row += groups[last].group()
            if len(row) >= _FEWEST and row in self._dialled:
                mask = next(mask for dialled, mask in self._numbers if row in dialled)
                pieces += [_DIALLING.sub("", text[done : groups[first].start()]), mask]
                done = groups[last].end()
                first = last
            first += 1
        return "".join([*pieces, text[done:]])


def _account_form(account: str) -> str:
    """An account in a text: only behind its network, or behind the mark of a mention, for it may be any word."""
    network, _, name = account.partition(":")
    written = _spaced(name) if name.isdigit() else re.escape(name)
    hosts = r"t\.me|telegram\.me|m\.me|fb\.com|twitter\.com|vkontakte\.ru"
    return rf"(?:(?<![\w.])@|(?<!\w)(?:{hosts}|{re.escape(network)}(?:\.[a-z]{{2,3}})?)\s?[:/#]\s?@?){written}(?![\w-])"


def _mail_form(mail: str) -> str:
    """A mail address as the words of a text: its name and the first word of its host, the signs between them aside."""
    local, _, host = mail.partition("@")
    words = r"[\W_]{0,3}".join(map(re.escape, re.findall(r"[^\W_]+", local)))
    return rf"(?<![\w.]){words}{_IN_WORDS}{re.escape(host.partition('.')[0])}(?![\w@-]|\.\w)"


def _address_forms(value: str, shown: str) -> Iterator[str]:
    """An address as it was written, and its street as it is compared, with the postal code where that is near."""
    written = r"\s+".join(map(re.escape, shown.split()))
    post = postal_code(value)
    street = r"[\W_]{1,3}".join(re.escape(word).replace("ss", "(?:ss|ß)") for word in value.removesuffix(post).split())
    near = rf"(?:[^\n]{{1,60}}?{_spaced(post)})?" if post else ""
    for form in (written, street and street + near):
        if form:
            yield rf"(?<!\w){form}(?!\w)"


def _spaced(letters: str) -> str:
    """Letters and digits that somebody may have written in groups."""
    return r"[ -]?".join(map(re.escape, letters))
