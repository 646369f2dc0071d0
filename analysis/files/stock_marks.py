"""What server software, platforms, content networks and habit explain by themselves: header and cookie names.

A trace that this module explains says which software answers, never who runs it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["cdn_of", "is_stock_cookie", "is_stock_header", "is_stock_robots_line"]

_STOCK_HEADERS: Final = """
accept-ch accept-ranges access-control-allow-credentials access-control-allow-headers access-control-allow-methods age allow alt-svc
access-control-allow-origin access-control-expose-headers access-control-max-age cache-control clear-site-data connection
content-disposition
content-encoding content-language content-length content-location content-md5 content-range content-security-policy
content-security-policy-report-only content-type critical-ch cross-origin-embedder-policy cross-origin-opener-policy
cross-origin-resource-policy date device-memory etag expect-ct expires feature-policy host-header imagetoolbar keep-alive
last-modified link
location mime-version ms-author-via nel origin-agent-cluster origin-trial p3p permissions-policy pics-label powered-by pragma
priority
proxy-connection public-key-pins ratelimit-limit referrer-policy refresh report-to reporting-endpoints retry-after server
server-timing set-cookie
sourcemap speculation-rules status strict-transport-security surrogate-control surrogate-key tcn timing-allow-origin tk trailer
transfer-encoding upgrade vary via wpe-backend www-authenticate x-accel-buffering x-accel-expires x-accel-version
x-adblock-key x-aspnet-version
x-aspnetmvc-version x-author x-bitrix-composite x-buckets x-cacheable x-cached x-cdn x-check x-check-cacheable x-cloud-trace-context
x-cnection x-content-digest x-content-powered-by x-content-security-policy x-content-type-options x-contextid
x-correlation-id x-cs x-dc
x-debug-token x-device x-dispatcher x-dns-prefetch-control x-download-options x-drupal-cache x-drupal-dynamic-cache x-environment
x-fastcgi-cache x-flow-powered x-frame-options x-frontend x-generated-by x-generator x-gateway-cache-status x-hacker x-host x-httpd
x-iinfo x-joomla-token x-lift-version x-litespeed-cache x-litespeed-tag x-logged-in x-magento-cache-debug x-mod-pagespeed x-nananana
x-nginx-cache x-nginx-cache-status x-nginx-proxy-cache x-nginx-upstream-cache-status x-nitro-cache x-nitro-rev x-node-env
x-oneagent-js-injection
x-owa-version x-page-speed x-permitted-cross-domain-policies x-php-version x-pingback x-pjax-url x-platform x-powered-by
x-powered-by-plesk
x-powered-cms x-proxy-cache x-qnm-cache x-rack-cache x-rate-limit-limit x-rate-limit-remaining x-redirect-by x-request-guid
x-request-id
x-request-time x-response-time x-robots-tag x-runtime x-sap-pg x-seen-by x-served-by x-shardid x-shopid x-sid x-sourcemap
x-spip-cache
x-storefront-renderer-rendered x-timer x-trace x-trace-id x-tracking-ref x-turbo-charged-by x-turbo-powered-by
x-ua-compatible x-ua-device x-varnish
x-varnish-cache x-version x-webcom-cache-status x-webkit-csp x-who x-wix-request-id x-xss-protection xkey x-pass-why x-app-server
"""
_STOCK: Final = frozenset(_STOCK_HEADERS.split())
#: Families of names that content networks, platforms and hosting products add.
_STOCK_FAMILY: Final = re.compile(
    r"^(?:cf-|x-amz-|x-amzn-|x-cache|x-akamai|akamai-|x-vercel-|x-nf-|x-sucuri-|x-shopify|x-sorting-hat|x-alternate-cache"
    r"|x-bc-|x-magento"
    r"|x-wix-|x-drupal|x-bitrix|x-ws-|x-wp|x-wpe|wpe-|x-pantheon|x-styx|x-kinsta|ki-|x-fw-|fastly-|x-fastly|x-azure|x-ms-"
    r"|x-aspnet|x-litespeed"
    r"|x-turbo-|x-envoy|x-b3-|x-datadog|x-newrelic|x-newfold|x-endurance|x-rocket|x-rate|ratelimit|x-ratelimit|x-frame"
    r"|x-powered|x-content"
    r"|sec-|x-goog-|x-gfe|x-guploader|x-heroku|x-render|fly-|x-bunny|cdn-|x-hw|x-swift|eagleid|x-tengine|x-oss|x-ser$|x-ccdn"
    r"|x-edge|x-siteground"
    r"|sg-|x-ac$|x-hostinger|platform$|panel$|x-plesk|x-ionos|x-squarespace|x-contextid|x-weebly|x-big|x-prestashop|x-opencart"
    r"|x-salesforce|x-dw)"
)

_STOCK_COOKIES: Final = re.compile(
    r"^(?:phpsessid|jsessionid|asp\.net_sessionid|aspsessionid\w{0,20}|\.aspxauth|\.aspxanonymous"
    r"|__requestverificationtoken\w{0,40}|cfid|cftoken|cfglobals"
    r"|s(?:ess)?id|session|sessid|session_?id|sess|connect\.sid|_?session_id|rack\.session|laravel_session|xsrf-token"
    r"|csrf_?token|_csrf|csrf|csrftoken"
    r"|ci_session\w{0,8}|ci_csrf\w{0,20}|symfony|django\w{0,10}|cakephp|yii\w{0,10}|frontend(?:_cid)?|form_key|mage-\w{1,40}"
    r"|adminhtml|store|private_content_version"
    r"|ocsessid|oscsid|zenid|language|currency|lang|locale|country|geo\w{0,10}|i18n\w{0,20}|default|default-\w{1,6}|viewed"
    r"|compare|wishlist"
    r"|_?shopify_\w{1,40}|_secure_session_id|secure_customer_sig|_orig_referrer|_landing_page|cart|cart_\w{1,20}|cart_currency"
    r"|localization|keep_alive|_tracking_consent|_cmp_a"
    r"|woocommerce_\w{1,40}|wp_\w{1,60}|wordpress_\w{1,60}|wp-\w{1,40}|wc_\w{1,40}|wc-\w{1,40}|tk_\w{2}|pll_language"
    r"|wpml_\w{1,30}|wfwaf\S{0,60}|wordfence\w{0,40}"
    r"|__cf\w{1,20}|_cf\w{1,20}|cf_\w{1,30}|awsalb\w{0,10}|awselb\w{0,10}|aws-\w{1,20}|incap_ses\w{0,60}|visid_incap\w{0,60}"
    r"|nlbi_\w{0,60}|ak_bmsc|bm_\w{1,6}|_abck|akavpau\w{0,20}"
    r"|bigipserver\S{0,80}|ts[0-9a-f]{6,16}|arraffinity\w{0,20}|serverid|srvid|routeid|route|node|backend|lb|sucuri\w{0,60}"
    r"|__ddg\w{0,10}|ddos\w{0,20}|qrator\w{0,20}|__js_p_|_ym\w{0,20}"
    r"|bitrix_sm_\w{1,60}|bitrix_\w{1,60}|shop_session_token|fornax\w{0,30}|stencil\w{0,30}|crumb|ss_c\w{0,10}|svsession|hs"
    r"|bsession|ssr-caching|fedops\S{0,60}"
    r"|dwsid|dwac\w{0,60}|dwanonymous\w{0,60}|dw\w{0,30}|sid_\w{1,10}|wc_authentication\w{0,20}|wc_persistent"
    r"|wc_userac\w{0,30}|demandware\w{0,20}|joomla\w{0,40}"
    r"|_ga\w{0,20}|_gid|_gat\w{0,20}|_gcl_\w{1,10}|_fbp|_fbc|__utm\w|_hj\w{0,40}|_pk_\S{0,40}|nid|ide|test_cookie|guest_id"
    r"|_uetsid|_uetvid|__stripe_\w{1,6}|mp_\w{0,60}"
    r"|id|uid|user|userid|user_id|visitor|visitor_?id|vid|token|auth|login|guest|remember\w{0,30}|basket\w{0,10}|key|data"
    r"|referer|referrer|ref|aff|affiliate|tracking|test|cookie\w{0,10}|consent\w{0,20}"
    r"|[a-z]{1,3})$",
    re.IGNORECASE,
)

#: Words that error pages everywhere are made of, in five languages; what is left after them is the shop's own.

_GENERIC_PATH: Final = re.compile(
    r"^(?:user-agent|crawl-delay|host|clean-param|allow|sitemap|disallow)\s*:\s*"
    r"(?:[\d.]{0,5}|\*?|[\w*./-]{0,40}bot\w{0,10}|googlebot\S{0,20}|yandex\S{0,20}|<site>\S{0,80}"
    r"|/?\*?(?:cgi-bin|admin\w{0,8}|wp-\S{0,30}|cart\S{0,6}|basket\S{0,6}|checkouts?\S{0,6}|orders?\S{0,6}|accounts?\S{0,12}"
    r"|customer\S{0,20}|login\S{0,6}|signin\S{0,6}|signup\S{0,6}"
    r"|register\S{0,6}|search\S{0,10}|api\S{0,6}|tmp|temp|cache|includes?|images?|img|js|css|assets|static|media|themes?"
    r"|templates?|modules?|plugins?|vendor|user\S{0,8}"
    r"|wishlist\S{0,6}|compare\S{0,6}|private|test|index\.php\S{0,10}|catalog\S{0,20}|catalogsearch\S{0,8}|ajax\S{0,6}|print"
    r"|feed\S{0,6}|trackback\S{0,6}|xmlrpc\.php|\?\S{0,10}|\*\?\S{0,10})?/?\*?\$?)$",
    re.IGNORECASE,
)

_CDN_MARKS: Final = (
    ("cloudflare", "server", "cloudflare"),
    ("cloudflare", "cf-ray", ""),
    ("akamai", "server", "akamai"),
    ("akamai", "x-akamai-transformed", ""),
    ("fastly", "x-fastly-request-id", ""),
    ("fastly", "x-served-by", "cache-"),
    ("cloudfront", "x-amz-cf-id", ""),
    ("sucuri", "x-sucuri-id", ""),
    ("incapsula", "x-iinfo", ""),
    ("bunny", "cdn-pullzone", ""),
    ("keycdn", "server", "keycdn"),
    ("ddos-guard", "server", "ddos-guard"),
    ("qrator", "server", "qrator"),
    ("google", "server", "gws"),
    ("vercel", "x-vercel-id", ""),
    ("netlify", "x-nf-request-id", ""),
    ("shopify", "x-shopid", ""),
    ("shopify", "x-sorting-hat-shopid", ""),
    ("wix", "x-wix-request-id", ""),
)


def is_stock_header(name: str) -> bool:
    """True for a header name that HTTP, a server, a platform or a content network explains."""
    name = name.lower()
    return name in _STOCK or _STOCK_FAMILY.match(name) is not None


def is_stock_cookie(name: str) -> bool:
    """True for a cookie name that software sets by default or that many people would think of."""
    return _STOCK_COOKIES.match(name[:120]) is not None


def is_stock_robots_line(line: str) -> bool:
    """True for a line of robots.txt that half the shops have."""
    return not line or line.startswith("#") or _GENERIC_PATH.match(line[:200]) is not None


def cdn_of(headers: tuple[tuple[str, str], ...]) -> str | None:
    """The content network (or hosted platform) that a response's headers name, or None."""
    seen = {name.lower(): value.lower() for name, value in headers}
    return next((cdn for cdn, name, start in _CDN_MARKS if name in seen and seen[name].startswith(start)), None)
