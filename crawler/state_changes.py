"""Addresses that could change something for somebody when asked for.

Recognised by their words, and never followed.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.vocabulary import words

__all__ = ["is_state_changing"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _folded(text: str) -> tuple[str, ...]:
    """Phrases, comma-separated, as texts of links begin with them once folded, each with a space behind it."""
    return tuple(" ".join((*words(phrase), "")) for phrase in text.split(","))


_STATE_PATH = re.compile(
    r"log[-_]?(?:out|off)|sign[-_]?(?:out|off)|add[-_]?(?:to|2)[-_]?(?:cart|basket|bag|wish|compare|fav)|addcart"
    r"|buy[-_]?now|add[-_]?item"
    r"|(?:cart|basket|warenkorb|panier|carrito|korzina|wishlist|compare|favou?rites?)/(?:add|change|update|clear|remove|delete|empty)"
    r"|(?:add|remove|delete|update|clear|empty)[-_/]?(?:cart|basket|wishlist|compare|item|product|favou?rites?)"
    r"|un[-_]?subscribe|desabonn|abbestellen|darse[-_]?de[-_]?baja|otpis|unsub\b|opt[-_]?out"
    r"|/(?:delete|remove|destroy|cancel|activate|confirm|verify|vote|rate|like|dislike|follow)(?:/|$)"
    r"|abmelden|ausloggen|deconnexion|se-deconnecter|cerrar[-_]?sesion|desconectar|vyhod|vyiti|выход|выйти"
    r"|(?:place|submit|confirm)[-_]?order|ajout(?:er)?[-_]?(?:au)?[-_]?panier|in[-_]den[-_]warenkorb"
    r"|anadir[-_]?(?:al)?[-_]?carrito"
    r"|v[-_]korzinu|one[-_]?click"
    r"|(?:^|[/_.=-])(?:esci|sair|cikis|cikis-yap|wyloguj|uitloggen|afmelden|odhlasit|odhlaseni|logga-?ut|log-?ud|logg-?ut)(?:$|[/_.&-])"
    r"|aggiungi[-_]?(?:al)?[-_]?carrello|dodaj[-_]?do[-_]?koszyka|sepete[-_]?ekle|adicionar[-_]?(?:ao)?[-_]?carrinho"
    r"|toevoegen[-_]?aan[-_]?winkel|(?:carrello|koszyk|winkelwagen|carrinho|sepet|kosik)/(?:add|dodaj|aggiungi|ekle|adicionar)",
    re.IGNORECASE,
)
_STATE_TEXT = re.compile(
    r"^(?:log ?out|log ?off|sign ?out|add to (?:cart|basket|bag|wish ?list|compare|favou?rites)|buy(?: it)? now|un ?subscribe"
    r"|remove|delete|empty cart|clear cart|deconnexion|se deconnecter|ajouter au panier|se desabonner|supprimer|vider le panier"
    r"|abmelden|ausloggen|in den (?:warenkorb|einkaufswagen)|entfernen|loschen|cerrar sesion|salir|desconectar"
    r"|anadir (?:al carrito|a la cesta)|agregar al carrito|eliminar|vaciar carrito|darse de baja"
    r"|выход|выити|в корзину|добавить в корзину|купить|отписаться|удалить|очистить корзину)\b"
)
#: The same as people write it in other languages; compared folded.
_STATE_BEGINNINGS = _folded("""
    esci, disconnetti, aggiungi al carrello, rimuovi, elimina, svuota carrello, wyloguj, dodaj do koszyka, do koszyka, usuń,
    uitloggen, in winkelwagen, in winkelmand, toevoegen aan winkelwagen, verwijderen, sair, adicionar ao carrinho,
    comprar agora, remover, excluir, çıkış, çıkış yap, sepete ekle, kaldır, hemen satın al, log ud, læg i kurv, logga ut,
    lägg i varukorg, logg ut, legg i handlekurv, odhlásit, do košíku, do košíka, kosárba, kijelentkezés, 退出, 退出登录,
    注销, 登出, 加入购物车, 加入購物車, 立即购买, 立即購買, 删除, 清空购物车, ログアウト, カートに入れる, 今すぐ購入, 削除,
    로그아웃, 장바구니 담기
""")
_STATE_KEYS = _set("""
    add add-to-cart add_to_cart addtocart add_to_wishlist remove_item remove delete del unsubscribe logout
    currency set_currency setcurrency cur id_currency setlang vote rate empty-cart empty_cart clear-cart buy order_again undo_item
    confirm token nonce _wpnonce reset activate
""")
_ACTION_KEYS = _set("action act do cmd task op func event method")
_HARMLESS_ACTION = re.compile(
    r"(?:view|show|list|index|display|details?|info|page|open|login|signin|register|adduser|signup|contact|about|search"
    r"|category|product|cart|catalog"
    r"|news|shop|main|home)",
    re.IGNORECASE,
)


def is_state_changing(url: str, text: str = "") -> bool:
    """True for an address that could change something for somebody when asked for: it is never followed.

    Log-out, adding to and clearing carts and wish lists, unsubscribing, voting, currency switches, tokens of mails.
    An "add to cart" that only leads to the product's own page is taken for one too where that is all that is said of it.
    """
    parts = urlsplit(url)
    if _STATE_PATH.search(unquote(parts.path, errors="replace")[:2083]):
        return True
    spoken = " ".join(words(text)[:8]) if text else ""
    if spoken and (_STATE_TEXT.match(spoken) or f"{spoken} ".startswith(_STATE_BEGINNINGS)):
        return True
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=60)
    except ValueError:
        return True
    for key, value in pairs:
        name = key.lower()
        if name in _STATE_KEYS or (name in _ACTION_KEYS and value and not _HARMLESS_ACTION.match(value)):
            return True
        if _STATE_PATH.search(f"{name}={value[:200]}"):
            return True
    return False
