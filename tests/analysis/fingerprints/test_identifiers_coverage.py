"""Identifiers on real pages: the spellings in which services, tag plug-ins and shop platforms put them, and what is none.

Every id is made up; it satisfies the grammar of its service and belongs to nobody.
"""

from __future__ import annotations

import pytest

from tests.analysis.fingerprints.made_ids import HEX24, HEX25, HEX32, UUID, found, script

CASES = [
    # Google
    (
        '<script async src="https://www.googletagmanager.com/gtag/js?id=G-A3JU7YZRZ3&l=dataLayer&cx=c"></script>',
        "google_measurement=G-A3JU7YZRZ3",
    ),
    (
        script('gtag("js", new Date()); gtag("set", "linker", {}); gtag("config", "G-A3JU7YZRZ3", {"send_page_view":true});'),
        "google_measurement=G-A3JU7YZRZ3",
    ),
    (script('window.gtag = {"gaMeasurementIds":["G-A3JU7YZRZ3"]}'), "google_measurement=G-A3JU7YZRZ3"),
    (
        script(
            '{"webPixelsConfigList":[{"configuration":"{\\"config\\":\\"{\\\\\\"google_tag_ids\\\\\\":[\\\\\\"G-A'
            '3JU7YZRZ3\\\\\\"]}\\"}"}]}'
        ),
        "google_measurement=G-A3JU7YZRZ3",
    ),
    (script("__gaTracker('create', 'UA-64281352-1', 'auto');"), "google_analytics=UA-64281352"),
    (script("_gaq.push(['_setAccount', 'UA-64281352-1']);"), "google_analytics=UA-64281352"),
    (script('var x = {"trackingId":"UA-64281352-1"}'), "google_analytics=UA-64281352"),
    (
        '<amp-analytics><script type="application/json">{"vars":{"account":"UA-64281352-1"}}</script></amp-analytics>',
        "google_analytics=UA-64281352",
    ),
    ('<iframe src="https://www.googletagmanager.com/ns.html?id=GTM-5WSM2RK"></iframe>', "google_tag_manager=GTM-5WSM2RK"),
    (script("j.src='https:\\/\\/www.googletagmanager.com\\/gtm.js?id=GTM-5WSM2RK'+dl;"), "google_tag_manager=GTM-5WSM2RK"),
    (script('dataLayer.push({}); var gtm4wp = {"gtm_id":"GTM-5WSM2RK"}'), "google_tag_manager=GTM-5WSM2RK"),
    (script("gtag('config', 'AW-746193528');"), "google_ads=746193528"),
    (script('gtag("config", "GT-NX8MK2P");'), "google_tag=GT-NX8MK2P"),
    (
        (
            '<script async src="https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js'
            '?client=ca-pub-7391845526017384"></script>'
        ),
        "adsense=pub-7391845526017384",
    ),
    ('<meta name="google-adsense-account" content="ca-pub-7391845526017384">', "adsense=pub-7391845526017384"),
    (script("gapi.ratingbadge.render(el, {'merchant_id': 482137905});"), "google_merchant=482137905"),
    (script('gapi.surveyoptin.render({"merchant_id": "482137905", "order_id": "7"});'), "google_merchant=482137905"),
    # pixels
    (script("fbq('init', '643685265571766', {}, {agent: 'woocommerce'});"), "facebook_pixel=643685265571766"),
    (
        '<noscript><img src="https://www.facebook.com/tr?id=643685265571766&ev=PageView&noscript=1"></noscript>',
        "facebook_pixel=643685265571766",
    ),
    (script('{"facebook_pixel":{"pixel_id":"643685265571766"}}'), "facebook_pixel=643685265571766"),
    (script('window.pys = {"facebook":{"pixelIds":["643685265571766"]}}'), "facebook_pixel=643685265571766"),
    (script('{"pixelId":"643685265571766","pixel_type":"facebook_pixel"}'), "facebook_pixel=643685265571766"),
    (script("ttq.load('C8QJ2K1R7N5TG3V0HB60'); ttq.page();"), "tiktok_pixel=C8QJ2K1R7N5TG3V0HB60"),
    (
        script("var u='https:\\/\\/analytics.tiktok.com\\/i18n\\/pixel\\/sdk.js?sdkid=C8QJ2K1R7N5TG3V0HB60';"),
        "tiktok_pixel=C8QJ2K1R7N5TG3V0HB60",
    ),
    (script('{"pixelCode":"C8QJ2K1R7N5TG3V0HB60","name":"tiktok"}'), "tiktok_pixel=C8QJ2K1R7N5TG3V0HB60"),
    (script("pintrk('load', '2618374920155', {em: '<user_email_address>'});"), "pinterest_tag=2618374920155"),
    ('<img src="https://ct.pinterest.com/v3/?event=init&tid=2618374920155&noscript=1">', "pinterest_tag=2618374920155"),
    (script(f"snaptr('init', '{UUID}', {{}});"), f"snap_pixel={UUID}"),
    (
        script(
            '(function(w,d,t,r,u){var f,n,i;w[u]=w[u]||[],f=function(){var o={ti:"18473625",'
            ' enableAutoSpaTracking: true};o.q=w[u]}})(window,document,"script","//bat.bing.com/bat.js","uetq");'
        ),
        "bing_uet=18473625",
    ),
    (script("twq('config','o8k2x');"), "twitter_pixel=o8k2x"),
    (script('_linkedin_partner_id = "4821379";'), "linkedin_partner=4821379"),
    (script("rdt('init','a2_4k8x2mq9v7'); rdt('track', 'PageVisit');"), "reddit_pixel=a2_4k8x2mq9v7"),
    (script('VK.Retargeting.Init("VK-RTRG-482137-7kQ2x");'), "vk_retargeting=VK-RTRG-482137-7kQ2x"),
    (script("var _tmr = window._tmr || []; _tmr.push({id: '3482137', type: 'pageView'});"), "mail_ru=3482137"),
    # analytics
    (script('ym(52750094, "init", {webvisor:true});'), "yandex_metrica=52750094"),
    (script("w.yaCounter52750094 = new Ya.Metrika2({id:52750094});"), "yandex_metrica=52750094"),
    ('<script src="https://mc.yandex.ru/metrika/tag.js?id=52750094"></script>', "yandex_metrica=52750094"),
    ('<script src="https://static.hotjar.com/c/hotjar-2510144.js?sv=6"></script>', "hotjar=2510144"),
    ('<script src="https://www.clarity.ms/tag/a0ju4p69cc?ref=bwt"></script>', "clarity=a0ju4p69cc"),
    (
        script("_paq.push(['setTrackerUrl', 'https://stats.cellar.example/matomo.php']); _paq.push(['setSiteId', '7']);"),
        "matomo=stats.cellar.example#7",
    ),
    (
        script(
            'var u="https:\\/\\/stats.cellar.example\\/"; _paq.push(["setTrackerUrl", u+"matomo.php"]);'
            ' _paq.push(["setSiteId", "7"]);'
        ),
        "matomo=stats.cellar.example#7",
    ),
    ('<img src="https://stats.cellar.example/matomo.php?idsite=7&amp;rec=1" alt="">', "matomo=stats.cellar.example#7"),
    # mail and marketing
    ('<script async src="https://static.klaviyo.com/onsite/js/TkQ2x9/klaviyo.js?company_id=TkQ2x9"></script>', "klaviyo=TkQ2x9"),
    (
        script(
            'var urls = ["https:\\/\\/static.klaviyo.com\\/onsite\\/js\\/klaviyo.js?company_id=TkQ2x9\\u0026shop=x.myshopify.com"];'
        ),
        "klaviyo=TkQ2x9",
    ),
    (script("_learnq.push(['account', 'TkQ2x9']);"), "klaviyo=TkQ2x9"),
    (
        '<form class="klaviyo-form-RkQ2x9" action="//manage.kmail-lists.com/subscriptions/subscribe?a=TkQ2x9&g=UkQ2x9">',
        "klaviyo=TkQ2x9",
    ),
    (
        (
            f'<script>!function(c,h,i,m,p){{}}(document,"script","https://chimpstatic.com/mcjs-connected/js/users/'
            f'{HEX25}/0d11c910d3ec9fb2ac0a5b153.js");</script>'
        ),
        f"mailing_list={HEX25}",
    ),
    (f'<form action="https://cellar.us7.list-manage.com/subscribe/post?u={HEX25}&amp;id=4c&amp;f_id=1">', f"mailing_list={HEX25}"),
    (script(f'omnisend.push(["accountID", "{HEX24}"]);'), f"omnisend={HEX24}"),
    (script(f'var u = ["https:\\/\\/omnisnippet1.com\\/inshop\\/launcher-v2.js?brandID={HEX24}"];'), f"omnisend={HEX24}"),
    ('<script src="//js.hs-scripts.com/4821379.js"></script>', "hubspot=4821379"),
    ('<script src="//js-eu1.hs-scripts.com/4821379.js"></script>', "hubspot=4821379"),
    (f'<script>hbspt.forms.create({{region: "na1", portalId: "4821379", formId: "{UUID}"}});</script>', "hubspot=4821379"),
    (f'<script>OneSignal.init({{ appId: "{UUID}" }});</script>', f"onesignal={UUID}"),
    ('<script src="https://cdn.attn.tv/cellarrecords/dtag.js"></script>', "attentive=cellarrecords"),
    # chats
    (script('window.intercomSettings = {api_base: "https://api-iam.intercom.io", app_id: "k4v9x2mw"};'), "intercom=k4v9x2mw"),
    (script(f"s1.src='https://embed.tawk.to/{HEX24}/1g4k8x2mq';"), f"tawk={HEX24}"),
    (f'<a href="https://tawk.to/chat/{HEX24}/default">Chat</a>', f"tawk={HEX24}"),
    (script(f'window.$crisp=[];window.CRISP_WEBSITE_ID="{UUID}";'), f"crisp={UUID}"),
    (f'<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key={UUID}"></script>', f"zendesk={UUID}"),
    ('<script src="//code.jivo.ru/widget/Xk29fLmQ7c" async></script>', "jivo=Xk29fLmQ7c"),
    (script("window.__lc = window.__lc || {}; window.__lc.license = 9174826;"), "livechat=9174826"),
    (script('window.__lc = {"license":9174826};'), "livechat=9174826"),
    (f'<script src="//code.tidio.co/{HEX32}.js" async></script>', f"tidio={HEX32}"),
    (
        script('var u=["https:\\/\\/config.gorgias.chat\\/bundle-loader\\/01GYCBW8ZK4N2X7QM9VDHJ3TS5?source=shopify"];'),
        "gorgias=01GYCBW8ZK4N2X7QM9VDHJ3TS5",
    ),
    # errors and captchas
    (script(f'Sentry.init({{dsn: "https://{HEX32}@sentry.cellar.example/7"}})'), f"sentry={HEX32}"),
    (f'<script src="https://js.sentry-cdn.com/{HEX32}.min.js"></script>', f"sentry={HEX32}"),
    (
        '<div class="g-recaptcha" data-sitekey="6LdqX7Bv2kT9qX7Bv2kT9qX7Bv2kT9qX7Bv2kT9w"></div>',
        "recaptcha=6LdqX7Bv2kT9qX7Bv2kT9qX7Bv2kT9qX7Bv2kT9w",
    ),
    (
        '<script src="https://www.google.com/recaptcha/api.js?render=6LdqX7Bv2kT9qX7Bv2kT9qX7Bv2kT9qX7Bv2kT9w&ver=3.0"></script>',
        "recaptcha=6LdqX7Bv2kT9qX7Bv2kT9qX7Bv2kT9qX7Bv2kT9w",
    ),
    (
        script('var wpcf7_recaptcha = {"sitekey":"6LdqX7Bv2kT9qX7Bv2kT9qX7Bv2kT9qX7Bv2kT9w"};'),
        "recaptcha=6LdqX7Bv2kT9qX7Bv2kT9qX7Bv2kT9qX7Bv2kT9w",
    ),
    (f'<div class="h-captcha" data-sitekey="{UUID}"></div>', f"hcaptcha={UUID}"),
    ('<div class="cf-turnstile" data-sitekey="0x4AAAAAAAkQ2x9Mp4WdHjZ3"></div>', "turnstile=0x4AAAAAAAkQ2x9Mp4WdHjZ3"),
    # reviews and search
    (
        f'<div class="trustpilot-widget" data-template-id="5419b6ffb0d04a076446a9af" data-businessunit-id="{HEX24}"></div>',
        f"trustpilot={HEX24}",
    ),
    (
        script(
            "jdgm.SHOP_DOMAIN = 'cellar.example'; jdgm.PLATFORM = 'woocommerce'; jdgm.PUBLIC_TOKEN = '7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY';"
        ),
        "judge_me=7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY",
    ),
    (
        script('e.src="//staticw2.yotpo.com/7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY6eG1uFhXoKiTq/widget.js";'),
        "yotpo=7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY6eG1uFhXoKiTq",
    ),
    (
        '<script src="https://cdn-widgetsrepository.yotpo.com/v1/loader/7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY6eG1uFhXoKiTq"></script>',
        "yotpo=7kQ2x9Mp4WdHjZ3tS5rL8cVbNmY6eG1uFhXoKiTq",
    ),
    (
        '<script src="//widgets.trustedshops.com/js/X5F2B8C1D7A904E63B1FDC2A97E4480D6.js"></script>',
        "trusted_shops=x5f2b8c1d7a904e63b1fdc2a97e4480d6",
    ),
    (script("var _tsid = 'X5F2B8C1D7A904E63B1FDC2A97E4480D6';"), "trusted_shops=x5f2b8c1d7a904e63b1fdc2a97e4480d6"),
    (script('window.algoliaConfig = {"applicationId":"K7Q2X9MP4W","apiKey":"0d11"};'), "algolia=k7q2x9mp4w"),
    (script("algoliasearch('K7Q2X9MP4W', '0d11c910d3ec9fb2ac0a5b1530d11c91')"), "algolia=k7q2x9mp4w"),
    ('<link rel="preconnect" href="https://K7Q2X9MP4W-dsn.algolia.net">', "algolia=k7q2x9mp4w"),
    ('<img src="https://res.cloudinary.com/cellar-records/image/upload/v1/lp.jpg">', "cloudinary=cellar-records"),
    (script('cloudinary.config({cloud_name: "cellar-records"})'), "cloudinary=cellar-records"),
    (script(f'var ANS_customer_id="{UUID}";'), f"authorize_seal={UUID}"),
    # platforms
    (script('Shopify.shop = "cellar-records.myshopify.com";'), "shopify_shop=cellar-records.myshopify.com"),
    (
        script('Shopify.loadFeatures(); var meta = {"shop":"cellar-records.myshopify.com"};'),
        "shopify_shop=cellar-records.myshopify.com",
    ),
    (script('var __st={"a":48213790516,"offset":3600,"p":"home"};'), "shopify_shop=48213790516"),
    (
        '<meta id="shopify-digital-wallet" name="shopify-digital-wallet" content="/48213790516/digital_wallets/dialog">',
        "shopify_shop=48213790516",
    ),
    (
        (
            '<script id="apple-pay-shop-capabilities"'
            ' type="application/json">{"shopId":48213790516,"countryCode":"DE","merchantId":"gid:\\/\\/shopify\\/'
            'Shop\\/48213790516"}</script>'
        ),
        "shopify_shop=48213790516",
    ),
    (
        (
            '<script data-name="static-context">Static.SQUARESPACE_CONTEXT ='
            f' {{"website":{{"id":"{HEX24}","identifier":"cellar"}}}};</script>'
        ),
        f"squarespace_site={HEX24}",
    ),
    (script(f'{{"metaSiteId":"{UUID}","siteId":"{UUID}"}}'), f"wix_site={UUID}"),
    (
        '<link href="https://cdn11.bigcommerce.com/s-k7q2x9mp4w/stencil/5f2b/css/theme.css" rel="stylesheet">',
        "bigcommerce_store=k7q2x9mp4w",
    ),
    (
        '<link href="https://cdn.webshopapp.com/shops/248213/themes/171203/assets/style.css" rel="stylesheet">',
        "lightspeed_shop=248213",
    ),
    (script("LS.store = { id : 4821379, url : 'cellar' };"), "tiendanube_store=4821379"),
    ('<html><div data-tilda-project-id="4821379"></div>', "tilda_project=4821379"),
    # verification
    (
        '<meta name="google-site-verification" content="Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8wJ0aVxRiTnMo">',
        "verification=google:Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8wJ0aVxRiTnMo",
    ),
    ('<meta name="yandex-verification" content="5f2b8c1d7a904e63">', "verification=yandex:5f2b8c1d7a904e63"),
    (
        '<meta name="p:domain_verify" content="5f2b8c1d7a904e63b1fdc2a97e4480d6">',
        "verification=pinterest:5f2b8c1d7a904e63b1fdc2a97e4480d6",
    ),
    (
        '<meta name="facebook-domain-verification" content="k7q2x9mp4wdhj3zts5rl8cvbnmy6eg">',
        "verification=facebook:k7q2x9mp4wdhj3zts5rl8cvbnmy6eg",
    ),
    (
        '<meta name="verify-paysera" content="5f2b8c1d7a904e63b1fdc2a97e4480d6">',
        "verification=paysera:5f2b8c1d7a904e63b1fdc2a97e4480d6",
    ),
    (
        '<meta name="interkassa-verification" content="5f2b8c1d7a904e63b1fdc2a97e4480d6">',
        "verification=interkassa:5f2b8c1d7a904e63b1fdc2a97e4480d6",
    ),
    ('<meta name="cryptomus" content="5f2b8c1d-7a904e63">', "verification=cryptomus:5f2b8c1d-7a904e63"),
    ('<meta name="w1-verification" content="148213790516">', "verification=wallet_one:148213790516"),
    ('<meta name="enot" content="5f2b8c1d7a904e63">', "verification=enot:5f2b8c1d7a904e63"),
    # whoever it is that asks for a proof
    ('<meta name="tellme-site-verification" content="5f2b8c1d7a904e63">', "verification=tellme:5f2b8c1d7a904e63"),
    ('<meta name="big-cellar-domain-verification" content="5f2b8c1d7a904e63">', "verification=big-cellar:5f2b8c1d7a904e63"),
    ('<meta name="verifyownership" content="5f2b8c1d7a904e63">', "verification=somebody:5f2b8c1d7a904e63"),
    (
        '<meta name="tiktok-developers-site-verification" content="Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8w">',
        "verification=tiktok:Yk3mN9pQrS7tUvW2hD5gF1zL4cB6yE8w",
    ),
]


@pytest.mark.parametrize(("source", "value"), CASES, ids=[f"{number}-{value[:30]}" for number, (_, value) in enumerate(CASES)])
def test_an_identifier_is_found_as_services_and_plug_ins_write_it(source: str, value: str) -> None:
    assert value in found(source)
    assert {hit.partition("=")[0] for hit in found(source)} <= {value.partition("=")[0], "google_measurement", "shopify_shop"}


NONE = {
    "share of a blog platform": (
        '<ins data-ad-client="ca-pub-XXXXXXXX" data-ad-host="ca-host-pub-1556223355139109"></ins>'
        + script('google_ad_host = "ca-host-pub-7391845526017384"; var h = "ca-host-pub-7391845526017384"')
    ),
    "app of a blog platform": '<script src="//connect.facebook.net/en_US/sdk.js#xfbml=1&appId=249643311490&version=v2.3"></script>',
    "links of a blog platform": '<script src="//s.skimresources.com/js/725X1342.skimlinks.js"></script>',
    "measured by others": script("COMSCORE.beacon({c1: 7, c2: 8097938})"),
    "name of a Facebook id": script("var appId = '192837465019283'; start(); facebook_app_id: null"),
    "hosted forum's own pages": '<a href="https://help.disqus.com/embed.js">help</a>',
    "policy of nobody": '<a href="https://www.iubenda.com/privacy-policy/12345678">terms</a>',
    "description of a check": '<meta name="verification-of-age" content="5f2b8c1d7a904e63">',
    "placeholders": script("gtag('config','G-XXXXXXXXXX'); fbq('init','YOUR_PIXEL_ID'); gtag('config','AW-CONVERSION_ID');"),
    "GTM placeholder": script("(window,document,'script','dataLayer','GTM-XXXX')"),
    "template": script('ga("create", "{{ ga_id }}"); Sentry.init({dsn: "__DSN__"}); algoliasearch("YourApplicationID", "x")'),
    "photo": '<img src="/p/G-2023010112.jpg"><img src="/p/AW-12345678901.jpg" alt="GT-1234567">',
    "search for show": script("algoliasearch('latency', '6be0576ff61c053d5f9a3225e2a90f76')"),
    "search in documents": script("algoliasearch('BH4D9OD16A', '0d11'); algolia.setEnvironment('PRODUCTION')"),
    "pictures for show": '<img src="https://res.cloudinary.com/demo/image/upload/sample.jpg">',
    "captcha to try": (
        '<div class="cf-turnstile" data-sitekey="1x00000000000000000000AA"></div><div class="h-captcha"'
        ' data-sitekey="10000000-ffff-ffff-ffff-000000000001"></div>'
    ),
    "template of reviews": '<div class="trustpilot-widget" data-template-id="5419b6ffb0d04a076446a9af"></div>',
    "error tracker of a platform": script(f'{{dsn:"https://{HEX32}@o1.ingest.wixpress.com/68"}}'),
    "hash": f'<link rel="stylesheet" href="/{HEX32}.css?v={HEX24}"><script integrity="sha256-{HEX32}"></script>',
    "order": "<p>Order UA-64281352-1 of article G-A3JU7YZRZ3, GTM-5WSM2RK</p>",
    "settings of a slider": script("slider.init({id: 48213790, ti: 'x', license: 4, portal: 5})"),
    "shop number of nobody": script("var shop = {shopId: 48213790516, a: 48213790516}"),
}


@pytest.mark.parametrize("source", NONE.values(), ids=NONE)
def test_what_no_service_handed_out_is_no_identifier(source: str) -> None:
    """An example, a part number, a key to try or a platform's own must not join two shops."""
    assert found(source) == []
