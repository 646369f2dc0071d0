"""The matching model as a table: one row a kind of evidence that may weigh anything.

Bits of one contribution are log2(m/u) (Fellegi and Sunter, as in FIELD part 3): ``m`` is how often two storefronts of
one hand share a value of this kind when both show one, ``u`` how often strangers do. ``floor`` is the smallest ``u``
that is ever believed, ``cap`` the most bits the kind may give, ``against`` the bits that a difference costs, ``rarity``
where the rarity of its values comes from:

- ``issued``: somebody hands the value out once (a payment processor, a key generator): rare by construction;
- ``reference``: the reference table counts it among packages, themes and icons;
- ``crawl``: only this crawl's groups and the floor speak; such kinds never make an operator alone.

A kind that has no row is kept in the findings and weighs nothing. These rows are judgements; what a fit may move, the prior
and the caps, is in ``caps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["MODEL", "UNWEIGHED", "Model", "Weight"]


@dataclass(frozen=True, slots=True)
class Weight:
    """One row of the model; ``cap`` and ``against`` in bits."""

    kind: str
    m: float
    floor: float
    cap: float
    rarity: str
    why: str
    against: float = 0.0


_ROWS: tuple[Weight, ...] = (
    # template: what a theme, a kit or a copy brings along
    Weight(
        "layout.class", 0.5, 1e-2, 3.0, "reference", "class names; a renaming mirror loses them, a theme gives them to everybody"
    ),
    Weight("layout.class_pattern", 0.5, 1e-2, 1.5, "reference", "how classes stand together; follows the vocabulary"),
    Weight("layout.path", 0.5, 1e-2, 1.5, "reference", "tag paths survive renamed classes; strangers on one theme share them"),
    Weight("layout.pq12", 0.5, 1e-2, 1.0, "reference", "neighbours in the tree; repeats the paths"),
    Weight("layout.pq23", 0.5, 1e-2, 1.5, "reference", "wider neighbourhoods; survive a moved section"),
    Weight("layout.noise", 0.4, 2e-2, 1.5, "crawl", "habits of whatever wrote the markup; a minifier kills them"),
    Weight("layout.comment", 0.3, 1e-2, 2.0, "reference", "unusual comments; theme authors leave them too"),
    Weight("layout.skeleton", 0.3, 5e-3, 2.5, "reference", "the whole outline of a page, equal to the letter"),
    Weight("layout.block", 0.4, 1e-2, 2.0, "reference", "a part of the page alike to the tag; strangers hardly share one"),
    Weight("style.block", 0.5, 1e-2, 2.0, "reference", "blocks of declarations; neither colours nor class names matter"),
    Weight("style.selector", 0.5, 1e-2, 1.5, "reference", "selectors; libraries bring thousands"),
    Weight("style.custom_property", 0.3, 2e-2, 1.0, "reference", "names somebody chose; themes choose too"),
    Weight("style.sheet", 0.3, 1e-2, 1.5, "reference", "one sheet, white space and comments aside"),
    Weight("style.font", 0.3, 5e-2, 0.5, "reference", "font families are few"),
    Weight("assets.path", 0.3, 1e-2, 1.5, "reference", "where files lie; common paths are common"),
    Weight("assets.script", 0.3, 1e-2, 1.0, "reference", "equal script bytes"),
    Weight("assets.script_text", 0.3, 1e-2, 1.5, "reference", "equal scripts, banners and white space aside"),
    Weight("assets.style_file", 0.3, 1e-2, 1.0, "reference", "equal style sheet bytes"),
    Weight("assets.font_file", 0.3, 2e-2, 0.5, "reference", "equal fonts: mostly libraries"),
    Weight("assets.build_path", 0.3, 1e-2, 1.5, "crawl", "a path on the builder's machine, left in a page: copied along"),
    Weight("assets.source_map_name", 0.3, 1e-2, 1.0, "crawl", "the name alone is in the script, so a copy has it"),
    Weight("assets.theme_name", 0.5, 0.5, 0.0, "reference", "the theme names itself: the ground both stand on, not evidence"),
    Weight("assets.theme_credit", 0.5, 0.5, 0.0, "reference", "the theme's maker is credited: the ground both stand on"),
    Weight("assets.theme_folder", 0.4, 2e-2, 1.0, "crawl", "folder of a theme; a private one is rare"),
    Weight("assets.release", 0.3, 5e-2, 0.5, "crawl", "a release number that software declares"),
    Weight("assets.platform", 0.9, 0.3, 0.0, "crawl", "another platform speaks a little against one hand", 0.7),
    Weight("assets.build_id", 0.3, 1e-3, 4.0, "crawl", "one build on two hosts, where no platform builds for all"),
    Weight("assets.source_map", 0.3, 1e-3, 5.0, "crawl", "a source map is fetched, not copied with a page"),
    # text
    Weight("policy.sentence", 0.5, 1e-2, 1.0, "crawl", "sentences of policies, names and dates lifted out"),
    Weight("policy.shingle", 0.5, 1e-2, 2.5, "crawl", "five words in a row"),
    Weight("policy.page_digest", 0.3, 5e-3, 2.0, "crawl", "a whole policy page, names and dates lifted out"),
    Weight("policy.structure", 0.4, 2e-2, 1.5, "crawl", "clauses and numbers in order, whatever the language"),
    Weight("policy.numbers", 0.3, 1e-2, 1.5, "crawl", "days, shares and amounts in order"),
    Weight("policy.quirk", 0.3, 5e-3, 2.5, "crawl", "slips and odd wordings that nobody repeats by chance"),
    Weight("prose.sentence", 0.4, 1e-2, 1.5, "crawl", "sentences outside policies; a theme's demo text is counted down"),
    # imagery
    Weight("assets.picture", 0.4, 1e-2, 2.0, "reference", "equal picture bytes; demo and supplier pictures are everywhere"),
    Weight("assets.picture_name", 0.3, 3e-2, 0.7, "reference", "picture file names"),
    Weight("assets.picture_path", 0.3, 3e-2, 0.7, "reference", "picture paths"),
    Weight("assets.stamped_name", 0.3, 1e-2, 1.5, "crawl", "a time stamp in a picture's name that a copy keeps"),
    Weight("assets.upload_name", 0.3, 1e-3, 4.0, "crawl", "the second of an upload in a file name; a copy may keep it"),
    Weight("imagery.picture", 0.4, 1e-2, 1.0, "crawl", "equal product pictures; suppliers give them to all"),
    Weight("imagery.look", 0.4, 1e-2, 2.0, "crawl", "product pictures that look the same"),
    Weight("imagery.file_names", 0.4, 2e-2, 1.0, "crawl", "names of product pictures"),
    Weight("imagery.document_id", 0.3, 1e-3, 4.0, "crawl", "one source document behind different bytes; themes ship such pictures"),
    Weight("logo.mark_raw", 0.3, 5e-3, 2.5, "reference", "marks that look the same"),
    Weight("logo.mark_canonical", 0.3, 1e-2, 2.0, "reference", "marks that look the same, trimmed and grey"),
    Weight("logo.digest", 0.3, 5e-3, 2.0, "reference", "equal logo bytes"),
    Weight("logo.favicon_digest", 0.3, 1e-2, 1.5, "reference", "equal icon bytes: the first thing a copy takes"),
    Weight("logo.favicon_mark", 0.3, 1e-2, 1.5, "reference", "site icons that look the same"),
    Weight("logo.favicon_mmh3", 0.3, 1e-2, 0.0, "reference", "for analysts who pivot elsewhere; repeats the digest"),
    Weight("logo.document_id", 0.3, 1e-3, 4.0, "crawl", "one source document behind different logos"),
    # catalogue: overlap alone is a reseller
    Weight("catalogue.sku", 0.5, 5e-3, 3.0, "crawl", "a shop's own article numbers"),
    Weight("catalogue.sku_pattern", 0.4, 5e-2, 0.7, "crawl", "how article numbers are built"),
    Weight("catalogue.odd_price", 0.4, 1e-2, 2.0, "crawl", "prices that nobody sets twice by chance"),
    Weight("catalogue.price", 0.5, 1e-2, 3.0, "crawl", "the same articles at one price ratio"),
    Weight("catalogue.price_by_name", 0.5, 1e-2, 2.5, "crawl", "the same names at one price ratio"),
    Weight("catalogue.price_shape", 0.4, 1e-2, 2.0, "crawl", "the price list's shape, whatever currency and names"),
    Weight("catalogue.product_name", 0.5, 2e-2, 1.5, "crawl", "product names; suppliers give them to all their resellers"),
    Weight("catalogue.category", 0.4, 5e-2, 0.7, "crawl", "category words"),
    Weight("catalogue.unit_price", 0.4, 1e-2, 1.5, "crawl", "a price by an unusual unit"),
    Weight("catalogue.model", 0.3, 5e-2, 0.7, "crawl", "the maker's model numbers"),
    Weight("catalogue.mpn", 0.3, 5e-2, 0.5, "crawl", "the maker's part numbers"),
    Weight("catalogue.gtin", 0.3, 5e-2, 0.5, "crawl", "bar codes belong to the goods, not to the shop"),
    Weight("catalogue.currency", 0.7, 0.3, 0.0, "crawl", "another currency speaks a little against one hand", 0.3),
    # tracking: a copy keeps it, a framer plants it
    Weight("identifiers.*", 0.4, 1e-4, 4.0, "issued", "an account id, issued once, pasted anywhere"),
    # identity
    Weight("identity.mail", 0.4, 1e-3, 4.0, "issued", "a mailbox is given out once; its address is copied as text"),
    Weight("identity.mail_domain", 0.3, 5e-3, 2.5, "crawl", "mail at a domain of their own"),
    Weight("identity.phone", 0.4, 1e-3, 4.0, "issued", "a number is given out once; it is copied as text"),
    Weight("identity.vat", 0.3, 1e-3, 4.0, "issued", "a VAT number that passes its check digits; printed for all to copy"),
    Weight("identity.false_vat", 0.3, 1e-3, 4.0, "crawl", "a wrong VAT number is rarer than a right one"),
    Weight("identity.registration", 0.3, 1e-3, 4.0, "issued", "a company number; printed for all to copy"),
    Weight("identity.company", 0.3, 5e-3, 3.0, "crawl", "a company's name"),
    Weight("identity.address", 0.3, 2e-2, 1.5, "crawl", "a postal address; templates come with one"),
    Weight("identity.brand", 0.2, 5e-3, 2.5, "crawl", "the shop's own name, or another shop's left standing"),
    Weight("identity.copyright", 0.2, 1e-2, 2.0, "crawl", "who is named at the copyright sign"),
    Weight("identity.messenger", 0.3, 1e-3, 4.0, "issued", "a messenger account"),
    Weight("identity.social", 0.3, 2e-3, 3.5, "issued", "a social account; anybody may link to it"),
    Weight("identity.licence", 0.3, 3e-2, 1.0, "crawl", "a licence number"),
    Weight("identity.declared_company", 0.6, 0.5, 0.0, "crawl", "another company named; mirrors do exactly that", 1.0),
    # payment
    Weight("payment.payee_key", 0.6, 1e-5, 15.0, "issued", "a publishable key is issued once and brings the money to one account"),
    Weight("payment.merchant_id", 0.6, 2e-5, 14.0, "issued", "a merchant id at a named gateway"),
    Weight("payment.wallet", 0.5, 1e-5, 15.0, "issued", "a wallet that passes its check digits"),
    Weight("payment.bank_account", 0.5, 1e-5, 15.0, "issued", "an account number that passes its check digits"),
    Weight("payment.merchant_number", 0.5, 1e-3, 7.0, "crawl", "a merchant number at a gateway nobody named"),
    Weight("payment.payee_name", 0.4, 2e-3, 6.0, "crawl", "who is to be paid, in words"),
    Weight("payment.message", 0.4, 1e-2, 2.0, "crawl", "an unusual sentence about payment"),
    Weight("payment.checkout_host", 0.3, 1e-2, 1.5, "crawl", "a payment host nobody else names; anybody may type it"),
    Weight("payment.processor", 0.5, 0.3, 0.0, "crawl", "a processor serves thousands"),
    Weight("payment.moved_to", 0.3, 2e-2, 2.0, "crawl", "sends its customers there to pay; says nothing of the other side"),
    # hosting: what a provider explains
    Weight("infrastructure.spki", 0.4, 1e-5, 12.0, "issued", "the same private key; a CDN's is on many and counted down"),
    Weight("infrastructure.address", 0.4, 3e-2, 1.0, "crawl", "most addresses serve many strangers"),
    Weight("infrastructure.certificate", 0.3, 2e-2, 1.0, "crawl", "a shared certificate; bundles hold strangers"),
    Weight("infrastructure.bundle_key", 0.3, 0.3, 0.0, "crawl", "the key of a certificate of many names"),
    Weight("infrastructure.san_name", 0.3, 2e-2, 1.0, "crawl", "named in one certificate; bundles hold strangers"),
    # known from a log, nobody saw it served: the two of class B together weigh no more than a shared address
    Weight("infrastructure.logged_certificate", 0.2, 2e-2, 0.4, "crawl", "a shared certificate; it may never have been served"),
    Weight("infrastructure.logged_name", 0.2, 2e-2, 0.3, "crawl", "named in one certificate; bundles hold strangers"),
    Weight("infrastructure.logged_key", 0.3, 5e-3, 5.0, "crawl", "whoever asked for both certificates had one private key"),
    Weight("infrastructure.name_server", 0.4, 5e-2, 0.5, "crawl", "name servers are a provider's"),
    Weight("infrastructure.soa", 0.3, 5e-2, 0.7, "crawl", "the zone's contact is mostly a provider's"),
    Weight("infrastructure.mx", 0.3, 5e-2, 0.7, "crawl", "mail hosts are mostly a provider's"),
    Weight("infrastructure.txt_token", 0.3, 1e-2, 1.5, "crawl", "a verification token in the zone"),
    Weight("infrastructure.header_order", 0.4, 5e-2, 0.7, "crawl", "header order is the server software's"),
    Weight("infrastructure.asset_header_order", 0.4, 5e-2, 0.3, "crawl", "the same for files"),
    Weight("infrastructure.x_header", 0.4, 1e-2, 1.5, "crawl", "a header somebody invented"),
    Weight("infrastructure.cookie_name", 0.4, 1e-2, 1.5, "crawl", "a cookie name somebody chose"),
    Weight("infrastructure.robots_txt", 0.3, 2e-2, 1.0, "crawl", "an unusual robots.txt; it can be copied"),
    # behaviour: behind the page
    Weight("behaviour.cookie_and_headers", 0.5, 1e-3, 9.0, "crawl", "one rare cookie name in one order of headers: one set-up"),
    Weight(
        "behaviour.header_and_order",
        0.5,
        4e-3,
        7.0,
        "crawl",
        "a header somebody invented, in one order of headers: values may meet",
    ),
    Weight("behaviour.cookie_and_headers_common", 0.4, 5e-2, 0.7, "crawl", "the same with a cookie name that software explains"),
    Weight("behaviour.error_page", 0.4, 1e-3, 9.0, "crawl", "an error page of their own, which no copying tool asks for"),
    Weight("behaviour.error_words", 0.4, 5e-3, 5.0, "crawl", "the words of an error page of their own"),
    Weight("behaviour.error_habit", 0.4, 5e-2, 0.3, "crawl", "how missing pages are answered"),
    Weight("behaviour.etag", 0.3, 1e-3, 7.0, "crawl", "one file on one disk answers under two names"),
    Weight(
        "behaviour.last_modified",
        0.3,
        1e-3,
        4.0,
        "crawl",
        "files put there in the same seconds; a mirroring tool may keep the times",
    ),
    Weight("behaviour.login_form", 0.4, 1e-2, 2.0, "crawl", "field names of the log-in form; in the page, so copyable"),
    Weight("behaviour.checkout_form", 0.4, 1e-2, 2.0, "crawl", "field names of the checkout form; in the page, so copyable"),
    Weight("behaviour.asset_version", 0.3, 1e-2, 1.5, "crawl", "version marks of files; in the page, so copyable"),
    # links
    Weight("answers.login_host", 0.5, 2e-5, 14.0, "issued", "a log-in host names both: only who runs it can write that"),
    Weight("answers.checkout_host", 0.5, 1e-4, 12.0, "issued", "a payment host names both; one with many shops is counted down"),
    Weight("answers.reciprocal", 0.3, 5e-5, 12.0, "issued", "each sends its customers to the other"),
    Weight("links.redirects_to", 0.3, 2e-2, 3.0, "crawl", "its home page sends everybody there; the other side need not know"),
    Weight("links.moved_to", 0.3, 2e-2, 2.0, "crawl", "says it has moved there; the other side need not know"),
    Weight("links.invitation", 0.2, 5e-2, 1.0, "crawl", "invites there"),
    Weight("links.login_host", 0.2, 5e-2, 1.0, "crawl", "its log-in form points there: typed, or copied"),
    Weight("links.checkout_host", 0.2, 5e-2, 0.5, "crawl", "its payment form points there: typed, or copied"),
    Weight("links.answers_for", 0.3, 5e-2, 0.5, "crawl", "names it as one of its shops"),
    Weight("links.canonical_elsewhere", 0.2, 5e-2, 1.0, "crawl", "a copy that kept the original's canonical address"),
    Weight("links.og_url_elsewhere", 0.2, 5e-2, 1.0, "crawl", "a copy that kept the original's address"),
    Weight("links.hreflang_elsewhere", 0.2, 5e-2, 1.0, "crawl", "names it as its other language"),
    Weight("links.feed_elsewhere", 0.2, 5e-2, 1.0, "crawl", "offers the other's feed as its own"),
    Weight("links.absolute_elsewhere", 0.2, 5e-2, 1.0, "crawl", "inner links that lead to the original"),
    Weight("links.copied_from", 0.2, 5e-2, 1.0, "crawl", "a copying tool's mark names the original"),
    Weight("links.residual_name", 0.2, 5e-2, 1.0, "crawl", "the other's name left standing"),
    # time: what no single crawl shows
    Weight(
        "time.synchronous_change", 0.3, 1e-2, 5.0, "crawl", "the same rare changes in step, from the second interval on; both ways"
    ),
    Weight("time.echo", 0.2, 5e-2, 1.0, "crawl", "always a crawl or two behind the other: it is copied from there"),
)


class Model(Mapping[str, Weight]):
    """Weights by kind; a row named ``module.*`` holds for every kind of that fingerprint that has no row of its own."""

    def __init__(self, rows: Iterable[Weight]) -> None:
        self._rows = {row.kind: row for row in rows}

    def __getitem__(self, kind: str) -> Weight:
        row = self._rows.get(kind) or self._rows.get(f"{kind.partition('.')[0]}.*")
        if row is None:
            raise KeyError(kind)
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


MODEL: Mapping[str, Weight] = Model(_ROWS)

#: Kinds that are compared in no way, and why; every other kind that is not a note has a row above.
UNWEIGHED: Mapping[str, str] = {
    "layout.band": "brings alike layouts together; repeats the paths",
    "style.band": "brings alike sheets together; repeats the blocks",
    "payment.state": "news, not evidence: a processor's withdrawal hits strangers on one day",
}
