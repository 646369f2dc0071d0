"""Shop platforms by several marks: one mark can be a left-over, an embedded button or a migration's remains."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

__all__ = ["PLATFORM_MARKS", "RENTED", "platform_of"]

#: Platform, then marks looked for in source, asset URLs, header and cookie names (all lower case).
_MARKS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "shopify",
        (
            "cdn.shopify.com",
            "shopify.theme",
            "shopify-section",
            "/cdn/shop/",
            "x-shopid",
            "x-shopify-stage",
            "_shopify_y",
            "shopify.shop",
        ),
    ),
    (
        "woocommerce",
        ("/wp-content/plugins/woocommerce/", "woocommerce-page", "wc_add_to_cart_params", 'content="woocommerce', "wc-ajax="),
    ),
    (
        "magento",
        (
            "/static/version",
            "mage/cookies",
            "x-magento-init",
            "/skin/frontend/",
            "var bluefoot",
            "form_key",
            "x-magento-",
            "mage.cookies",
        ),
    ),
    (
        "prestashop",
        (
            'content="prestashop"',
            "var prestashop",
            "/modules/ps_",
            "prestashop-",
            "id_product=",
            "/themes/default-bootstrap",
            "/modules/block",
        ),
    ),
    (
        "opencart",
        ("catalog/view/theme/", "index.php?route=common/home", "index.php?route=product", "ocsessid", "catalog/view/javascript/"),
    ),
    ("bigcommerce", ("cdn11.bigcommerce.com", ".bigcommerce.com/s-", "stencil-utils", "bcdata", "bigcommerce.com")),
    ("wix", ("static.wixstatic.com", "static.parastorage.com", "wix.com website builder", "x-wix-request-id", "wixbisession")),
    (
        "squarespace",
        ("static1.squarespace.com", "assets.squarespace.com", "squarespace.com", "squarespace_context", "this is squarespace"),
    ),
    ("bitrix", ("/bitrix/templates/", "/bitrix/js/", "bx.message", "x-powered-cms", "bitrix_sm_guest_id", "/bitrix/cache/")),
    ("insales", ("insales", "static.insales-cdn.com", "assets.insales.ru", "insales.common")),
    ("tilda", ("tildacdn.com", "t-body", "tilda-blocks", "tildasans")),
    ("shopware", ("shopware", "csrf-token.js", "/web/cache/", "/themes/frontend/", "sw-context-token")),
    ("oscommerce", ("oscsid", "products_id=", "index.php?cpath=", "oscommerce")),
    ("zen-cart", ("zenid", "index.php?main_page=", "zen-cart", "zen cart")),
    ("x-cart", ("xcart", "x-cart", "skin/common_files", "xid=")),
    ("virtuemart", ("com_virtuemart", "vmsitesurl", "vm-recent")),
    ("ecwid", ("app.ecwid.com", "ecwid_script", "xproductbrowser")),
    ("volusion", ("/v/vspfiles/", "volusion", "vspfiles/templates")),
    ("corecommerce", ("corecommerce", "cc_loader", "~/cart.php")),
    ("nopcommerce", ("nopcommerce", "nop.customer", "/themes/defaultclean/")),
    ("salesforce-commerce", ("demandware.static", "demandware.store", "dwanalytics", "dwsid")),
    ("hybris", ("_ui/responsive", "acc.config", "/medias/sys_master")),
    ("shopyy", ("shopyy", "cdn.shopyy", "oemapps")),
    ("shoplazza", ("shoplazza", "cdn.shoplazza.com")),
    ("shopline", ("shoplineapp", "shopline.com", "cdn.shopline")),
    ("wordpress", ("/wp-content/themes/", "/wp-includes/", 'content="wordpress', "wp-json")),
)
_NEEDED: Final = 2


#: Platforms that serve the shop themselves: their server, their error page and their own processor's key are every tenant's.
RENTED = frozenset(
    {
        "bigcommerce",
        "corecommerce",
        "ecwid",
        "insales",
        "salesforce-commerce",
        "shopify",
        "shoplazza",
        "shopline",
        "shopyy",
        "squarespace",
        "tilda",
        "volusion",
        "wix",
    }
)


#: Everything that is looked for.
PLATFORM_MARKS: Final = frozenset(mark for _, marks in _MARKS for mark in marks)


def platform_of(there: Set[str]) -> tuple[str, tuple[str, ...]] | None:
    """The platform with most marks among those that are there, and its marks; None below two. The order of the list breaks ties.

    A mark that stands within another one that is there is not counted: one embedded picture shows both.
    """
    if len(there) < _NEEDED:
        return None
    best: tuple[str, tuple[str, ...]] | None = None
    for name, marks in _MARKS:
        found = tuple(mark for mark in marks if mark in there)
        found = tuple(mark for mark in found if not any(mark != other and mark in other for other in found))
        if len(found) >= _NEEDED and (best is None or len(found) > len(best[1])):
            best = (name, found)
    return best
