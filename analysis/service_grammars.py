"""Grammars of identifiers of services that a site rents: captchas, chats, error trackers, shop platforms; and verification tags."""

from __future__ import annotations

from analysis.grammars import HOST, UUID, Grammar, grammar

__all__ = ["SERVICES", "VERIFICATION_METAS"]

SERVICES: tuple[Grammar, ...] = (
    grammar(
        "recaptcha",
        "the same reCAPTCHA site key",
        "6L",
        r"(?:data-sitekey={Q}|sitekey{Q}?{S}:{S}{Q}|recaptcha/(?:api|enterprise)"
        r"\.js\?(?:[\w=.-]{1,40}&(?:amp;)?){0,3}render=|grecaptcha(?:\.enterprise)?\.execute\({S}{Q})"
        r"(?P<id>6L[\w-]{38})(?![\w-])",
    ),
    grammar("hcaptcha", "the same hCaptcha site key", "hcaptcha", r"sitekey{Q}?{S}[:=]{S}{Q}(?P<id>" + UUID + r"){Q}", fold=True),
    grammar("turnstile", "the same Turnstile site key", "0x4 turnstile", r"sitekey{Q}?{S}[:=]{S}{Q}(?P<id>[0-3]x[\w-]{20,30}){Q}"),
    grammar("tawk", "the same Tawk property", "tawk.to", r"embed\.tawk\.to/(?P<id>[0-9a-f]{24})(?![0-9a-f])", fold=True),
    grammar(
        "intercom",
        "the same Intercom workspace",
        "intercom",
        r"widget\.intercom\.io/widget/(?P<id>[a-z0-9]{6,12})(?![\w])",
        r"intercomSettings{S}={S}\{[^}]{0,200}?app_id{Q}?{S}:{S}{Q}(?P<id>[a-z0-9]{6,12}){Q}",
        fold=True,
        reach=400,
    ),
    grammar("crisp", "the same Crisp site", "crisp_website_id", r"CRISP_WEBSITE_ID{S}={S}{Q}(?P<id>" + UUID + r"){Q}", fold=True),
    grammar(
        "jivo",
        "the same JivoSite widget",
        "jivo",
        r"code\.jivo(?:site)?\.(?:com|ru)/(?:script/)?widget/(?P<id>[A-Za-z0-9]{8,12})(?![\w])",
        r"jivo[^<]{0,200}?widget_id{S}={S}{Q}(?P<id>[A-Za-z0-9]{8,12}){Q}",
    ),
    grammar(
        "livechat",
        "the same LiveChat licence",
        "__lc livechatinc",
        r"__lc\.license{S}={S}(?P<id>\d{5,9})(?!\d)",
        r"livechatinc\.com/licence/(?P<id>\d{5,9})/",
    ),
    grammar(
        "zendesk",
        "the same Zendesk account",
        "zendesk zopim zdassets",
        r"zdassets\.com/ekr/snippet\.js\?key=(?P<id>" + UUID + r")",
        r"v2\.zopim\.com/\?(?P<id>[A-Za-z0-9]{32})(?![\w])",
        r"//(?!(?:assets|static|cdn|www|support|developer|help)\.)(?P<id>[a-z0-9][a-z0-9-]{2,40}\.zendesk\.com)(?![\w.-])",
    ),
    grammar("smartsupp", "the same Smartsupp account", "smartsupp", r"_smartsupp\.key{S}={S}{Q}(?P<id>[0-9a-f]{40}){Q}", fold=True),
    grammar("tidio", "the same Tidio project", "tidio", r"code\.tidio\.co/(?P<id>[a-z0-9]{32})\.js", fold=True),
    grammar("drift", "the same Drift organisation", "drift", r"\bdrift\.load\({S}{Q}(?P<id>[a-z0-9]{10,16}){Q}", fold=True),
    grammar(
        "hubspot",
        "the same HubSpot account",
        "hubspot hs-scripts hsforms",
        r"js(?:-[a-z]{2}\d)?\.hs-scripts\.com/(?P<id>\d{4,10})\.js",
        r"\bportalId{Q}?{S}:{S}{Q}?(?P<id>\d{4,10})(?!\d)",
    ),
    grammar("olark", "the same Olark account", "olark", r"olark\.identify\({S}{Q}(?P<id>\d{4}-\d{3}-\d{2}-\d{4}){Q}"),
    grammar(
        "provide_support",
        "the same Provide Support account",
        "providesupport",
        r"providesupport\.com/(?:js|cmd|sds|messenger)/(?P<id>[\w.-]{3,40})(?=[/\"'?])",
        fold=True,
    ),
    grammar(
        "livezilla",
        "the same LiveZilla desk",
        "livezilla",
        r"//(?P<id>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/(?:[\w-]{1,30}/){0,2}livezilla)/",
        fold=True,
        reach=440,
    ),
    grammar(
        "sentry",
        "the same Sentry project",
        "sentry",
        r"https?://(?P<id>[0-9a-f]{32})(?::[0-9a-f]{32})?@" + HOST + r"/(?:[\w-]{1,30}/)?\d{1,12}(?!\d)",
        r"//(?P<host>js)\.sentry-cdn\.com/(?P<id>[0-9a-f]{32})\.",
        fold=True,
        reach=540,
    ),
    grammar("bugsnag", "the same Bugsnag project", "bugsnag", r"bugsnag[^;<]{0,80}?{Q}(?P<id>[0-9a-f]{32}){Q}", fold=True),
    grammar(
        "rollbar",
        "the same Rollbar project",
        "rollbar",
        r"_rollbarConfig{S}={S}\{[^}]{0,100}?accessToken{Q}?{S}:{S}{Q}(?P<id>[0-9a-f]{32}){Q}",
        fold=True,
    ),
    grammar(
        "new_relic",
        "the same New Relic licence",
        "nreum",
        r"licenseKey{Q}?{S}:{S}{Q}(?P<id>(?:NRJS-|NRBR-)?[0-9a-f]{10,40}){Q}",
        fold=True,
    ),
    grammar(
        "shopify_shop",
        "the same Shopify shop name",
        "myshopify.com",
        r"(?:Shopify\.shop{S}={S}|{Q}?(?:shop|permanent_?domain|"
        r"myshopify_?domain){Q}?{S}[:=]{S}){Q}(?P<id>[a-z0-9][a-z0-9-]{1,60}\.myshopify\.com){Q}",
        fold=True,
    ),
    grammar("wix_site", "the same Wix site", "metasiteid", r"metaSiteId{Q}?{S}[:=]{S}{Q}(?P<id>" + UUID + r"){Q}", fold=True),
    grammar("webflow_site", "the same Webflow site", "data-wf-site", r"data-wf-site={Q}(?P<id>[0-9a-f]{24}){Q}", fold=True),
    grammar("tilda_project", "the same Tilda project", "tilda", r"data-tilda-project-id={Q}(?P<id>\d{4,10}){Q}"),
    grammar("ecwid_store", "the same Ecwid store", "ecwid", r"app\.ecwid\.com/script\.js\?(?P<id>\d{5,10})(?!\d)"),
)

#: Names of meta tags whose content proves an account's control of the site to a third party, and that party's word.
VERIFICATION_METAS: dict[str, str] = {
    "google-site-verification": "google",
    "verify-v1": "google",
    "yandex-verification": "yandex",
    "msvalidate.01": "bing",
    "facebook-domain-verification": "facebook",
    "p:domain_verify": "pinterest",
    "baidu-site-verification": "baidu",
    "360-site-verification": "so360",
    "sogou_site_verification": "sogou",
    "naver-site-verification": "naver",
    "wmail-verification": "mail_ru",
    "mailru-verification": "mail_ru",
    "pmail-verification": "mail_ru",
    "alexaverifyid": "alexa",
    "norton-safeweb-site-verification": "norton",
    "ahrefs-site-verification": "ahrefs",
    "zoom-domain-verification": "zoom",
    "y_key": "yahoo",
    "tradedoubler": "tradedoubler",
    "webmoney": "webmoney",
    "webmoney.attestation.label": "webmoney",
    "majestic-site-verification": "majestic",
    "wot-verification": "wot",
}
