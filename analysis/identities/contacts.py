"""Mail addresses, telephone numbers, messengers and social accounts as pages write or hide them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import phonenumbers

from analysis.texts.boilerplate import is_demo_mail, is_demo_phone, word_set

__all__ = [
    "HIDDEN_MAIL",
    "HIDES",
    "HOSTS",
    "INTERNATIONAL",
    "LABELLED",
    "SCHEMES",
    "account_of_link",
    "hidden_mail",
    "mails_in",
    "phones_in",
    "protected_mail",
    "region_of",
    "telephone",
]

_MAIL = re.compile(
    r"(?<![\w.+%-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63})@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,4}[A-Za-z]{2,18})(?![\w@-])"
)
#: A mail address in disguise: ``name [at] host [dot] com``.
HIDDEN_MAIL = re.compile(
    r"(?<![\w.+%-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63})\s{0,3}(?:[\[({<]\s{0,2}(?:at|AT|@|ät|arroba|собака)"
    r"\s{0,2}[\])}>]|\sAT\s)\s{0,3}"
    r"([A-Za-z0-9-]{1,63}(?:\s{0,3}(?:\.|[\[({<]\s{0,2}(?:dot|DOT|punkt|point|punto|точка|\.)\s{0,2}[\])}>]|"
    r"\sDOT\s)\s{0,3}[A-Za-z0-9-]{1,63}){1,4})(?![\w@-])"
)
#: The heart of a mail address in disguise.
HIDES = re.compile(r"[\[({<]\s{0,2}(?:at|AT|@|ät|arroba|собака)|\sAT\s")
#: What says that what follows shows how to write one.
_FOR_EXAMPLE = re.compile(
    r"(?<!\w)(?:e\.?\s?g\.?|(?:for\s)?example|such as|like this|np\.|z\.?\s?B\.|zum Beispiel|p\.\s?ex\.|par exemple|ex\.|"
    r"por ejemplo|p\.\s?ej\.|ej\.|ad es\.|es\.|esempio|bijv\.|bv\.|např\.|napr\.|pl\.|напр\.|например|örn\.?|"
    r"örneğin|f\.eks\.|t\.ex\.|esim\.|"
    r"por exemplo)[\s:,(\[\"'«„]{0,4}$",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s{0,3}(?:[\[({<]\s{0,2}(?:dot|DOT|punkt|point|punto|точка|\.)\s{0,2}[\])}>]|\sDOT\s|\.)\s{0,3}")
_HEX = re.compile(r"[0-9a-fA-F]{10,400}")

#: A telephone number with its country, and one behind a word that announces it (group 1).
INTERNATIONAL = re.compile(r"(?<![\w+/=-])(?:\+|(?<!\d )00(?=[1-9]\d))\s?[1-9](?:[\s().\-‑–/]{0,3}\d){6,14}(?![\w-])")
LABELLED = re.compile(
    r"(?<!\w)(?:tele?phone|phone(?:\snumber)?|tel|call(?:\sus)?(?:\s(?:at|on|today|now|toll[- ]free)){0,2}|"
    r"hotline|support|mobile?|cell|"
    r"toll[- ]free|fax|telefon(?:o|e|os|u|en)?|tlf|puh(?:elin)?|τηλ(?:έφωνο)?|tālr(?:unis)?|rufnummer|téléphone|tél|teléfono|móvil|"
    r"тел(?:ефон[а-я]{0,3})?|電話(?:番号)?|전화(?:번호)?|звоните(?:\sнам)?|факс|моб|whatsapp|wechat|viber)\s{0,2}(?:\([^\W\d]{1,12}\))?"
    r"\s{0,2}(?:no|nr|№)?[.:：]{0,2}\s{0,2}:?\s{0,3}"
    r"((?:\+\s?)?\(?\d(?:[\s().\-‑–/]{0,3}\d){5,14})(?![\w-])",
    re.IGNORECASE,
)
#: As many digits as the shortest number has, and as far apart as any has them.
_DIGITS_OF_ONE = re.compile(r"\d(?:[\s().\-‑–/]{0,3}\d){5}")
_BY_ENDING = {"uk": "GB", "com": "", "net": "", "org": "", "eu": "", "su": "RU", "рф": "RU", "xn--p1ai": "RU"}
_BY_LANGUAGE = {
    "en": "US",
    "de": "DE",
    "fr": "FR",
    "es": "ES",
    "ru": "RU",
    "it": "IT",
    "pl": "PL",
    "nl": "NL",
    "pt": "PT",
    "ja": "JP",
    "cs": "CZ",
    "sv": "SE",
    "da": "DK",
    "fi": "FI",
    "uk": "UA",
}
#: Countries whose word for a telephone is "tlf": a number behind it is of no other.
_WRITE_TLF = ("DK", "NO", "FO", "GL")
_REGIONS = frozenset(phonenumbers.SUPPORTED_REGIONS)
#: Hits looked at in one text; more is a list of other people's numbers.
MAX_HITS = 40

# Paths of social networks that are no account: sharing, logging in, content of anyone.
_NOT_AN_ACCOUNT = word_set(
    """
    sharer sharer.php share share.php dialog plugins tr intent home search hashtag hashtags explore accounts p reel
    reels tv stories login signup events groups watch marketplace i settings privacy policies policy terms legal about
    help tos feed embed results playlist shorts pin pin-builder away away.php widget_community.php video video_ext.php
    js css images img static badges fbml wordpress shopify wix wixcom opencart prestashop magento bigcommerce
    woocommerce squarespace colorlib themeforest envato envatomarket htmlcodex themewagon facebook instagram twitter
    youtube telegram bootstrap getbootstrap username yourusername yourname yourpage yourprofile your-page your_username
    example user page profile company pages php ajax sdk connect oauth rsrc.php undefined null false none hc_ref 2008
    wordpressdotcom templatemo w3layouts sharearticle school cws widgets index.cfm campaign recover docs articles forums
    products followers following friends status statuses sharing topic topics people photo permalink.php story.php
    media today subscription_center tag pulse notes
    hashtag.php dialogs create join register signin account accounts sharearticle.php
    """
)
_HANDLE = re.compile(r"@?[\w.\-]{3,60}", re.UNICODE)
_SOCIAL = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "instagram.com": "instagram",
    "twitter.com": "x",
    "x.com": "x",
    "vk.com": "vk",
    "vkontakte.ru": "vk",
    "ok.ru": "ok",
    "odnoklassniki.ru": "ok",
    "youtube.com": "youtube",
    "linkedin.com": "linkedin",
    "pinterest.com": "pinterest",
    "tiktok.com": "tiktok",
    "myspace.com": "myspace",
    "snapchat.com": "snapchat",
    "discord.gg": "discord",
    "soundcloud.com": "soundcloud",
    "flickr.com": "flickr",
    "tumblr.com": "tumblr",
    "weibo.com": "weibo",
}
#: A host of a network in one language, beside which stand its help, its developers' pages and its status.
_OF_A_LANGUAGE = re.compile(r"(?:[a-z]{2}(?:-[a-z]{2})?|touch|web|mbasic)\.")
_TUMBLR = re.compile(
    r"(?!(?:www|assets|static|media|platform|embed|api|support|staff|about|\d+\.media)\.)([a-z0-9][a-z0-9-]{2,31})\.tumblr\.com"
)
#: Schemes of addresses that lead to somebody's account, and a part of every host that has accounts.
SCHEMES = frozenset({"skype", "viber", "tg", "whatsapp", "callto", "ymsgr", "aim", "xmpp", "icq", "weixin", "tel"})
HOSTS = frozenset({*_SOCIAL, "wa.me", "whatsapp.com", "t.me", "telegram.", "m.me", "icq.com", "livejournal.com", "pinterest."})
# Networks whose account is the second step of the path.
_SECOND_STEP = {
    "channel",
    "user",
    "c",
    "company",
    "in",
    "add",
    "people",
    "photos",
    "groups",
    "group",
    "pages",
    "school",
    "public",
    "club",
    "invite",
    "pub",
    "edu",
    "showcase",
    "#!",
}


def mails_in(text: str) -> Iterator[str]:
    """Mail addresses in a text, lower case: as they are, and with "at" and "dot" spelt out in brackets."""
    if "@" in text:
        for hits, match in enumerate(_MAIL.finditer(text)):
            if hits >= MAX_HITS:
                break
            if (mail := _clean(match.group(1), match.group(2))) and not _FOR_EXAMPLE.search(
                text, max(0, match.start() - 24), match.start()
            ):
                yield mail
    may_hide = "(" in text or "AT" in text or "[" in text or "<" in text or "{" in text
    for hits, match in enumerate(HIDDEN_MAIL.finditer(text) if may_hide and HIDES.search(text) else ()):
        if hits >= MAX_HITS:
            break
        if mail := _clean(*hidden_mail(match).split("@")):
            yield mail


def hidden_mail(match: re.Match[str]) -> str:
    """What a match of ``HIDDEN_MAIL`` hides."""
    return f"{match.group(1)}@{_DOT.sub('.', match.group(2))}"


def _clean(local: str, host: str) -> str:
    mail = f"{local.strip('.').lower()}@{host.lower()}"
    local, _, host = mail.partition("@")
    if not local or ".." in mail or "." not in host or host.startswith("-") or not host.rpartition(".")[2].isalpha():
        return ""
    return "" if is_demo_mail(mail) or (len(local) >= 24 and re.fullmatch(r"[0-9a-f]+", local)) else mail


def protected_mail(code: str) -> str:
    """The address behind a ``data-cfemail`` code (each byte XORed with the first); empty when it is none."""
    if not _HEX.fullmatch(code) or len(code) % 2:
        return ""
    raw = bytes.fromhex(code)
    return next(mails_in(bytes(byte ^ raw[0] for byte in raw[1:]).decode("utf-8", "replace")), "")


def region_of(site: str, language: str | None) -> str | None:
    """The country whose dialling rules a national number follows: by the domain's ending, else by the language."""
    ending = site.rpartition(".")[2].lower()
    region = _BY_ENDING.get(ending, ending.upper() if len(ending) == 2 else "") or _BY_LANGUAGE.get(language or "", "")
    return region if region in _REGIONS else None


def phones_in(text: str, region: str | None) -> Iterator[tuple[str, str]]:
    """(E.164, as written) of numbers with a country code, and of numbers behind a word that announces a telephone."""
    if not _DIGITS_OF_ONE.search(text):
        return
    found = [
        match.group()
        for match, _ in zip(INTERNATIONAL.finditer(text) if "+" in text or "00" in text else (), range(MAX_HITS), strict=False)
        if not _FOR_EXAMPLE.search(text, max(0, match.start() - 24), match.start())
    ]
    if region:
        labelled = [match for match, _ in zip(LABELLED.finditer(text), range(MAX_HITS), strict=False)]
        found += [match.group(1) for match in labelled if region in _WRITE_TLF or match.group()[:3].lower() != "tlf"]
    for written in found:
        if number := telephone(written, region):
            yield number, " ".join(written.split())


def telephone(written: str, region: str | None) -> str:
    """One number as E.164; empty when no country numbers like that or when it is an example's."""
    bare = written.replace("(0)", "").strip()
    if bare.startswith("00") and not bare.startswith("000"):
        bare = "+" + bare[2:]
    try:
        number = phonenumbers.parse(bare[:40], None if bare.startswith("+") else region)
    except phonenumbers.NumberParseException:
        return ""
    # A made-up number of the right length is as good a trace as a real one when its country is written out.
    fits = phonenumbers.is_possible_number(number) if bare.startswith("+") else phonenumbers.is_valid_number(number)
    if not fits:
        return ""
    told = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "" if is_demo_phone(told.lstrip("+")) else told


def account_of_link(link: str) -> tuple[str, str]:
    """("messenger" or "social", "network:account") of a link to somebody's account; two empty strings for any other link."""
    scheme = link[:12].partition(":")[0].lower()
    if scheme in SCHEMES:
        return _by_scheme(scheme, link)
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", ""
    host = (parts.hostname or "").lower().removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    steps = [unquote(step) for step in parts.path.split("/") if step]
    query = parts.query
    if host in ("wa.me", "api.whatsapp.com", "web.whatsapp.com", "chat.whatsapp.com"):
        number = re.search(r"(?:^|&)phone=\+?%?2?B?(\d{7,15})", query)
        digits = number.group(1) if number else (steps[0].lstrip("+") if steps and steps[0].lstrip("+").isdigit() else "")
        return ("messenger", f"whatsapp:{digits}") if 7 <= len(digits) <= 15 and not is_demo_phone(digits) else ("", "")
    if host in ("t.me", "telegram.me", "telegram.dog") and steps:
        name = steps[1] if steps[0] in ("s", "joinchat") and len(steps) > 1 else steps[0]
        return ("messenger", f"telegram:{name.lower()}") if _is_account(name) else ("", "")
    if host == "m.me" and steps:
        return ("messenger", f"messenger:{steps[0].lower()}") if _is_account(steps[0]) else ("", "")
    if host == "icq.com" and (uin := re.search(r"(?:uin=|/people/|/)(\d{5,9})(?!\d)", parts.path + "?" + query)):
        return "messenger", f"icq:{uin.group(1)}"
    if host.endswith(".livejournal.com") and host.count(".") == 2:
        return "social", f"livejournal:{host.partition('.')[0]}"
    if (blog := _TUMBLR.fullmatch(host)) and steps[:1] != ["widgets"]:
        return "social", f"tumblr:{blog.group(1)}"
    network = (
        _SOCIAL.get(host)
        or (_SOCIAL.get(host.partition(".")[2]) if _OF_A_LANGUAGE.match(host) else None)
        or ("pinterest" if host.split(".")[0] == "pinterest" else None)
    )
    if not network or not steps:
        return "", ""
    if steps[0] == "profile.php" and (number := re.search(r"(?:^|&)id=(\d{6,20})", query)):
        return "social", f"{network}:{number.group(1)}"
    step = (
        steps[-1]
        if steps[0] == "pages" and len(steps) > 2
        else steps[1]
        if steps[0].lower() in _SECOND_STEP and len(steps) > 1
        else steps[0]
    )
    if not _is_account(step) or step.lower().endswith((".php", ".html", ".js", ".png")) or (network == "x" and step.isdigit()):
        return "", ""
    # Channel ids tell letter case apart, names do not.
    account = step if steps[0] == "channel" else step.lower()
    return "social", f"{network}:{account.lstrip('@')}"


def _is_account(name: str) -> bool:
    return _HANDLE.fullmatch(name) is not None and name.lower().lstrip("@") not in _NOT_AN_ACCOUNT and not name.startswith("your")


def _by_scheme(scheme: str, link: str) -> tuple[str, str]:
    rest = unquote(link.partition(":")[2])[:120]
    if scheme == "skype" or (scheme == "callto" and not rest.strip("/+").replace("-", "").replace(" ", "").isdigit()):
        name = re.split(r"[?&/]", rest.lstrip("/"))[0].lower()
        return (
            ("messenger", f"skype:{name}")
            if re.fullmatch(r"[a-z][a-z0-9.,_:-]{5,40}", name) and not name.startswith(("your", "echo123"))
            else ("", "")
        )
    if scheme in ("viber", "whatsapp") and (number := re.search(r"(?:number|phone)=\+?(\d{7,15})", rest)):
        return ("messenger", f"{scheme}:{number.group(1)}") if not is_demo_phone(number.group(1)) else ("", "")
    if scheme == "tg" and (name := re.search(r"domain=(\w{4,40})", rest)):
        return "messenger", f"telegram:{name.group(1).lower()}"
    if scheme in ("ymsgr", "aim") and (
        name := re.search(r"(?:screenname=|sendim\?|addfriend\?)([\w.@-]{3,40})", rest, re.IGNORECASE)
    ):
        return "messenger", f"{'yahoo' if scheme == 'ymsgr' else 'aim'}:{name.group(1).lower()}"
    if scheme == "xmpp" and "@" in rest:
        return "messenger", f"jabber:{rest.partition('?')[0].lower()}"
    return "", ""
