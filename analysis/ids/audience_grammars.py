"""Grammars of identifiers of who measures, tests and buys a site's audience, and of what a site embeds under its own account."""

from __future__ import annotations

from analysis.ids.grammars import UUID, Grammar, grammar

__all__ = ["AUDIENCE"]

#: What an address goes on with, up to the parameter that is asked for.
_ON = r"[^\"'\s<>]{0,60}?"

_MEASURING = (
    grammar(
        "quantcast",
        "the same Quantcast account",
        "qacct quantserve",
        r"qacct{Q}?{S}[:=]{S}{Q}(?P<id>p-[\w-]{10,18}){Q}",
        r"pixel\.quantserve\.com/pixel/(?P<id>p-[\w-]{10,18})\.gif",
    ),
    grammar(
        "comscore",
        "the same comScore publisher",
        "scorecardresearch comscore",
        r"\bc1{Q}?{S}:{S}{Q}?2{Q}?{S},{S}{Q}?c2{Q}?{S}:{S}{Q}?(?P<id>\d{6,9})(?!\d)",
        r"scorecardresearch\.com/[bp]2?\?c1=2(?:&(?:amp;){0,2})c2=(?P<id>\d{6,9})(?!\d)",
    ),
    grammar(
        "chartbeat",
        "the same Chartbeat account",
        "_sf_async_config",
        r"_sf_async_config(?:\.uid{S}=|{S}={S}\{{S}{Q}?uid{Q}?{S}:){S}(?P<id>\d{3,8})(?!\d)",
    ),
    grammar(
        "optimizely",
        "the same Optimizely project",
        "cdn.optimizely.com",
        r"cdn\.optimizely\.com/(?:(?:public/)?js/|public/)?(?P<id>\d{5,20})(?:\.js|/)",
    ),
    grammar(
        "vwo",
        "the same VWO account",
        "_vwo_code _vis_opt_account_id visualwebsiteoptimizer",
        r"_vwo_code[^{}]{0,60}\{{S}(?:var{S})?account_id{S}={S}(?P<id>\d{3,8})(?!\d)",
        r"_vis_opt_account_id{S}={S}(?P<id>\d{3,8})(?!\d)",
        r"visualwebsiteoptimizer\.com/j\.php\?a=(?P<id>\d{3,8})(?!\d)",
    ),
    grammar("alexa", "the same Alexa Certify account", "atrk_acct", r"atrk_acct{Q}?{S}:{S}{Q}(?P<id>[\w+/]{14}){Q}"),
    grammar(
        "wordpress_stats",
        "the same blog in WordPress.com's statistics",
        "stats.wp.com stats.wordpress.com",
        r"\bblog{Q}?{S}:{S}{Q}(?P<id>\d{5,12}){Q}{S},{S}{Q}?post\b",
    ),
    grammar(
        "kissmetrics",
        "the same Kissmetrics account",
        "_kmk",
        r"_kmk{S}={S}(?:_kmk{S}\|\|{S})?{Q}(?P<id>[0-9a-f]{40}){Q}",
        fold=True,
    ),
    grammar(
        "gemius",
        "the same Gemius counter",
        "gemius_identifier",
        r"gemius_identifier{S}={S}(?:new String\({S})?{Q}(?P<id>[\w.]{30,60}){Q}",
    ),
    grammar(
        "clicky",
        "the same Clicky site",
        "clicky",
        r"clicky_site_ids\.push\({S}(?P<id>\d{4,10})(?!\d)",
        r"clicky\.init\({S}{Q}?(?P<id>\d{4,10})(?!\d)",
        r"getclicky\.com/(?P<id>\d{4,10})ns\.gif",
    ),
    grammar("coremetrics", "the same Coremetrics client", "cmsetclientid", r"cmSetClientID\({S}{Q}(?P<id>\d{6,10}){Q}"),
    grammar(
        "adobe_tags",
        "the same Adobe tag property",
        "adobedtm.com",
        r"assets\.adobedtm\.com/(?P<id>[0-9a-f]{40})/satelliteLib",
        r"assets\.adobedtm\.com/(?:[0-9a-f]{12}/[0-9a-f]{12}/)?launch-(?P<id>(?:EN)?[0-9a-f]{12,40})(?![0-9a-f])",
        fold=True,
    ),
    grammar(
        "adobe_analytics",
        "the same Adobe report suite",
        "s_account",
        r"\bs_account{S}={S}{Q}(?P<id>[a-z][\w,-]{4,80}){Q}",
        fold=True,
    ),
    grammar(
        "tealium",
        "the same Tealium account",
        "tiqcdn.com/utag",
        r"tiqcdn\.com/utag/(?P<id>[\w.-]{2,60}/[\w.-]{1,60})/(?:prod|qa|dev)/",
        fold=True,
        account=r"([\w.-]+)/[\w.-]+",
    ),
    grammar("webtrekk", "the same Webtrekk account", "trackid", r"trackId{Q}?{S}[:=]{S}{Q}(?P<id>\d{15}){Q}"),
    grammar(
        "pingdom",
        "the same Pingdom site",
        "_prum pingdom.net",
        r"_prum{S}={S}\[\[{S}{Q}id{Q}{S},{S}{Q}(?P<id>[0-9a-f]{24}){Q}",
        r"pingdom\.net/pa-(?P<id>[0-9a-f]{24})\.js",
    ),
    grammar("gauges", "the same Gauges site", "gaug.es", r"data-site-id{Q}{S},{S}{Q}(?P<id>[0-9a-f]{24}){Q}"),
    grammar("click_tale", "the same ClickTale project", "clicktale(", r"\bClickTale\({S}(?P<id>\d{3,6}){S},"),
    grammar("monetate", "the same Monetate account", "monetate.net", r"monetate\.net/js/\d/(?P<id>a-[0-9a-f]{8})/p/"),
)

_SELLING = (
    grammar(
        "adroll",
        "the same AdRoll advertiser",
        "adroll_adv_id",
        r"adroll_adv_id{Q}?{S}[:=]{S}{Q}(?P<id>[A-Z0-9]{22}){Q}",
    ),
    grammar(
        "channel_advisor",
        "the same ChannelAdvisor account",
        "channeladvisor.com",
        r"channeladvisor\.com/v\d/(?P<id>\d{5,10})\.js",
    ),
    grammar(
        "skimlinks",
        "the same Skimlinks publisher",
        "skimresources.com",
        r"skimresources\.com/js/(?P<id>\d{3,7}X\d{3,8})\.skimlinks",
        account=r"(\d+)X\d+",
    ),
    grammar(
        "viglink",
        "the same VigLink account",
        "vglnk viglink",
        r"(?:vglnk|viglink)[^<]{0,160}?\bkey{Q}?{S}:{S}{Q}(?P<id>[0-9a-f]{32}){Q}",
        fold=True,
    ),
    grammar("infolinks", "the same Infolinks publisher", "infolinks_pid", r"infolinks_pid{S}={S}{Q}?(?P<id>\d{4,9})(?!\d)"),
    grammar("media_net", "the same Media.net customer", "media.net/", r"media\.net/\w{3,20}\.js\?cid=(?P<id>8CU\w{5,8})(?!\w)"),
    grammar(
        "google_trusted_store",
        "the same Google Trusted Store",
        "gts.push",
        r"\bgts\.push\(\[{S}{Q}id{Q}{S},{S}{Q}(?P<id>\d{4,9}){Q}",
    ),
    grammar("bizrate", "the same Bizrate merchant", "bizrate.com", r"bizrate\.com/medals/\w{2,8}/(?P<id>\d{3,7})_medal"),
    grammar(
        "power_reviews",
        "the same PowerReviews merchant",
        "powerreviews.com",
        r"powerreviews\.com/(?:repos|aux)/(?P<id>\d{4,7})/",
    ),
    grammar(
        "bazaarvoice",
        "the same Bazaarvoice client",
        "bazaarvoice.com",
        r"//(?!display\.)(?P<id>[a-z0-9-]{3,50})\.ugc\.bazaarvoice\.com/",
        r"//display\.ugc\.bazaarvoice\.com/static/(?P<id>[\w-]{3,50})/",
        r"apps\.bazaarvoice\.com/deployments/(?P<id>[\w-]{3,50})/",
        fold=True,
    ),
    grammar(
        "marketo",
        "the same Marketo account",
        "munchkin",
        r"Munchkin(?:\.init\({S}|Id{Q}{S}value=){Q}(?P<id>\d{3}-[A-Z]{3}-\d{3}){Q}",
    ),
    grammar("pardot", "the same Pardot account", "piaid", r"\bpiAId{S}={S}{Q}(?P<id>\d{4,9}){Q}"),
    grammar("eloqua", "the same Eloqua site", "elqsetsiteid", r"elqSetSiteId{Q}{S},{S}{Q}(?P<id>\d{3,12}){Q}"),
    grammar(
        "aweber",
        "the same AWeber form",
        "aweber.com",
        r"meta_web_form_id{Q}[^<>]{0,60}?value={Q}(?P<id>\d{4,12}){Q}",
        r"aweber\.com/form/\d{2}/(?:split_)?(?P<id>\d{4,12})\.(?:js|htm)",
    ),
    grammar(
        "constant_contact",
        "the same Constant Contact account",
        "constantcontact.com _ctct_m",
        r"constantcontact\.com/ws/customers/(?P<id>[\w.-]{3,60})/lists",
        r"constantcontact\.com/(?:d\.jsp|manage/optin)\?(?:" + _ON + r"[?&;])?m=(?P<id>\d{10,16})(?!\d)",
        r"\b_ctct_m{S}={S}{Q}(?P<id>[0-9a-f]{32}){Q}",
        fold=True,
    ),
    grammar("mailer_lite", "the same MailerLite account", "ml(", r"\bml\({S}{Q}(?:account){Q}{S},{S}{Q}(?P<id>\d{4,10}){Q}"),
    grammar(
        "active_campaign", "the same ActiveCampaign account", "vgo(", r"\bvgo\({S}{Q}setAccount{Q}{S},{S}{Q}(?P<id>\d{5,12}){Q}"
    ),
    grammar("drip", "the same Drip account", "_dcs.account", r"\b_dcs\.account{S}={S}{Q}(?P<id>\d{6,10}){Q}"),
)

_EMBEDDED = (
    grammar(
        "facebook_page",
        "the same Facebook page",
        "fb:page",
        r"property={Q}fb:page(?:s|_id){Q}{S}content={Q}(?P<id>\d{8,18})(?!\d)",
        r"content={Q}(?P<id>\d{8,18}){Q}{S}property={Q}fb:page(?:s|_id){Q}",
    ),
    grammar("vk_app", "the same VK application", "vk.init", r"\bVK\.init\({S}\{{S}{Q}?apiId{Q}?{S}:{S}{Q}?(?P<id>\d{6,9})(?!\d)"),
    grammar(
        "disqus",
        "the same Disqus forum",
        "disqus",
        r"disqus_shortname{S}={S}{Q}(?P<id>[\w-]{3,60}){Q}",
        r"//(?!(?:www|help|blog)\.)(?P<id>[a-z0-9-]{3,60})\.disqus\.com/(?:embed|count)\.js",
        fold=True,
    ),
    grammar("typekit", "the same Adobe font kit", "use.typekit.", r"use\.typekit\.(?:net|com)/(?P<id>[a-z0-9]{7})\.(?:js|css)"),
    grammar(
        "fonts_com",
        "the same Fonts.com project",
        "fast.fonts.",
        r"fast\.fonts\.(?:net|com)/(?:jsapi|cssapi)/(?P<id>" + UUID + r")",
        r"fast\.fonts\.(?:net|com)/t/" + _ON + r"projectid=(?P<id>" + UUID + r")",
        fold=True,
    ),
    grammar(
        "typography", "the same Cloud.typography account", "cloud.typography", r"cloud\.typography\.com/(?P<id>\d{5,8})/\d{5,8}/"
    ),
    grammar(
        "addthis",
        "the same AddThis profile",
        "addthis",
        r"addthis_widget\.js(?:#|%23)(?:async=\w{1,5}&(?:amp;)?)?(?:pubid|pub|username)=(?P<id>[\w.-]{4,40})(?![\w.@%-])",
        r"addthis_pub(?:id)?{S}={S}{Q}(?P<id>[\w.-]{4,40}){Q}",
        fold=True,
    ),
    grammar(
        "sharethis",
        "the same ShareThis publisher",
        "sharethis stlight",
        r"stLight\.options\({S}\{[^{}]{0,80}?publisher{Q}?{S}:{S}{Q}(?P<id>[0-9a-z-]{8,60}){Q}",
        r"sharethis\.com/button/\w{4,12}\.js#publisher=(?P<id>" + UUID + r")",
        r"sharethis\.com/js/sharethis\.js#property=(?P<id>[0-9a-f]{24})(?!\w)",
        fold=True,
    ),
    grammar(
        "live_person",
        "the same LivePerson account",
        "lptag lpmtag liveperson.net",
        r"\blpTag{S}={S}\{{S}site{S}:{S}{Q}(?P<id>\d{5,10}){Q}",
        r"\blpNumber{Q}?{S}[:=]{S}{Q}(?P<id>\d{5,10}){Q}",
        r"liveperson\.net/hc/(?P<id>\d{5,10})/",
    ),
    grammar("bold_chat", "the same BoldChat account", "boldchat.com", r"boldchat\.com/aid/(?P<id>\d{12,20})/"),
    grammar(
        "snap_engage",
        "the same SnapEngage account",
        "snapabug snapengage",
        r"SnapABug\.\w{3,8}\({S}{Q}(?P<id>" + UUID + r"){Q}",
        r"snapengage\.com/(?:cdn/)?js/(?P<id>" + UUID + r")\.js",
        fold=True,
    ),
    grammar(
        "help_scout",
        "the same Help Scout beacon",
        "beacon(",
        r"\bBeacon\({S}{Q}init{Q}{S},{S}{Q}(?P<id>" + UUID + r"){Q}",
        fold=True,
    ),
    grammar("chatra", "the same Chatra account", "chatraid", r"\bChatraID{S}={S}{Q}(?P<id>[0-9A-Za-z]{17}){Q}"),
    grammar(
        "userlike",
        "the same Userlike widget",
        "userlike",
        r"userlike-cdn-widgets\.[\w.-]{3,60}/(?P<id>[0-9a-f]{32,64})\.js",
    ),
    grammar("gigya", "the same Gigya site", "gigya.com", r"gigya\.com/js/\w{3,12}\.js\?apiKey=(?P<id>[\w-]{20,100})(?![\w-])"),
    grammar(
        "cookiebot",
        "the same Cookiebot group",
        "cookiebot",
        r"data-cbid={Q}(?P<id>" + UUID + r"){Q}",
        r"consent\.cookiebot\.com/(?P<id>" + UUID + r")/",
        fold=True,
    ),
    grammar(
        "onetrust", "the same OneTrust domain", "data-domain-script", r"data-domain-script={Q}(?P<id>" + UUID + r")", fold=True
    ),
    grammar("usercentrics", "the same Usercentrics settings", "usercentrics", r"data-settings-id={Q}(?P<id>[\w-]{9,16}){Q}"),
    grammar(
        "iubenda",
        "the same iubenda policy",
        "iubenda",
        r"iubenda\.com/privacy-policy/(?P<id>\d{5,10})(?!\d)",
        r"cookiePolicyId{Q}?{S}:{S}{Q}?(?P<id>\d{5,10})(?!\d)",
    ),
)

#: Every grammar of this module, in one table.
AUDIENCE: tuple[Grammar, ...] = _MEASURING + _SELLING + _EMBEDDED
