"""Who a storefront says it is: companies, registrations, tax numbers, addresses, contacts, accounts, copyright, brand.

Takes:    from footers, imprints, contact, about and policy pages, home pages and gates: company names with their legal
          form, numbers behind the words that announce them, postal addresses, telephone numbers as E.164, mail addresses
          (also spelt out, and as ``data-cfemail``), messenger and social accounts, licences, copyright holders; from all
          pages the ``mailto:``, ``tel:`` and account links, JSON-LD organisations and contact cards, and the names that
          stand where the brand stands, other shops' names that stayed there included.
Keys:     all values but the declared company, which is a fact, and slips, which are notes.
Compares: equal values, weighted by rarity; two different declared companies speak against one operator.
Class:    A. Anyone can type any of it; a copyist keeps some, an impostor takes the victim's, a real operator uses several.
Fooled by: invented companies, contacts of a mail-drop, third parties named in policies (known processors and carriers
          are left out), demo contacts of themes (known by rule and list, see ``analysis.texts.boilerplate``).

Mail addresses and telephone numbers may belong to natural persons: they are kept as long as the findings are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from analysis.evidence import EvidenceClass, Family, Kind, Mode, Trace
from analysis.files.third_parties import site_of
from analysis.identities.addresses import address_value, addresses_in
from analysis.identities.brands import brand_names, brand_value, is_brand
from analysis.identities.companies import Company, companies_in, company_named, is_slip
from analysis.identities.contacts import HOSTS, SCHEMES, account_of_link, mails_in, phones_in, protected_mail, region_of, telephone
from analysis.identities.holders import Holder, holders_in
from analysis.identities.organisations import Organisation, organisations
from analysis.identities.own_companies import MAX_LINE, MAX_NAMED, Passage, may_name_its_own, own_companies
from analysis.identities.registrations import is_tax_number, licences_in, registrations_in, tax_numbers_in
from analysis.once import Answers
from analysis.page.blocks import BlockRun, block_runs
from analysis.page.pages import Page
from analysis.page.reading import Reading
from analysis.page.tags import ByHead, Head, Tag
from analysis.sightings import Sightings
from analysis.texts.boilerplate import is_demo_place, is_free_mail
from analysis.texts.policies import site_layout
from crawler.captures import Role

__all__ = ["KINDS", "take"]


def _kind(word: str, means: str, mode: Mode = Mode.VALUE, *, key: bool = True) -> Kind:
    return Kind(f"identity.{word}", Family.IDENTITY, EvidenceClass.COPYABLE, mode, means, key)


COMPANY = _kind("company", "the same company named")
DECLARED = _kind("declared_company", "the same company declared as their own", Mode.FACT, key=False)
SLIP = _kind("company_slip", "one company in two spellings", Mode.NOTE, key=False)
REGISTRATION = _kind("registration", "the same company registration number")
VAT = _kind("vat", "the same tax number, its check digits right")
FALSE_VAT = _kind("false_vat", "the same tax number with wrong check digits")
ADDRESS = _kind("address", "the same postal address")
PHONE = _kind("phone", "the same telephone number")
MAIL = _kind("mail", "the same mail address")
MAIL_DOMAIN = _kind("mail_domain", "mail addresses at the same domain")
MESSENGER = _kind("messenger", "the same messenger account")
SOCIAL = _kind("social", "the same social network account")
LICENCE = _kind("licence", "the same licence number claimed")
COPYRIGHT = _kind("copyright", "the same copyright holder")
BRAND = _kind("brand", "the same name where a shop's own name stands")
KINDS: tuple[Kind, ...] = (
    *(
        COMPANY,
        DECLARED,
        SLIP,
        REGISTRATION,
        VAT,
        FALSE_VAT,
        ADDRESS,
        PHONE,
        MAIL,
        MAIL_DOMAIN,
        MESSENGER,
        SOCIAL,
        LICENCE,
        COPYRIGHT,
        BRAND,
    ),
)

#: Rank of the place -> (company, page) of those that stand there.
_Declared = dict[int, list[tuple[Company, Page]]]

# Pages that speak about the shop itself; of the others only what stands in the layout.
_SPEAKING = frozenset(
    {
        Role.CONTACT,
        Role.ABOUT,
        Role.TERMS,
        Role.PRIVACY,
        Role.SHIPPING,
        Role.RETURNS,
        Role.LEGAL,
        Role.PAYMENT,
        Role.INVITATION,
        Role.LOGIN,
        Role.REGISTER,
    }
)
#: Parts of a page whose copyright signs without a year are headlines and links.
_NO_NOTICES = frozenset({"header", "nav", "aside", "form"})
_IMPRINTS = frozenset({Role.CONTACT, Role.ABOUT, Role.LEGAL})
_DIGIT = re.compile(r"\d")
#: An address with a scheme or a host of its own.
_AWAY = re.compile(r"\s*(?://|[^:]{0,11}:)")
_CARD_LABEL = re.compile(
    r"[:@\d!?]|\b(?:city|town|office|headquarters|branch|warehouse|showroom)\b|address|contact|kontakt|phone|telefon|mail|adress|write|call|support|service|контакт|адрес|телефон",
    re.IGNORECASE,
)
_MESSENGERS = ("ICQ", "Skype", "WeChat", "QQ", "Telegram")
_MESSENGER_TEXT = re.compile(
    r"(?<!\w)(?P<net>ICQ|Skype|WeChat|QQ|Telegram)\s{0,2}(?:ID|UIN|#|"
    r"№)?\s{0,2}[:#]\s{0,2}@?(?P<name>[A-Za-z0-9](?:[\w.-]|(?<=\d)[ ](?=\d)){4,30}\w)(?!\w)"
)


def take(reading: Reading) -> Iterator[Trace]:
    """Identity traces of one storefront, sorted by kind and value."""
    seen = Sightings(limit=40)
    region = region_of(reading.site, _language(reading))
    said = _said_in(region)
    declared: _Declared = {}
    listed: list[tuple[Company, Page]] = []  # in short lines of the layout: a list of makers when they are many
    layout = site_layout(reading)
    gates = frozenset(page.url for page in reading.gates)
    read: set[str] = set()
    passed: dict[BlockRun, bool] = {}
    few = len({page.digest for page in reading.readable}) < 3
    for page, tags in reading.fresh:
        _links(page, tags, region, seen)
    for page in sorted(reading.readable, key=lambda page: (page.role not in _SPEAKING, page.url)):
        for organisation in organisations(page):
            _organisation(organisation, page, region, seen, declared)
        speaking = page.role in _SPEAKING or page.url in gates
        whole = few or speaking or page.role is Role.HOME
        for run in block_runs(page):
            before = passed.get(run)
            if before or (before is False and not whole):
                continue
            passed[run] = whole
            for block in run.blocks:
                everywhere = block.landmark == "footer" or block.text in layout
                if (whole or everywhere) and block.text not in read:
                    read.add(block.text)
                    if told := said[block.text]:
                        for kind, value, shown in told.values:
                            seen.see(kind, value, page.url, page.digest, shown)
                        for holder in told.holders:
                            if holder.is_noticed or (everywhere and block.landmark not in _NO_NOTICES):
                                seen.see(COPYRIGHT.name, brand_value(holder.name), page.url, page.digest, holder.name)
                                if holder.company:
                                    declared.setdefault(2, []).append((holder.company, page))
                    rank = 5 if everywhere else 4 if page.role in _IMPRINTS else 3
                    if page.role is Role.CONTACT and not everywhere and not block.landmark:
                        _card(block.text[:400], page, region, declared)
                    if not (speaking or everywhere or few):
                        continue
                    passage = Passage(block.text, block.landmark, everywhere, speaking, told is not None and bool(told.values))
                    if may_name_its_own(passage):
                        for company in own_companies(_COMPANIES[block.text], passage):
                            alone = (
                                rank == 5 and block.landmark != "footer" and not passage.has_details and len(block.text) <= MAX_LINE
                            )
                            found = listed if alone else declared.setdefault(rank if company.has_form else 2, [])
                            found.append((company, page))
    if len({company.stem for company, _ in listed}) <= MAX_NAMED:
        for company, page in listed:
            declared.setdefault(5 if company.has_form else 2, []).append((company, page))
    for value, shown, page in brand_names(reading):
        seen.see(BRAND.name, value, page.url, page.digest, shown)
    _declare(declared, seen)
    _slips(seen, reading)
    yield from seen.traces()


def _language(reading: Reading) -> str | None:
    """The home page's language; where there is none to read, the one of most pages."""
    if reading.home is not None:
        return reading.home.language
    counted = Counter(page.language for page in reading.readable if page.language)
    return min(counted, key=lambda language: (-counted[language], language), default=None)


class _Said(NamedTuple):
    """What a text says: (kind, value, as written) of each value, and its copyright holders."""

    values: tuple[tuple[str, str, str], ...]
    holders: tuple[Holder, ...]


def _text(whole: str, region: str | None) -> _Said | None:
    text = whole[:8000]
    said = [told for mail in mails_in(text) for told in _of_mail(mail)]
    digits = len(_DIGIT.findall(text))
    if digits >= 6:
        said += [(PHONE.name, *told) for told in phones_in(text, region)]
    if digits >= 4:
        said += [(REGISTRATION.name, *told) for told in registrations_in(text)]
    if digits >= 7:
        said += [((VAT if right else FALSE_VAT).name, value, shown) for value, shown, right in tax_numbers_in(text, region)]
    if digits:
        said += [(ADDRESS.name, *told) for told in addresses_in(text)]
    if digits >= 4:
        said += [(LICENCE.name, *told) for told in licences_in(text)]
    if (":" in text or "#" in text) and any(net in text for net in _MESSENGERS):
        for match in _MESSENGER_TEXT.finditer(text):
            name = match["name"].replace(" ", "").replace("-", "") if match["net"] in ("ICQ", "QQ") else match["name"].lower()
            if match["net"] not in ("ICQ", "QQ") or (name.isdigit() and len(name) >= 5):
                said.append((MESSENGER.name, f"{match['net'].lower()}:{name}", ""))
    holders = tuple(holders_in(whole[-400:]))
    return _Said(tuple(said), holders) if said or holders else None


@lru_cache(maxsize=64)
def _said_in(region: str | None) -> Answers[str, _Said | None]:
    """What texts say in a region, by text."""
    return Answers(partial(_text, region=region))


def _card(text: str, page: Page, region: str | None, declared: _Declared) -> None:
    """The first line of a contact card: a name above a telephone number or a mail address."""
    line, _, rest = text.partition("\n")
    first = line.partition(",")[0].strip()
    words = first.split()
    named = (
        1 <= len(words) <= 5
        and all(word[0].isupper() or len(word) < 4 for word in words)
        and not _CARD_LABEL.search(first)
        and is_brand(first)
    )
    if (
        named
        and (any(True for _ in mails_in(rest)) or any(True for _ in phones_in(rest, region)))
        and (company := company_named(first))
    ):
        declared.setdefault(1, []).append((company, page))


def _mail(mail: str, page: Page, seen: Sightings) -> None:
    for kind, value, shown in _of_mail(mail):
        seen.see(kind, value, page.url, page.digest, shown)


def _of_mail(mail: str) -> Iterator[tuple[str, str, str]]:
    yield MAIL.name, mail, ""
    host = mail.partition("@")[2]
    if not is_free_mail(host) and (site := site_of(host)):
        yield MAIL_DOMAIN.name, site, mail


#: In the markup of every link that leads to a person, one of these, a hidden address or an account's host.
_PERSONAL = re.compile(rf"[\s\"](?:mailto|{'|'.join(sorted(SCHEMES))})\s*:")
_HOST = re.compile(r"//([^\s\"/]{1,80})")


def _links(page: Page, tags: list[Tag], region: str | None, seen: Sightings) -> None:
    for href, code in filter(None, map(_LEADS.__getitem__, [tag.head for tag in tags if tag.name in ("a", "span")])):
        for kind, value, shown in _said_by(href, region):
            seen.see(kind, value, page.url, page.digest, shown)
        if code and (mail := protected_mail(code)):
            _mail(mail, page, seen)


def _leads(head: Head) -> tuple[str, str] | None:
    """(address, code of a protected mail address) of a link that may lead to a person; None for the many that do not."""
    if not _may_lead(head.markup.lower()):
        return None
    told = head.attributes
    href = told.get("href", "")
    code = (told.get("data-cfemail") or href.partition("email-protection#")[2])[:400]
    link = href if head.name == "a" and _AWAY.match(href) else ""
    return (link, code) if link or code else None


def _may_lead(markup: str) -> bool:
    """The quick look before attributes are taken apart."""
    return (
        ("//" in markup and any(map(_HAS_ACCOUNTS.__getitem__, _HOST.findall(markup))))
        or ("email" in markup and ("cfemail" in markup or "email-protection" in markup))
        or (":" in markup and _PERSONAL.search(markup) is not None)
    )


def _has_accounts(host: str) -> bool:
    return any(map(host.__contains__, HOSTS))


@lru_cache(maxsize=8192)
def _said_by(href: str, region: str | None) -> tuple[tuple[str, str, str], ...]:
    """(kind, value, as written) of what a link's address says of the shop."""
    href = href.strip()
    scheme = href[:12].partition(":")[0].lower() if ":" in href[:12] else ""
    if scheme == "mailto":
        return tuple(said for mail in mails_in(href[7:300].replace("%40", "@")) for said in _of_mail(mail))
    if scheme in ("tel", "callto"):
        written = href.partition(":")[2].lstrip("/")[:40]
        if number := telephone(written.replace("%20", " "), region):
            return ((PHONE.name, number, written),)
    if scheme or href.startswith("//"):
        word, value = account_of_link("https:" + href if href.startswith("//") else href[:400])
        return ((f"identity.{word}", value, ""),) if word else ()
    return ()


_LEADS = ByHead(_leads)
_HAS_ACCOUNTS = Answers(_has_accounts)
_COMPANIES: Answers[str, tuple[Company, ...]] = Answers(lambda text: tuple(companies_in(text[:8000])))


def _organisation(told: Organisation, page: Page, region: str | None, seen: Sightings, declared: _Declared) -> None:
    for mail in mails_in(told.mail):
        _mail(mail, page, seen)
    if told.telephone and (number := telephone(told.telephone, region)):
        seen.see(PHONE.name, number, page.url, page.digest, told.telephone)
    if told.tax_number:
        number = re.sub(r"[^0-9A-Z]", "", told.tax_number.upper())
        if 7 <= len(number) <= 16:
            seen.see((VAT if is_tax_number(number) else FALSE_VAT).name, number, page.url, page.digest, told.tax_number)
    if told.street and told.postal_code and not is_demo_place(told.street):
        shown = f"{told.street}, {told.postal_code} {told.city}".strip()
        seen.see(ADDRESS.name, address_value(told.street, told.postal_code), page.url, page.digest, shown)
    for link in told.same_as:
        word, value = account_of_link(link)
        if word:
            seen.see(f"identity.{word}", value, page.url, page.digest)
    for name in (told.legal_name, told.name):
        for company in companies_in(name):
            declared.setdefault(6, []).append((company, page))
    if is_brand(told.name) and not any(True for _ in companies_in(told.name)):
        seen.see(BRAND.name, brand_value(told.name), page.url, page.digest, told.name)


def _declare(declared: _Declared, seen: Sightings) -> None:
    """Companies, and the one of the most telling place as the declared one.

    Structured data, then the layout, the imprint, the policies; then names without a legal form (behind a label, of a
    copyright holder, of a contact card), which count only where they are neither the brand nor short for a full name.
    """
    brands = {*seen.values(BRAND.name)}
    full = {company.stem for rank in declared.values() for company, _ in rank if company.has_form}
    told = [company.stem for rank, found in declared.items() if rank > 1 for company, _ in found]
    if told:  # a card's first line may be a place: beside named companies it counts as their other spelling only
        declared[1] = [(card, page) for card, page in declared.get(1, []) if any(is_slip(card.stem, stem) for stem in told)]
    best = 0
    for rank in sorted(declared):
        declared[rank] = [
            (company, page)
            for company, page in declared[rank]
            if company.has_form or (company.stem not in full and brand_value(company.stem) not in brands)
        ]
        if declared[rank]:
            best = rank
        for company, page in declared[rank]:
            seen.see(COMPANY.name, company.value, page.url, page.digest, company.shown)
    for company, page in declared.get(best, ()):
        seen.see(DECLARED.name, company.value, page.url, page.digest, company.shown)


def _slips(seen: Sightings, reading: Reading) -> None:
    names = seen.values(COMPANY.name)[:30]
    pages = {page.url: page for page in reading.readable}
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if is_slip(one, other):
                page = pages[min(pages)]
                seen.see(SLIP.name, f"{one} / {other}", page.url, page.digest)
