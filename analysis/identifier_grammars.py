"""The grammar of every identifier that a third party hands out to a site: each in the context that makes it one.

A pattern names its account in the group ``id`` and, where the same number means another account on another server,
the server in the group ``host``. Every repetition is bounded, so a search stays linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["GRAMMARS", "VERIFICATION_METAS", "Grammar"]

#: A quote as it stands in a script, in a JSON string inside a script, or in an attribute.
_Q = r"(?:\\{0,3}[\"']|&quot;|&#0?3[49];)"
_S = r"\s{0,20}"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_HOST = r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})"


@dataclass(frozen=True, slots=True)
class Grammar:
    """One identifier: ``word`` names its kind, ``means`` tells an analyst what both sites have.

    ``marks`` are strings of which one must stand in the text before any pattern is tried; one with a capital is
    looked for as written, the others in any case. ``fold`` says that letter case carries nothing; ``account`` finds
    what is compared, in its first group, when the identifier names a property below an account; ``per_host`` says
    that the same number is another account on another server.
    """

    word: str
    means: str
    marks: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    fold: bool = False
    account: re.Pattern[str] | None = None
    per_host: bool = False


def _g(
    word: str, means: str, marks: str, *patterns: str, fold: bool = False, account: str | None = None, per_host: bool = False
) -> Grammar:
    compiled = tuple(re.compile(p.replace("{Q}", _Q).replace("{S}", _S), re.ASCII | re.IGNORECASE) for p in patterns)
    return Grammar(word, means, tuple(marks.split()), compiled, fold, re.compile(account, re.ASCII) if account else None, per_host)


_ANALYTICS = (
    _g(
        "google_analytics",
        "the same Google Analytics account",
        "UA-",
        r"{Q}(?P<id>UA-\d{4,10}-\d{1,4}){Q}",
        r"(?:gtag/js\?id=|utmac=|[?&]tid=)(?P<id>UA-\d{4,10}-\d{1,4})(?![\w-])",
        account=r"(UA-\d+)-\d+",
    ),
    _g(
        "google_measurement",
        "the same Google Analytics 4 property",
        "G-",
        r"gtag/js\?(?:[\w=.-]{1,40}&(?:amp;)?)?id=(?P<id>G-[A-Z0-9]{8,12})(?![\w-])",
        r"gtag\({S}{Q}(?:config|get|event){Q}{S},{S}{Q}(?P<id>G-[A-Z0-9]{8,12}){Q}",
        r"(?:measurement|ga4|gtag|google_?tag|tag_?ids?|analytics|tracking|account_?ids?|send_to)[\w-]{0,20}{Q}?{S}[:=,]{S}\[?{S}{Q}(?P<id>G-[A-Z0-9]{8,12}){Q}",
        r"/g/collect\?[^\"'\s<>]{0,40}tid=(?P<id>G-[A-Z0-9]{8,12})(?![\w-])",
    ),
    _g(
        "google_tag",
        "the same Google tag",
        "GT-",
        r"gtag/js\?id=(?P<id>GT-[A-Z0-9]{6,12})(?![\w-])",
        r"gtag\({S}{Q}config{Q}{S},{S}{Q}(?P<id>GT-[A-Z0-9]{6,12}){Q}",
    ),
    _g(
        "google_tag_manager",
        "the same Google Tag Manager container",
        "GTM-",
        r"(?:gtm\.js|ns\.html)\?id=(?P<id>GTM-[A-Z0-9]{4,9})(?![\w-])",
        r"{Q}dataLayer{Q}{S},{S}{Q}(?P<id>GTM-[A-Z0-9]{4,9}){Q}",
        r"(?:gtm|tag_?manager|container)[\w-]{0,16}{Q}?{S}[:=]{S}{Q}(?P<id>GTM-[A-Z0-9]{4,9}){Q}",
    ),
    _g(
        "google_optimize",
        "the same Google Optimize container",
        "OPT- optimize_id optimize.js",
        r"optimize\.js\?id=(?P<id>(?:OPT|GTM)-[A-Z0-9]{5,9})(?![\w-])",
        r"optimize_id{Q}?{S}:{S}{Q}(?P<id>(?:OPT|GTM)-[A-Z0-9]{5,9}){Q}",
    ),
    _g(
        "yandex_metrica",
        "the same Yandex Metrica counter",
        "ym( mc.yandex metrika yacounter bs.yandex",
        r"\bym\({S}(?P<id>\d{4,9}){S},{S}{Q}\w{1,20}{Q}",
        r"mc\.yandex\.[a-z]{2,3}/(?:watch|pixel|webvisor)/(?P<id>\d{4,9})(?!\d)",
        r"Metrika2?\({S}\{{S}{Q}?id{Q}?{S}:{S}{Q}?(?P<id>\d{4,9})(?!\d)",
        r"Ya\.Metrika\({S}(?P<id>\d{4,9})(?!\d)",
        r"\byaCounter(?P<id>\d{4,9})(?!\d)",
        r"bs\.yandex\.[a-z]{2,3}/informer/(?P<id>\d{4,9})(?!\d)",
        r"metrika\.yandex\.[a-z]{2,3}/stat/\?id=(?P<id>\d{4,9})(?!\d)",
    ),
    _g(
        "hotjar",
        "the same Hotjar site",
        "hotjar hjid",
        r"\bhjid{Q}?{S}[:=]{S}{Q}?(?P<id>\d{4,8})(?!\d)",
        r"static\.hotjar\.com/c/hotjar-(?P<id>\d{4,8})\.js",
    ),
    _g(
        "clarity",
        "the same Microsoft Clarity project",
        "clarity",
        r"clarity\.ms/tag/(?P<id>[a-z0-9]{8,12})(?![\w])",
        r"{Q}clarity{Q}{S},{S}{Q}script{Q}{S},{S}{Q}(?P<id>[a-z0-9]{8,12}){Q}",
        fold=True,
    ),
    _g(
        "baidu",
        "the same Baidu Tongji site",
        "hm.baidu.com",
        r"hm\.baidu\.com/h(?:m)?\.js\?(?P<id>[0-9a-f]{32})(?![0-9a-f])",
        fold=True,
    ),
    _g("cnzz", "the same CNZZ counter", "cnzz.com", r"\.cnzz\.com/(?:z_)?(?:stat|core)\.php\?(?:web_)?id=(?P<id>\d{4,12})(?!\d)"),
    _g(
        "la51",
        "the same 51.LA counter",
        "51.la",
        r"js\.users\.51\.la/(?P<id>\d{4,10})\.js",
        r"LA\.init\({S}\{{S}{Q}?id{Q}?{S}:{S}{Q}(?P<id>[A-Za-z0-9]{12,20}){Q}",
    ),
    _g(
        "liveinternet",
        "the same LiveInternet group",
        "counter.yadro.ru",
        r"counter\.yadro\.ru/(?:hit|logo);(?P<id>[\w.-]{2,40})\?",
        fold=True,
    ),
    _g(
        "hotlog",
        "the same HotLog counter",
        "hotlog.ru",
        r"hotlog\.ru/(?:cgi-bin/hotlog/count|count|cgi-bin/hotlog/cnt)\?[^\"'\s<>]{0,60}?s=(?P<id>\d{3,9})(?!\d)",
        r"click\.hotlog\.ru/\?(?P<id>\d{3,9})(?!\d)",
        r"\bhotlog_id{S}={S}{Q}?(?P<id>\d{3,9})(?!\d)",
    ),
    _g(
        "rambler",
        "the same Rambler Top100 counter",
        "rambler.ru top100",
        r"counter\.rambler\.ru/top100\.(?:cnt|jcn|scn)\?(?P<id>\d{3,9})(?!\d)",
        r"top100\.rambler\.ru/(?:navi|top100|cgi-bin/stats_top100\.cgi\?id=|home\?id=)/?(?P<id>\d{3,9})(?!\d)",
        r"kraken\.rambler\.ru/cnt/\?[^\"'\s<>]{0,60}?pid=(?P<id>\d{3,9})(?!\d)",
        r"top100Counter\({S}\{[^}]{0,60}project{Q}?{S}:{S}{Q}?(?P<id>\d{3,9})(?!\d)",
    ),
    _g(
        "mail_ru",
        "the same top.mail.ru counter",
        "mail.ru _tmr",
        r"top(?:-fwz\d)?\.mail\.ru/(?:counter|jump|rating|tracker)[^\"'\s<>]{0,60}?[?&;](?:amp;)?(?:id|from)=(?P<id>\d{3,9})(?!\d)",
        r"_tmr\.push\({S}\{{S}{Q}?id{Q}?{S}:{S}{Q}(?P<id>\d{3,9}){Q}",
    ),
    _g(
        "spylog",
        "the same SpyLOG or Openstat counter",
        "spylog openstat",
        r"(?:spylog\.(?:com|ru)|openstat\.net)/cnt\?(?:[^\"'\s<>]{0,60}?&(?:amp;)?)?c?id=(?P<id>\d{3,10})(?!\d)",
        r"counter{Q}?{S}:{S}(?P<id>\d{5,10}){S},[^}]{0,80}openstat",
    ),
    _g("bigmir", "the same bigmir counter", "bigmir.net", r"c\.bigmir\.net/\?[vs](?P<id>\d{4,9})&"),
    _g(
        "statcounter",
        "the same StatCounter project",
        "statcounter sc_project",
        r"\bsc_project{S}={S}{Q}?(?P<id>\d{4,10})(?!\d)",
        r"c(?:\d{1,3})?\.statcounter\.com/(?:counter\.php\?[^\"'\s<>]{0,30}sc_project=)?(?P<id>\d{4,10})(?!\d)",
    ),
    _g(
        "site_meter",
        "the same Site Meter account",
        "sitemeter",
        r"sitemeter\.com/(?:js/counter\.js|meter\.asp|stats\.asp)\?site=(?P<id>[\w-]{3,30})",
        fold=True,
    ),
    _g(
        "extreme_tracking",
        "the same eXTReMe Tracking account",
        "extreme",
        r"extreme(?:-dm|tracking)\.com/(?:[a-z]{1,8}/?)?\?(?:tag|login)=(?P<id>[\w-]{3,20})",
        r"\bEXlogin{S}={S}{Q}(?P<id>[\w-]{3,20}){Q}",
        fold=True,
    ),
    _g(
        "xiti",
        "the same Xiti site",
        "xiti xtsite",
        r"\bxtsite{S}={S}{Q}?(?P<id>\d{3,9})(?!\d)",
        r"xiti\.com/hit\.xiti\?s=(?P<id>\d{3,9})(?!\d)",
    ),
    _g(
        "histats",
        "the same Histats counter",
        "histats",
        r"Histats\.start\({S}\d{1,3}{S},{S}(?P<id>\d{4,9})(?!\d)",
        r"histats\.com/(?:0\.gif|stats/0\.php)\?(?P<id>\d{4,9})(?!\d)",
        r"{Q}Histats\.start,\d{1,3},(?P<id>\d{4,9}),",
    ),
    _g(
        "matomo",
        "the same Matomo site on the same server",
        "setsiteid piwik matomo",
        r"(?:var\s{1,9}u\s{0,9}=\s{0,9}|pkBaseURL\s{0,9}=)[^;]{0,80}?//"
        + _HOST
        + r"[^<]{0,600}?setSiteId{Q}{S},{S}{Q}?(?P<id>\d{1,5})(?!\d)",
        r"setTrackerUrl{Q}{S},{S}{Q}(?:https?:)?//" + _HOST + r"/[^<]{0,400}?setSiteId{Q}{S},{S}{Q}?(?P<id>\d{1,5})(?!\d)",
        r"//" + _HOST + r"/(?:[\w.-]{1,30}/){0,3}(?:piwik|matomo)\.php\?idsite=(?P<id>\d{1,5})(?!\d)",
        fold=True,
        per_host=True,
    ),
    _g(
        "plausible",
        "the same Plausible domain",
        "plausible",
        r"<script[^<>]{0,300}?data-domain={Q}(?P<id>[a-z0-9.-]{4,80}){Q}[^<>]{0,200}?plausible",
        r"<script[^<>]{0,200}?plausible[^<>]{0,200}?data-domain={Q}(?P<id>[a-z0-9.-]{4,80}){Q}",
        fold=True,
    ),
    _g(
        "fathom",
        "the same Fathom site",
        "usefathom",
        r"usefathom\.com/[^<>]{0,120}?data-site={Q}(?P<id>[A-Z]{6,10}){Q}",
        r"data-site={Q}(?P<id>[A-Z]{6,10}){Q}[^<>]{0,120}?usefathom",
    ),
    _g("umami", "the same Umami site", "data-website-id", r"data-website-id={Q}(?P<id>" + _UUID + r"){Q}", fold=True),
    _g(
        "cloudflare_beacon",
        "the same Cloudflare Web Analytics token",
        "cloudflareinsights data-cf-beacon",
        r"data-cf-beacon={S}{Q}[^<>]{0,40}?token{Q}{S}:{S}{Q}(?P<id>[0-9a-f]{32}){Q}",
        fold=True,
    ),
    _g(
        "segment",
        "the same Segment source",
        "segment analytics.load",
        r"analytics\.load\({S}{Q}(?P<id>[A-Za-z0-9]{20,40}){Q}",
        r"cdn\.segment\.com/analytics\.js/v1/(?P<id>[A-Za-z0-9]{20,40})/",
    ),
    _g("mixpanel", "the same Mixpanel project", "mixpanel", r"mixpanel\.init\({S}{Q}(?P<id>[0-9a-f]{32}){Q}", fold=True),
    _g(
        "amplitude",
        "the same Amplitude project",
        "amplitude",
        r"amplitude(?:\.getInstance\(\))?\.init\({S}{Q}(?P<id>[0-9a-f]{32}){Q}",
        fold=True,
    ),
    _g("heap", "the same Heap environment", "heap", r"\bheap\.load\({S}{Q}(?P<id>\d{6,12}){Q}"),
    _g("fullstory", "the same FullStory organisation", "_fs_org", r"_fs_org{Q}?\]?{S}={S}{Q}(?P<id>[\w-]{3,20}){Q}"),
    _g("mouseflow", "the same Mouseflow project", "mouseflow", r"mouseflow\.com/projects/(?P<id>" + _UUID + r")", fold=True),
    _g(
        "lucky_orange",
        "the same Lucky Orange site",
        "lo_site_id luckyorange",
        r"__lo_site_id{S}={S}(?P<id>\d{3,9})",
        r"luckyorange\.com/[^\"'\s<>]{0,40}site-id=(?P<id>[0-9a-f]{6,10})",
    ),
    _g("crazy_egg", "the same Crazy Egg account", "crazyegg", r"crazyegg\.com/pages/scripts/(?P<id>\d{4}/\d{4})\.js"),
    _g("inspectlet", "the same Inspectlet site", "__insp", r"__insp\.push\(\[{S}{Q}wid{Q}{S},{S}(?P<id>\d{6,12})"),
)

_ADVERTISING = (
    _g(
        "facebook_pixel",
        "the same Meta pixel",
        "fbq facebook.com/tr addpixelid pixelid",
        r"\bfbq\({S}{Q}init{Q}{S},{S}{Q}?(?P<id>\d{9,18})(?!\d)",
        r"facebook\.com/tr/?\?(?:[\w=%.-]{1,40}&(?:amp;)?){0,4}id=(?P<id>\d{9,18})(?!\d)",
        r"addPixelId{Q}{S},{S}{Q}(?P<id>\d{9,18}){Q}",
        r"facebook_?pixel_?id{Q}?{S}[:=]{S}{Q}(?P<id>\d{9,18}){Q}",
    ),
    _g(
        "facebook_app",
        "the same Facebook app",
        "fb: appid",
        r"property={Q}fb:app_id{Q}{S}content={Q}(?P<id>\d{9,18}){Q}",
        r"content={Q}(?P<id>\d{9,18}){Q}{S}property={Q}fb:app_id{Q}",
        r"FB\.init\({S}\{{S}{Q}?appId{Q}?{S}:{S}{Q}?(?P<id>\d{9,18})(?!\d)",
    ),
    _g(
        "google_ads",
        "the same Google Ads account",
        "AW- google_conversion_id googleadservices googleads",
        r"gtag/js\?id=(?P<id>AW-\d{8,12})(?!\d)",
        r"{Q}(?P<id>AW-\d{8,12})(?:/[\w-]{1,40})?{Q}",
        r"google_conversion_id{S}[:=]{S}{Q}?(?P<id>\d{8,12})(?!\d)",
        r"googleads?(?:services)?\.[\w.]{1,30}/pagead/(?:conversion|viewthroughconversion)/(?P<id>\d{8,12})(?!\d)",
        account=r"(?:AW-)?(\d+)",
    ),
    _g(
        "floodlight",
        "the same Floodlight advertiser",
        "DC- fls.doubleclick",
        r"{Q}(?P<id>DC-\d{6,10})(?:/[\w+/-]{1,40})?{Q}",
        r"(?P<id>\d{6,10})\.fls\.doubleclick\.net",
        account=r"(?:DC-)?(\d+)",
    ),
    _g("adsense", "the same AdSense publisher", "pub-", r"(?:ca-)?(?P<id>pub-\d{16})(?!\d)"),
    _g(
        "tiktok_pixel",
        "the same TikTok pixel",
        "ttq tiktok",
        r"\bttq\.load\({S}{Q}(?P<id>[A-Z0-9]{16,24}){Q}",
        r"analytics\.tiktok\.com/[^\"'\s<>]{0,60}sdkid=(?P<id>[A-Z0-9]{16,24})",
    ),
    _g(
        "pinterest_tag",
        "the same Pinterest tag",
        "pintrk ct.pinterest",
        r"\bpintrk\({S}{Q}load{Q}{S},{S}{Q}(?P<id>\d{10,16}){Q}",
        r"ct\.pinterest\.com/v3/\?[^\"'\s<>]{0,40}tid=(?P<id>\d{10,16})",
    ),
    _g("snap_pixel", "the same Snap pixel", "snaptr", r"\bsnaptr\({S}{Q}init{Q}{S},{S}{Q}(?P<id>" + _UUID + r"){Q}", fold=True),
    _g(
        "bing_uet",
        "the same Microsoft Advertising tag",
        "bat.bing uetq",
        r"\{{S}{Q}?ti{Q}?{S}:{S}{Q}?(?P<id>\d{5,10})(?!\d)",
        r"bat\.bing\.com/action/0\?ti=(?P<id>\d{5,10})(?!\d)",
    ),
    _g(
        "twitter_pixel", "the same X pixel", "twq(", r"\btwq\({S}{Q}(?:init|config){Q}{S},{S}{Q}(?P<id>[a-z0-9]{5,8}){Q}", fold=True
    ),
    _g(
        "linkedin_partner",
        "the same LinkedIn partner",
        "linkedin",
        r"_linkedin_(?:data_)?partner_id{S}={S}{Q}?(?P<id>\d{4,9})(?!\d)",
        r"px\.ads\.linkedin\.com/collect/?\?[^\"'\s<>]{0,20}pid=(?P<id>\d{4,9})(?!\d)",
    ),
    _g(
        "reddit_pixel",
        "the same Reddit pixel",
        "rdt(",
        r"\brdt\({S}{Q}init{Q}{S},{S}{Q}(?P<id>(?:t2|a2)_[a-z0-9]{4,14}){Q}",
        fold=True,
    ),
    _g(
        "vk_retargeting",
        "the same VK retargeting pixel",
        "vk-rtrg",
        r"{Q}(?P<id>VK-RTRG-\d{4,9}-[A-Za-z0-9]{3,8}){Q}",
        r"rtrg\?p=(?P<id>VK-RTRG-\d{4,9}-[A-Za-z0-9]{3,8})",
    ),
    _g("criteo", "the same Criteo account", "criteo", r"setAccount{Q}{S},{S}{Q}?account{Q}?{S}:{S}{Q}?(?P<id>\d{3,7})(?!\d)"),
    _g("awin_merchant", "the same Awin merchant", "dwin1.com", r"dwin1\.com/(?P<id>\d{3,7})\.js"),
    _g(
        "klaviyo",
        "the same Klaviyo account",
        "klaviyo",
        r"klaviyo\.com/onsite/js/(?:klaviyo\.js\?company_id=)?(?P<id>[A-Za-z0-9]{6})(?![\w])",
    ),
    _g(
        "mailing_list",
        "the same Mailchimp list",
        "list-manage",
        r"list-manage\d?\.com/subscribe(?:/post(?:-json)?)?\?u=(?P<id>[0-9a-f]{25})(?![0-9a-f])",
        fold=True,
    ),
)

_SERVICES = (
    _g(
        "recaptcha",
        "the same reCAPTCHA site key",
        "6L",
        r"(?:data-sitekey={Q}|sitekey{Q}?{S}:{S}{Q}|recaptcha/(?:api|enterprise)\.js\?(?:[\w=.-]{1,40}&(?:amp;)?){0,3}render=|grecaptcha(?:\.enterprise)?\.execute\({S}{Q})(?P<id>6L[\w-]{38})(?![\w-])",
    ),
    _g("hcaptcha", "the same hCaptcha site key", "hcaptcha", r"sitekey{Q}?{S}[:=]{S}{Q}(?P<id>" + _UUID + r"){Q}", fold=True),
    _g("turnstile", "the same Turnstile site key", "0x4 turnstile", r"sitekey{Q}?{S}[:=]{S}{Q}(?P<id>[0-3]x[\w-]{20,30}){Q}"),
    _g("tawk", "the same Tawk property", "tawk.to", r"embed\.tawk\.to/(?P<id>[0-9a-f]{24})(?![0-9a-f])", fold=True),
    _g(
        "intercom",
        "the same Intercom workspace",
        "intercom",
        r"widget\.intercom\.io/widget/(?P<id>[a-z0-9]{6,12})(?![\w])",
        r"intercomSettings{S}={S}\{[^}]{0,200}?app_id{Q}?{S}:{S}{Q}(?P<id>[a-z0-9]{6,12}){Q}",
        fold=True,
    ),
    _g("crisp", "the same Crisp site", "crisp_website_id", r"CRISP_WEBSITE_ID{S}={S}{Q}(?P<id>" + _UUID + r"){Q}", fold=True),
    _g(
        "jivo",
        "the same JivoSite widget",
        "jivo",
        r"code\.jivo(?:site)?\.(?:com|ru)/(?:script/)?widget/(?P<id>[A-Za-z0-9]{8,12})(?![\w])",
        r"jivo[^<]{0,200}?widget_id{S}={S}{Q}(?P<id>[A-Za-z0-9]{8,12}){Q}",
    ),
    _g(
        "livechat",
        "the same LiveChat licence",
        "__lc livechatinc",
        r"__lc\.license{S}={S}(?P<id>\d{5,9})(?!\d)",
        r"livechatinc\.com/licence/(?P<id>\d{5,9})/",
    ),
    _g(
        "zendesk",
        "the same Zendesk account",
        "zendesk zopim zdassets",
        r"zdassets\.com/ekr/snippet\.js\?key=(?P<id>" + _UUID + r")",
        r"v2\.zopim\.com/\?(?P<id>[A-Za-z0-9]{32})(?![\w])",
        r"//(?!(?:assets|static|cdn|www|support|developer|help)\.)(?P<id>[a-z0-9][a-z0-9-]{2,40}\.zendesk\.com)(?![\w.-])",
    ),
    _g("smartsupp", "the same Smartsupp account", "smartsupp", r"_smartsupp\.key{S}={S}{Q}(?P<id>[0-9a-f]{40}){Q}", fold=True),
    _g("tidio", "the same Tidio project", "tidio", r"code\.tidio\.co/(?P<id>[a-z0-9]{32})\.js", fold=True),
    _g("drift", "the same Drift organisation", "drift", r"\bdrift\.load\({S}{Q}(?P<id>[a-z0-9]{10,16}){Q}", fold=True),
    _g(
        "hubspot",
        "the same HubSpot account",
        "hubspot hs-scripts hsforms",
        r"js(?:-[a-z]{2}\d)?\.hs-scripts\.com/(?P<id>\d{4,10})\.js",
        r"\bportalId{Q}?{S}:{S}{Q}?(?P<id>\d{4,10})(?!\d)",
    ),
    _g("olark", "the same Olark account", "olark", r"olark\.identify\({S}{Q}(?P<id>\d{4}-\d{3}-\d{2}-\d{4}){Q}"),
    _g(
        "provide_support",
        "the same Provide Support account",
        "providesupport",
        r"providesupport\.com/(?:js|cmd|sds|messenger)/(?P<id>[\w.-]{3,40})(?=[/\"'?])",
        fold=True,
    ),
    _g(
        "livezilla",
        "the same LiveZilla desk",
        "livezilla",
        r"//(?P<id>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/(?:[\w-]{1,30}/){0,2}livezilla)/",
        fold=True,
    ),
    _g(
        "sentry",
        "the same Sentry project",
        "sentry",
        r"https?://(?P<id>[0-9a-f]{32})(?::[0-9a-f]{32})?@" + _HOST + r"/(?:[\w-]{1,30}/)?\d{1,12}(?!\d)",
        r"//(?P<host>js)\.sentry-cdn\.com/(?P<id>[0-9a-f]{32})\.",
        fold=True,
    ),
    _g("bugsnag", "the same Bugsnag project", "bugsnag", r"bugsnag[^;<]{0,80}?{Q}(?P<id>[0-9a-f]{32}){Q}", fold=True),
    _g(
        "rollbar",
        "the same Rollbar project",
        "rollbar",
        r"_rollbarConfig{S}={S}\{[^}]{0,100}?accessToken{Q}?{S}:{S}{Q}(?P<id>[0-9a-f]{32}){Q}",
        fold=True,
    ),
    _g(
        "new_relic",
        "the same New Relic licence",
        "nreum",
        r"licenseKey{Q}?{S}:{S}{Q}(?P<id>(?:NRJS-|NRBR-)?[0-9a-f]{10,40}){Q}",
        fold=True,
    ),
    _g(
        "shopify_shop",
        "the same Shopify shop name",
        "myshopify.com",
        r"(?:Shopify\.shop{S}={S}|{Q}?(?:shop|permanent_?domain|myshopify_?domain){Q}?{S}[:=]{S}){Q}(?P<id>[a-z0-9][a-z0-9-]{1,60}\.myshopify\.com){Q}",
        fold=True,
    ),
    _g("wix_site", "the same Wix site", "metasiteid", r"metaSiteId{Q}?{S}[:=]{S}{Q}(?P<id>" + _UUID + r"){Q}", fold=True),
    _g("webflow_site", "the same Webflow site", "data-wf-site", r"data-wf-site={Q}(?P<id>[0-9a-f]{24}){Q}", fold=True),
    _g("tilda_project", "the same Tilda project", "tilda", r"data-tilda-project-id={Q}(?P<id>\d{4,10}){Q}"),
    _g("ecwid_store", "the same Ecwid store", "ecwid", r"app\.ecwid\.com/script\.js\?(?P<id>\d{5,10})(?!\d)"),
)

#: Every grammar, in one table.
GRAMMARS: tuple[Grammar, ...] = _ANALYTICS + _ADVERTISING + _SERVICES

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
