"""Phrases of the interfaces that forum, shop and site software shows everywhere: nobody wrote them for his shop.

Each is a run of words of the default language files of widely used software, long enough that nobody writes it by chance. A
sentence that holds one is the software's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["is_stock_phrase"]

_PHRASES: Final = """
other members may want to send you
select the appropriate time zone
insist that you abide by the rules
like to cancel the registration
check the i agree checkbox
log in and be known on this site
enter a valid email address for yourself
timestamps displayed on the forums can be
all times are gmt
the time now is
most users ever online was
welcome to our newest member
if this is your first visit be sure to check
you have to register before you can post
you may not post new threads
users browsing this forum
someone replies to a topic you have posted in
cannot otherwise read this code please contact
objectionable material as quickly as possible
by creating an account with our store
move through the checkout process faster
javascript seems to be disabled in your browser
you must have javascript enabled in your browser
have no items in your shopping cart
link to create a new password via email
please enter your username or email address
your email address will not be published
this site uses akismet to reduce spam
verwendet akismet um spam zu reduzieren
personal data will be used to support your experience
enter your email address to create an account
by creating an account you will be able to shop faster
have an account with us please login
passwords are not recoverable in the system
change this password again after you login
a valid e mail address all e mails from the system
this field is kept private and will not be shown publicly
spaces are allowed punctuation is not allowed
provide a password for the new account in both fields
cookies to ensure that we give you the best experience
continue to use this site we will assume
email with a link to reset your password
check your email for password reset instructions
diese website verwendet cookies
ce site utilise des cookies
este sitio web utiliza cookies
questo sito utilizza i cookie
la franja horaria es gmt
"""
_START: Final = 3


def _by_start() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for line in _PHRASES.strip().splitlines():
        words = tuple(line.split())
        found.setdefault(words[:_START], []).append(words)
    return found


_BY_START: Final = _by_start()


def is_stock_phrase(spoken: Sequence[str]) -> bool:
    """True for the words of a sentence, case folded, that holds one of the phrases."""
    words = tuple(spoken)
    for at in range(len(words) - _START + 1):
        phrases = _BY_START.get(words[at : at + _START])
        if phrases and any(words[at : at + len(phrase)] == phrase for phrase in phrases):
            return True
    return False
