"""When two values of a watched attribute are the same, how sure a difference is, and what is remembered when nothing changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

__all__ = ["ATTRIBUTES", "NONE_SEEN", "Attribute", "price_step"]

#: Payment of a shop whose pages say nothing of it.
NONE_SEEN = ""
#: A catalogue has changed from this ratio and this many products on.
_SIZE_RATIO, _SIZE_COUNT = 1.3, 5
#: Prices have changed when the median of at least so many goods moved by this share.
_PRICE_SHARE, _PRICE_GOODS = 0.05, 5
_NETWORKS = 12


@dataclass(frozen=True, slots=True)
class Attribute:
    """How one attribute is judged.

    ``same(old, new)``; ``sure(old, new)`` whether a difference may be told at first sight; ``kept(old, new)`` the value to
    remember when nothing changed (old values drift, sets grow); ``is_soft``: provider's and merchant's small change, damped
    from the way back on; ``once``: any second change within the window is damped; ``lost`` whether the old value says too little
    to compare, so that the new one replaces it without a word.
    """

    name: str
    same: Callable[[str, str], bool]
    sure: Callable[[str, str], bool]
    kept: Callable[[str, str], str]
    lost: Callable[[str, str], bool]
    is_soft: bool = False
    once: bool = False


def _equal(old: str, new: str) -> bool:
    return old == new


def _always(_old: str, _new: str) -> bool:
    return True


def _never(_old: str, _new: str) -> bool:
    return False


def _old(old: str, _new: str) -> str:
    return old


def _words(value: str) -> set[str]:
    return set(value.partition(" ")[2].split())


def _one_company(old: str, new: str) -> bool:
    return any(_is_one_company(one, two) for one in old.split(" / ") for two in new.split(" / "))


def _is_one_company(one: str, two: str) -> bool:
    """Whether most of the longer words agree; short ones may be legal forms."""
    words = [{word.strip(".,()/") for word in name.casefold().split()} for name in (one, two)]
    longer = [{word for word in row if len(word) > 4} or row for row in words]
    return 2 * len(longer[0] & longer[1]) > min(len(longer[0]), len(longer[1]))


def _other_language(old: str, new: str) -> bool:
    return not set(old.split(",")) & set(new.split(","))


def _near_size(old: str, new: str) -> bool:
    one, two = int(old), int(new)
    return abs(one - two) < _SIZE_COUNT or max(one, two) < _SIZE_RATIO * min(one, two)


def price_step(old: str, new: str) -> tuple[str, str, float, int] | None:
    """(currency before, currency now, median ratio, goods compared); ratio 1 where the currency differs, None with too few goods.

    Only goods that both hold are compared: another sample of the same shop is no change of prices.
    """
    (one, before), (two, now) = json.loads(old), json.loads(new)
    common = [now[name] / before[name] for name in before.keys() & now.keys()]
    if len(common) < _PRICE_GOODS:
        return None
    return one, two, 1.0 if one != two else median(common), len(common)


def _near_prices(old: str, new: str) -> bool:
    step = price_step(old, new)
    return step is not None and step[0] == step[1] and abs(step[2] - 1) < _PRICE_SHARE


def _kept_prices(old: str, new: str) -> str:
    """The old prices of goods still sold and, at the old level, those of new ones: small steps add up until they are told."""
    step = price_step(old, new)
    if step is None:
        return new
    (currency, before), (_, now) = json.loads(old), json.loads(new)
    return json.dumps(
        [currency, {name: before.get(name, round(price / step[2], 4)) for name, price in now.items()}], separators=(",", ":")
    )


def _few_prices(old: str, new: str) -> bool:
    return price_step(old, new) is None


def _one_host(old: str, new: str) -> bool:
    return old.partition(" ")[0] == new.partition(" ")[0] and bool(_words(old) & _words(new))


def _kept_host(old: str, new: str) -> str:
    """What is there now first, then what was there before: addresses of one provider come and go."""
    words = dict.fromkeys([*new.split()[1:], *old.split()[1:]])
    return " ".join([new.partition(" ")[0], *list(words)[:_NETWORKS]])


def _one_key(old: str, new: str) -> bool:
    return bool(set(old.split()) & set(new.split()))


def _new(_old_value: str, new: str) -> str:
    return new


def _seen_payment(_before: str, new: str) -> bool:
    return new != NONE_SEEN


ATTRIBUTES: Mapping[str, Attribute] = {
    row.name: row
    for row in (
        Attribute("page", _equal, _always, _old, _never),
        Attribute("payment", _equal, _seen_payment, _old, _never),
        Attribute("company", _one_company, _always, _old, _never),
        Attribute("language", _equal, _other_language, _old, _never, is_soft=True),
        Attribute("catalogue", _near_size, _always, _old, _never, is_soft=True),
        Attribute("prices", _near_prices, _always, _kept_prices, _few_prices, is_soft=True),
        Attribute("host", _one_host, _always, _kept_host, _never, is_soft=True, once=True),
        Attribute("name-servers", _one_host, _always, _kept_host, _never, is_soft=True, once=True),
        Attribute("certificate", _one_key, _always, _new, _never, is_soft=True, once=True),
        Attribute("cluster", _equal, _always, _old, _never),
    )
}
