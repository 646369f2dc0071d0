"""Identifiers of who measures, sells to and serves an audience, as pages old and new carry them; every id is made up."""

from __future__ import annotations

import pytest

from analysis.ids.audience_grammars import AUDIENCE
from tests.analysis.fingerprints.made_ids import HEX24, HEX32, HEX40, UUID, found, script

CASES = [
    # measuring
    (script('_qevents.push({ qacct:"p-4kWm9ZtQ_vR2b" });'), "quantcast=p-4kWm9ZtQ_vR2b"),
    (script('_qacct = "p-4kWm9ZtQ_vR2b"; quantserve();'), "quantcast=p-4kWm9ZtQ_vR2b"),
    ('<img src="//pixel.quantserve.com/pixel/p-4kWm9ZtQ_vR2b.gif" alt="">', "quantcast=p-4kWm9ZtQ_vR2b"),
    (script('var _comscore = []; _comscore.push({ c1: "2", c2: "7382914" });'), "comscore=7382914"),
    ('<img src="https://sb.scorecardresearch.com/p?c1=2&amp;c2=7382914&amp;cv=2.0">', "comscore=7382914"),
    (script('var _sf_async_config={uid:48213,domain:"shop.example"};'), "chartbeat=48213"),
    (script("_sf_async_config.uid = 48213;"), "chartbeat=48213"),
    ('<script src="//cdn.optimizely.com/js/738291460.js"></script>', "optimizely=738291460"),
    (script("var _vwo_code=(function(){ var account_id=82914, settings_tolerance=2000;})"), "vwo=82914"),
    (script("var _vis_opt_account_id = 82914;"), "vwo=82914"),
    (script('_atrk_opts = { atrk_acct:"7Kb2m1xQ+900Rt", domain:"shop.example",dynamic: true};'), "alexa=7Kb2m1xQ+900Rt"),
    (
        '<script src="https://stats.wp.com/e-201549.js"></script>'
        + script("_stq.push([ 'view', {v:'ext',j:'1:3.8.0',blog:'48213790',post:'0',tz:'1'} ]);"),
        "wordpress_stats=48213790",
    ),
    (script(f"var _kmq = _kmq || []; var _kmk = _kmk || '{HEX40}';"), f"kissmetrics={HEX40}"),
    (
        script("var pp_gemius_identifier = new String('d8Kq2TrvYb4x7WnZ.P3mLs.cV9hGj6FaRuXe0QoUiNt.k7');"),
        "gemius=d8Kq2TrvYb4x7WnZ.P3mLs.cV9hGj6FaRuXe0QoUiNt.k7",
    ),
    (script("clicky_site_ids.push(100482137);"), "clicky=100482137"),
    (script("try{ clicky.init(48213790); }catch(e){}"), "clicky=48213790"),
    (script('cmSetClientID("90482137",true,"data.coremetrics.com","shop.example");'), "coremetrics=90482137"),
    (f'<script src="//assets.adobedtm.com/{HEX40}/satelliteLib-{HEX40}.js"></script>', f"adobe_tags={HEX40}"),
    (f'<script src="//assets.adobedtm.com/launch-EN{HEX32}.min.js"></script>', f"adobe_tags=en{HEX32}"),
    (script('var s_account="cellarprod,cellarglobal"'), "adobe_analytics=cellarprod,cellarglobal"),
    (script("a='//tags.tiqcdn.com/utag/cellar/main/prod/utag.js';"), "tealium=cellar"),
    (script('var webtrekkConfig = {"trackId":"738291465019283"};'), "webtrekk=738291465019283"),
    (script(f"var _prum = [['id', '{HEX24}'],['mark', 'firstbyte']]"), f"pingdom={HEX24}"),
    (script(f"t.setAttribute('data-site-id', '{HEX24}'); t.src = '//secure.gaug.es/track.js';"), f"gauges={HEX24}"),
    (script('if(typeof ClickTale=="function") ClickTale(4821,0.5,"www09");'), "click_tale=4821"),
    (script('var p = "b.monetate.net/js/1/a-5f2b8c1d/p/shop.example/"'), "monetate=a-5f2b8c1d"),
    # selling
    (script('adroll_adv_id = "K7QXMP4WDHZ3TS5RLB8CVN"; adroll_pix_id = "x";'), "adroll=K7QXMP4WDHZ3TS5RLB8CVN"),
    (script('ca.src = "//t.channeladvisor.com/v2/48213790.js";'), "channel_advisor=48213790"),
    ('<script src="//s.skimresources.com/js/48213X1537902.skimlinks.js"></script>', "skimlinks=48213"),
    (script(f"var vglnk = {{ api_url: '//api.viglink.com/api', key: '{HEX32}' }};"), f"viglink={HEX32}"),
    (script("var infolinks_pid = 482137; var infolinks_wsid = 4;"), "infolinks=482137"),
    ('<script src="http://contextual.media.net/nmedianet.js?cid=8CU7KX4PQ"></script>', "media_net=8CU7KX4PQ"),
    (script('var gts = gts || []; gts.push(["id", "482137"]); gts.push(["locale", "en_GB"]);'), "google_trusted_store=482137"),
    ('<script src="//medals.bizrate.com/medals/js/48213_medal.js"></script>', "bizrate=48213"),
    ('<script src="http://cdn.powerreviews.com/repos/48213/pr/pwr/engine.js"></script>', "power_reviews=48213"),
    ('<script src="//cellar.ugc.bazaarvoice.com/static/8510-en_us/bvapi.js"></script>', "bazaarvoice=cellar"),
    ('<script src="//display.ugc.bazaarvoice.com/static/cellar/en_GB/bvapi.js"></script>', "bazaarvoice=cellar"),
    (script("Munchkin.init('482-KXP-137');"), "marketo=482-KXP-137"),
    ('<input type="hidden" name="munchkinId" value="482-KXP-137">', "marketo=482-KXP-137"),
    (script("piAId = '482137'; piCId = '99';"), "pardot=482137"),
    (script("_elqQ.push(['elqSetSiteId', '482137']);"), "eloqua=482137"),
    (
        '<form action="http://www.aweber.com/scripts/addlead.pl"><input name="meta_web_form_id" value="482137905"></form>',
        "aweber=482137905",
    ),
    ('<a href="http://visitor.constantcontact.com/d.jsp?v=001&amp;m=1104821379056">list</a>', "constant_contact=1104821379056"),
    (script("ml('account', '482137');"), "mailer_lite=482137"),
    (script("vgo('setAccount', '482137905');"), "active_campaign=482137905"),
    (script("_dcs.account = '4821379';"), "drip=4821379"),
    # embedded
    ('<meta property="fb:pages" content="482137905164,99">', "facebook_page=482137905164"),
    ('<meta property="fb:page_id" content="482137905164">', "facebook_page=482137905164"),
    (script("VK.init({apiId: 4821379, onlyWidgets: true});"), "vk_app=4821379"),
    (script("var disqus_shortname = 'cellarrecords';"), "disqus=cellarrecords"),
    ('<script src="https://cellarrecords.disqus.com/embed.js"></script>', "disqus=cellarrecords"),
    ('<script src="//use.typekit.net/kqx7vdm.js"></script>', "typekit=kqx7vdm"),
    (f'<link rel="stylesheet" href="//fast.fonts.net/cssapi/{UUID}.css">', f"fonts_com={UUID}"),
    ('<link rel="stylesheet" href="//cloud.typography.com/4821379/731092/css/fonts.css">', "typography=4821379"),
    ('<script src="//s7.addthis.com/js/300/addthis_widget.js#pubid=ra-5f2b8c1d7a904e63"></script>', "addthis=ra-5f2b8c1d7a904e63"),
    ('<script src="//s7.addthis.com/js/250/addthis_widget.js#username=cellarman"></script>', "addthis=cellarman"),
    (script(f'stLight.options({{publisher: "{UUID}", doNotHash: true}});'), f"sharethis={UUID}"),
    (script("window.lpTag={site:'48213790'||'',section:lpTag.section||''}"), "live_person=48213790"),
    ('<a href="https://livechat.boldchat.com/aid/482137905164782913/bc.chat?cwdid=1">chat</a>', "bold_chat=482137905164782913"),
    (script(f'SnapABug.init("{UUID}");'), f"snap_engage={UUID}"),
    (script(f"window.Beacon('init', '{UUID}')"), f"help_scout={UUID}"),
    (script("w.ChatraID = 'kQ7xWn2Zr9TbYv4Ms';"), "chatra=kQ7xWn2Zr9TbYv4Ms"),
    (f'<script src="https://userlike-cdn-widgets.s3-eu-west-1.amazonaws.com/{HEX32}.js"></script>', f"userlike={HEX32}"),
    ('<script src="https://cdns.gigya.com/js/socialize.js?apiKey=3_kQ7xWn2Zr9TbYv4MsLp"></script>', "gigya=3_kQ7xWn2Zr9TbYv4MsLp"),
    (f'<script id="Cookiebot" src="https://consent.cookiebot.com/uc.js" data-cbid="{UUID}"></script>', f"cookiebot={UUID}"),
    (f'<script src="https://cdn.cookielaw.org/otSDKStub.js" data-domain-script="{UUID}"></script>', f"onetrust={UUID}"),
    (
        '<script src="https://app.usercentrics.eu/latest/main.js" data-settings-id="kQ7xWn2Zr"></script>',
        "usercentrics=kQ7xWn2Zr",
    ),
    ('<a href="https://www.iubenda.com/privacy-policy/48213790">Privacy Policy</a>', "iubenda=48213790"),
    # older and other spellings of what was known
    (script("FOOTER_ID : 'UA-7482913-1,UA-64281352-2',"), "google_analytics=UA-64281352"),
    (script("ga('require', 'GTM-W7K845Q'); ga('require', 'displayfeatures');"), "google_optimize=GTM-W7K845Q"),
    (script('{"tags":{"gtm":["GTM-MKX4ZQ"]}}'), "google_tag_manager=GTM-MKX4ZQ"),
    (script("x = 'https://www.facebook.com/offsite_event.php?id=6048213790516&value=0'"), "facebook_pixel=6048213790516"),
    ('<script src="//connect.facebook.net/en_US/all.js#xfbml=1&appId=482137905164"></script>', "facebook_app=482137905164"),
    (
        '<iframe src="//www.facebook.com/plugins/like.php?href=http%3A%2F%2Fshop.example%2F&amp;send=false&amp;layout=button_count'
        '&amp;width=110&amp;show_faces=false&amp;action=like&amp;colorscheme=light&amp;height=21&amp;appId=482137905164"></iframe>',
        "facebook_app=482137905164",
    ),
    (script('Server = {"facebook_app_id":"482137905164"}'), "facebook_app=482137905164"),
    (script("FB.init({" + "\n" + " " * 60 + "appId      : '482137905164',"), "facebook_app=482137905164"),
    (
        '<script src="https://www.google.com/recaptcha/api/challenge?k=6LfRh9MSAAAAAPkWkl8QvlbdSEo0xz_dB81pRss7"></script>',
        "recaptcha=6LfRh9MSAAAAAPkWkl8QvlbdSEo0xz_dB81pRss7",
    ),
    (
        script('Recaptcha.create("6LfRh9MSAAAAAPkWkl8QvlbdSEo0xz_dB81pRss7", "box", options);'),
        "recaptcha=6LfRh9MSAAAAAPkWkl8QvlbdSEo0xz_dB81pRss7",
    ),
    (script('("https://assets.zendesk.com/embeddable_framework/main.js","cellar.zendesk.com")'), "zendesk=cellar.zendesk.com"),
    ('<a href="http://messenger.providesupport.com/messenger/cellar.html">Live Chat</a>', "provide_support=cellar"),
]


@pytest.mark.parametrize(("source", "value"), CASES, ids=[f"{number}-{value[:30]}" for number, (_, value) in enumerate(CASES)])
def test_an_identifier_is_found_as_pages_carry_it(source: str, value: str) -> None:
    assert value in found(source)
    assert {hit.partition("=")[0] for hit in found(source)} == {value.partition("=")[0]}


@pytest.mark.parametrize(
    "source",
    [
        '<script src="//s7.addthis.com/js/300/addthis_widget.js#pubid=undefined"></script>',
        '<meta property="fb:app_id" content="529576650555031">',  # set by a plug-in
        script("// see https://amplitude.zendesk.com/hc/en-us/articles/115001361248"),  # in what a maker gives to copy
    ],
)
def test_what_software_sets_is_nobodys(source: str) -> None:
    assert found(source) == []


def test_every_row_has_a_case() -> None:
    assert {grammar.word for grammar in AUDIENCE} <= {value.partition("=")[0] for _, value in CASES}


@pytest.mark.parametrize(
    "link",
    [
        "https://partner.example/?ref=Net-Header2-Films",
        "https://partner.example/?ref=footer_website",
        "https://partner.example/blog?tag=Weather+maps",
        "https://partner.example/show?pid=documents",
        "https://partner.example/?ref=navbar",
        "https://partner.example/?ref=widget",
        "https://partner.example/?ref=mostpopular",
        "https://www.amazon.co.uk/dp/B0?ref=sr_1_1",
    ],
)
def test_where_a_link_stands_is_no_referral(link: str) -> None:
    assert found(f'<a href="{link}">there</a>') == []


@pytest.mark.parametrize(
    ("link", "value"),
    [
        ("https://www.books.example/dp/1?tag=cellar-21", "www.books.example?tag=cellar-21"),
        ("https://network.example/click?aff_id=156", "network.example?aff_id=156"),
        ("https://market.example/item?ref=cellarman", "market.example?ref=cellarman"),
    ],
)
def test_who_sent_a_visitor_is_a_referral(link: str, value: str) -> None:
    assert found(f'<a href="{link}">there</a>') == [f"referral={value}"]
