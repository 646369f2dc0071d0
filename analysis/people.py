"""What of a value is a natural person's, and the form in which it is shown all the same.

A mask keeps what an analyst needs to recognise a value and to ask for it, and no more: of a mail address its first and last
letter and its host, of a telephone number the country and two digits, of an account its bank's country and four characters, of
a postal address the head of the postal code. Values that look alike then are told apart by a tag, three letters and digits of
their HMAC-SHA-256 under the key of the installation: equal values have equal tags, and nobody without the key can try values.

A company's are role mailboxes (``info@``, ``ventas@``) at a host where not everybody may have one, telephone numbers that are
free of charge or cost more, and accounts that are called like the storefront, its brand or its company, for they say no more
than these do. Everything else counts as a person's: no rule tells.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable

import phonenumbers
from stdnum import iban

from analysis.identities.contacts import HIDDEN_MAIL, HIDES, INTERNATIONAL, LABELLED, hidden_mail
from analysis.texts.boilerplate import is_file_name, is_free_mail, word_set

__all__ = ["Masks", "bare_name", "is_company_mail", "is_named_after"]

#: Words of which role mailboxes are made, in English, French, German, Spanish and Russian, and what stands between them.
_ROLES = word_set(
    """
    abuse account accounting accounts admin administrator affiliate affiliates ask b2b billing booking bookings bounce
    care career careers client clients complaints compliance contact contacts contactus copyright customer
    customercare customers customerservice customersupport data dataprotection delivery desk dmca donotreply dpo email
    enquiries enquiry export feedback finance gdpr general hello help helpdesk hi hostmaster hr import info
    information inquiries inquiry inquire invoice invoices jobs legal mail mailbox marketing media news newsletter no
    noc noreply not office official online order orders partner partners payment payments post postmaster pr press
    privacy protection question questions reception recruiting refund refunds registrar reply reservations return
    returns sale sales security service services shipping shop spam staff store subscribe support team tech
    techsupport trade warranty web webmaster webshop website wholesale write
    abonnement accueil aide bonjour boutique clientele clientèle commande commandes commercial compta comptabilite
    comptabilité confidentialite confidentialité contactez direction emploi facturation facture factures infos
    juridique livraison magasin mentions presse reclamation reclamations recrutement retour retours rgpd sav
    secretariat secrétariat serviceclient servicecom vente ventes vieprivee
    anfrage anfragen beratung bestellung bestellungen bewerbung buchhaltung buero büro datenschutz einkauf hallo hilfe
    impressum kontakt kunden kundenbetreuung kundendienst kundenservice laden personal rechnung rechnungen reklamation
    retoure retouren sekretariat verkauf versand vertrieb verwaltung widerruf zentrale
    administracion administración atencion atención atencionalcliente atencioncliente ayuda cliente clientes comercial
    compras consultas contabilidad contacto correo devoluciones empleo envios envíos facturacion facturación hola
    informacion información lopd oficina pedido pedidos prensa privacidad reclamaciones soporte tienda venta ventas
    buh dostavka klient magazin ofis opt otdel pochta podderzhka podderjka pomosh prodazhi prodaji reklama sklad
    vozvrat zakaz zakazy
    бухгалтерия возврат доставка заказ заказы инфо клиент магазин опт отдел офис помощь поддержка почта продажи
    реклама склад
    al and at ch cn cz da de del der des di du en es et eu fi for fr für in it jp la las les los nl of our pl pt ru se
    the to tr uk und us y
    """
)
_WORD = re.compile(r"[^\W\d_]+")
_LOOSE = re.compile(r"[\W_]+")
#: An ``@`` as pages, addresses and markup write it.
_AT = r"(?:@|＠|%40|&#0{0,4}64;|&commat;)"
#: The second form of a host is what a quotation kept of it where it was cut.
_MAIL = re.compile(
    rf"(?<![\w.+'-])(?P<local>[\w.+'-]++){_AT}"
    rf"(?:(?P<host>(?:[\w-]{{1,63}}\.){{1,6}}(?:xn--[\w-]{{2,59}}|[^\W\d_]{{2,24}}))(?![\w-])|(?P<cut>[\w.-]{{0,80}})(?=”|\Z))"
)
#: An address of India's payment system: a mail address without an ending.
_VPA = re.compile(r"(?<![\w.])upi:(?P<local>[\w.-]{2,60})@(?P<host>[a-z][a-z0-9]{2,20})(?![\w.@-])", re.IGNORECASE)
_CUT_FROM = 80  # characters from which a text may have been cut
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}\d{2}(?: ?[0-9A-Za-z]{4}){2,7}(?: ?[0-9A-Za-z]{1,3})?(?![0-9A-Za-z])")
_DIGIT = re.compile(r"\d")
#: The quick looks before the long ones: what every form of an ``@`` has, and as many digits as the shortest number.
_AT_SIGNS = ("@", "＠", "%40", "64;", "&commat;")
_DIGITS = re.compile(r"\d(?:[\s().\-‑–/]{0,3}\d){5}")
_TAG = 3
#: What stands beside a name of one's own and is no role.
_BESIDE = word_set("com couk eu inc limited llc ltd net org gmbh sarl site the web www")
_OWN = 4  # letters of a name that is somebody's own
#: Numbers that only companies have.
_OFFICE_NUMBERS = frozenset(
    {
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.UAN,
    }
)


def is_company_mail(mail: str) -> bool:
    """Whether a mailbox is an office's: role words only, at a host that is no free mail service."""
    local, _, host = mail.lower().partition("@")
    words = _WORD.findall(local)
    return bool(words) and all(word in _ROLES for word in words) and max(map(len, words)) > 1 and not is_free_mail(host)


def is_named_after(account: str, names: Iterable[str]) -> bool:
    """Whether an account bears one of a storefront's own names, and beside it a role word or a number at most."""
    account = bare_name(account)
    return any(_is_more_of(name, account) or _is_more_of(account, name) for name in names)


def bare_name(text: str) -> str:
    """Letters and digits of a name, in one case."""
    return _LOOSE.sub("", text.casefold())


def _is_more_of(long: str, short: str) -> bool:
    if len(short) < _OWN or short not in long:
        return False
    rest = long.replace(short, "", 1)
    return not rest or rest in _ROLES or rest in _BESIDE or rest.isdigit()


class Masks:
    """The masks of one installation. Without a ``key`` they have no tags."""

    def __init__(self, key: bytes = b"") -> None:
        self._key = key
        self._makers: dict[str, Callable[[str], str]] = {
            "identity.address": self.address,
            "identity.mail": self.mail,
            "identity.messenger": self.account,
            "identity.phone": self.telephone,
            "identity.social": self.account,
            "payment.bank_account": self.bank_account,
        }

    def of(self, kind: str, value: str) -> str:
        """How a value of a kind that may be a person's is shown; values of other kinds as they are."""
        return self._makers[kind](value) if kind in self._makers else value

    def mail(self, mail: str) -> str:
        """``j…n@gmail.com#k7q``; an office's mailbox as it is."""
        local, _, host = mail.partition("@")
        return mail if is_company_mail(mail) else f"{_ends(local)}@{host}{self._tag(mail.lower())}"

    def telephone(self, number: str) -> str:
        """``+49…78#k7q`` of an E.164 number; ``…78#k7q`` where no country is known; a company's (0800 ...) as it is."""
        try:
            read = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            country = ""
        else:
            if phonenumbers.number_type(read) in _OFFICE_NUMBERS:
                return number
            country = f"+{read.country_code}"
        digits = "".join(_DIGIT.findall(number))
        return f"{country}…{digits[-2:]}{self._tag(f'+{digits}' if country else digits)}"

    def account(self, account: str) -> str:
        """``telegram:k…v#k7q`` of ``network:name``; of a number or mail address that is an account its own mask."""
        network, _, name = account.partition(":")
        if "@" in name:
            return f"{network}:{self.mail(name)}"
        if network in ("whatsapp", "viber") and name.isdigit():
            return f"{network}:{self.telephone('+' + name)}"
        return f"{network}:{_ends(name)}{self._tag(account)}"

    def bank_account(self, number: str) -> str:
        """``DE…3000#k7q`` of an IBAN."""
        bare = _LOOSE.sub("", number).upper()
        return f"{bare[:2]}…{bare[-4:]}{self._tag(bare)}"

    def address(self, value: str) -> str:
        """``… 101…#k7q``: the head of the postal code of an address as ``analysis.identities.addresses`` compares it."""
        post = postal_code(value)
        return f"… {post[:3]}…{self._tag(value)}" if post else f"…{self._tag(value)}"

    def may_hold(self, text: str) -> bool:
        """Whether there is anything in a text to look at more closely: an ``@`` in some form, or as many digits as a number has."""
        return _has_at(text) or _DIGITS.search(text) is not None or HIDES.search(text) is not None

    def text(self, text: str) -> str:
        """Free text in which mail addresses, bank accounts and telephone numbers with country or label are masked."""
        text = self.mails(text)
        text = _IBAN.sub(lambda match: self.bank_account(match.group()) if iban.is_valid(match.group()) else match.group(), text)
        if "+" in text:
            text = INTERNATIONAL.sub(lambda match: self._number(match.group()), text)
        return LABELLED.sub(lambda match: match.group().replace(match[1], self._number(match[1], labelled=True)), text)

    def mails(self, text: str) -> str:
        """A text or an address of the web in which mail addresses are masked."""
        if _has_at(text):
            text = _MAIL.sub(self._found_mail, text)
            text = _VPA.sub(lambda match: "upi:" + self.mail(f"{match['local']}@{match['host']}".lower()), text)
        if HIDES.search(text) is None:
            return text
        return HIDDEN_MAIL.sub(lambda match: self._mail_as(match.group(), hidden_mail(match).lower()), text)

    def _found_mail(self, match: re.Match[str]) -> str:
        local, host, is_cut = match["local"].strip(".+'-"), match["host"] or match["cut"], match["host"] is None
        if not local or is_file_name(host) or (is_cut and match.end() == len(match.string) < _CUT_FROM):
            return match.group()
        return self._mail_as(match.group(), f"{local.lower()}@{host.lower()}")

    def _mail_as(self, written: str, mail: str) -> str:
        return written if is_company_mail(mail) else self.mail(mail)

    def _number(self, written: str, *, labelled: bool = False) -> str:
        """A number as a text has it; without a country only behind a label, for figures that begin with 00 need be none."""
        digits = "".join(_DIGIT.findall(written.replace("(0)", "")))
        number = "+" + digits if written.startswith("+") else digits if labelled else ""
        mask = self.telephone(number)
        return written if mask == number else mask

    def _tag(self, value: str) -> str:
        if not self._key:
            return ""
        mark = hmac.new(self._key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return "#" + base64.b32encode(mark)[:_TAG].decode().lower()


def postal_code(value: str) -> str:
    """The postal code that ends an address as it is compared; empty where there is none."""
    words = value.split()
    last = words[-1] if len(words) > 2 else ""
    return last if len(last) >= 4 and _DIGIT.search(last) else ""


def _has_at(text: str) -> bool:
    return any(sign in text for sign in _AT_SIGNS)


def _ends(name: str) -> str:
    """First and last letter; of short names the first only."""
    return f"{name[:1]}…{name[-1:] if len(name) > 3 else ''}"
