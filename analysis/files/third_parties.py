"""Hosts that very many sites name without having anything to do with one another: a link to one says nothing of a pair.

A list of registrable domains by what they are for, and rules for the names no list can hold (content networks, tag
servers, static hosts). What is not known here is a site like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from crawler.names import registrable

__all__ = ["host_of", "is_third_party", "root_of", "site_of"]

_SOCIAL: Final = """
facebook.com fb.com fb.me fbcdn.net instagram.com twitter.com x.com t.co youtube.com youtu.be ytimg.com youtube-nocookie.com
pinterest.com pinterest.co.uk pinterest.de pinterest.fr pinimg.com pin.it linkedin.com lnkd.in tiktok.com snapchat.com
tumblr.com flickr.com vimeo.com vimeocdn.com dailymotion.com reddit.com redd.it redditstatic.com digg.com delicious.com
del.icio.us stumbleupon.com vk.com vkontakte.ru vk.ru userapi.com ok.ru odnoklassniki.ru mail.ru my.mail.ru livejournal.com
telegram.org telegram.me t.me whatsapp.com wa.me wa.link viber.com viber.me skype.com discord.com discord.gg twitch.tv
weibo.com qq.com wechat.com line.me behance.net dribbble.com soundcloud.com spotify.com medium.com myspace.com plus.google.com
threads.net mastodon.social bsky.app xing.com addthis.com addtoany.com sharethis.com gravatar.com blogger.com blogspot.com
rutube.ru dzen.ru zen.yandex.ru threema.ch signal.org quora.com slideshare.net issuu.com foursquare.com yelp.com tripadvisor.com
"""
_MEASURING: Final = """
google-analytics.com googletagmanager.com googletagservices.com googlesyndication.com googleadservices.com doubleclick.net
2mdn.net hotjar.com clarity.ms bing.com bat.bing.com mouseflow.com fullstory.com crazyegg.com segment.com segment.io mixpanel.com
amplitude.com heap.io heapanalytics.com newrelic.com nr-data.net sentry.io sentry-cdn.com bugsnag.com matomo.cloud matomo.org
piwik.org piwik.pro statcounter.com quantserve.com scorecardresearch.com chartbeat.com criteo.com criteo.net taboola.com
outbrain.com adroll.com rubiconproject.com adnxs.com demdex.net omtrdc.net 2o7.net adobedtm.com webtrends.com webtrekk.net
coremetrics.com optimizely.com vwo.com visualwebsiteoptimizer.com yandex.net yastatic.net mc.yandex.ru yadro.ru rambler.ru
liveinternet.ru top100.ru tns-counter.ru cloudflareinsights.com plausible.io usefathom.com kissmetrics.com etracker.com etracker.de
trustpilot.com trustedshops.com trustedshops.de ekomi.de ekomi.com bazaarvoice.com yotpo.com feefo.com reviews.io reevoo.com
reviews.co.uk judge.me stamped.io klaviyo.com mailchimp.com list-manage.com chimpstatic.com createsend.com sendgrid.net hubspot.com
hs-scripts.com hsforms.net hs-analytics.net zendesk.com zdassets.com intercom.io intercomcdn.com tawk.to livechatinc.com
jivosite.com jivo.ru drift.com olark.com crisp.chat tidio.co zopim.com freshchat.com onetrust.com cookielaw.org cookiebot.com
usercentrics.eu trustarc.com truste.com iubenda.com recaptcha.net hcaptcha.com mcafeesecure.com scanalert.com verisign.com
norton.com
digicert.com comodo.com sectigo.com geotrust.com thawte.com globalsign.com trustwave.com siteadvisor.com bbb.org bizrate.com
awin1.com awin.com shareasale.com linksynergy.com rakuten.com dwin1.com zanox.com tradedoubler.com cj.com anrdoezrs.net
dpbolvw.net jdoqocy.com kqzyfj.com tkqlhce.com pjtra.com affiliatewindow.com webgains.com clickbank.net admitad.com
monetate.net certona.net richrelevance.com nosto.com algolia.net algolia.com algolianet.com convertexperiments.com
bootstrap-package.com browsehappy.com maxcdn.com codepen.io jsfiddle.net stackoverflow.com positivessl.com pintrest.com
"""
_PLATFORMS: Final = """
google.com google.de google.fr google.es google.ru google.co.uk google.ca google.it google.pl google.co.jp google.com.au goo.gl
g.page gstatic.com googleapis.com googleusercontent.com ggpht.com google.dev withgoogle.com android.com apple.com itunes.com
apple.co icloud.com mzstatic.com microsoft.com windows.com windows.net live.com outlook.com office.com msn.com aspnetcdn.com
amazon.com amazon.co.uk amazon.de amazon.fr amazon.es amazon.it amazon.ca amazon.co.jp amazonaws.com cloudfront.net
media-amazon.com ssl-images-amazon.com images-amazon.com ebay.com ebay.de ebay.co.uk ebay.fr ebayimg.com etsy.com alibaba.com
aliexpress.com alicdn.com wildberries.ru ozon.ru avito.ru allegro.pl yandex.ru yandex.com ya.ru yandex.by yandex.kz mail.com
gmail.com googlemail.com hotmail.com hotmail.fr list.ru bk.ru inbox.ru gmx.de gmx.net web.de t-online.de orange.fr wanadoo.fr
free.fr sfr.fr
laposte.net libero.it me.com mac.com protonmail.com proton.me pm.me qip.ru ukr.net seznam.cz wp.pl o2.pl interia.pl
yahoo.com yimg.com aol.com bing.net duckduckgo.com baidu.com wikipedia.org wikimedia.org creativecommons.org archive.org
cloudflare.com cloudflare.net cdnjs.com jsdelivr.net unpkg.com jquery.com bootstrapcdn.com fontawesome.com typekit.net
typekit.com adobe.com fonts.net fonts.com myfonts.net rawgit.com raw.githubusercontent.com github.com github.io
githubusercontent.com
gitlab.com bitbucket.org sourceforge.net npmjs.com npmjs.org akamai.net akamaihd.net akamaized.net edgekey.net edgesuite.net
fastly.net stackpathcdn.com netdna-cdn.com netdna-ssl.com kxcdn.com b-cdn.net bunny.net cachefly.net imgix.net cloudinary.com
edgecastcdn.net rackcdn.com scene7.com llnwd.net polyfill.io staticfile.org bootcss.com use.fontawesome.com
shopify.com myshopify.com shopifycdn.com shopifysvc.com shopify.dev shop.app bigcommerce.com mybigcommerce.com wix.com wixstatic.com
wixsite.com parastorage.com squarespace.com squarespace-cdn.com sqspcdn.com weebly.com editmysite.com webflow.com website-files.com
wordpress.com wordpress.org wp.com w.org woocommerce.com automattic.com magento.com prestashop.com opencart.com oscommerce.com
zen-cart.com drupal.org joomla.org ecwid.com volusion.com bigcartel.com jimdo.com strato.de ionos.com godaddy.com tilda.ws tilda.cc
tildacdn.com insales.ru ucoz.ru bitrix.ru 1c-bitrix.ru bitrix24.ru nethouse.ru salesforce.com demandware.net force.com
templatemonster.com themeforest.net envato.com colorlib.com html5up.net w3layouts.com themewagon.com freewebtemplates.com
bootstrapmade.com
htmlcodex.com templatesjungle.com cssigniter.com elegantthemes.com themeisle.com bootswatch.com getbootstrap.com modernizr.com
fontlibrary.org flaticon.com freepik.com unsplash.com pexels.com pixabay.com placeholder.com placehold.it placehold.co
dummyimage.com
loremflickr.com picsum.photos lipsum.com via.placeholder.com iconfinder.com icons8.com ionicframework.com ionicons.com
w3.org schema.org ogp.me xmlns.com purl.org purl.com openid.net oauth.net data-vocabulary.org gmpg.org rdfs.org microformats.org
mozilla.org mozilla.com opera.com php.net python.org nginx.org nginx.com apache.org ietf.org whatwg.org iana.org openstreetmap.org
osm.org leafletjs.com mapbox.com maps.me 2gis.ru 2gis.com here.com bit.ly tinyurl.com ow.ly is.gd linktr.ee feedburner.com
europa.eu ec.europa.eu gov.uk usps.com ups.com fedex.com dhl.com dhl.de dpd.com dpd.co.uk gls-group.eu hermesworld.com
royalmail.com laposte.fr colissimo.fr chronopost.fr mondialrelay.fr russianpost.ru pochta.ru cdek.ru correos.es posti.fi
localhost example.com example.org example.net test.com domain.com yourdomain.com yoursite.com mysite.com website.com yourwebsite.com
site.com email.com company.com mail.example company.example colorlib.net swiperjs.com slick-slider.com owlcarousel2.github.io
fancyapps.com isotope.metafizzy.co dimsemenov.com greensock.com jqueryui.com getuikit.com semantic-ui.com tailwindcss.com
ampproject.org onesignal.com pushwoosh.com firebaseio.com firebaseapp.com appspot.com herokuapp.com netlify.app netlify.com
vercel.app
vercel.com surge.sh pages.dev web.app azureedge.net azurewebsites.net digitaloceanspaces.com wpengine.com kinsta.cloud plesk.com
cpanel.net cpanel.com letsencrypt.org sedo.com sedoparking.com afternic.com dan.com hugedomains.com bodis.com parkingcrew.net
httrack.com
"""
#: Makers of software and pictures, and services, whose names stand in comments, credits and settings of whoever uses them.
_MAKERS: Final = """
yoast.com w3-edge.com wp-rocket.me shareaholic.com viglink.com skimlinks.com paulirish.com h5bp.com html5boilerplate.com
monsterinsights.com wpmudev.org woothemes.com studiopress.com mythemeshop.com themeforest.com codecanyon.net wpengine.net
wpbakery.com akismet.com jetpack.com omniture.com coremetrics.net wistia.com wistia.net brightcove.com kaltura.com jwplayer.com
jwpcdn.com surveymonkey.com surveygizmo.com typeform.com wufoo.com disqus.com intensedebate.com getclicky.com gemius.pl
gemius.com adocean.pl zedo.com openx.net openx.com buysellads.com impactradius.com impact.com typo3.org contao.org plone.org
phpbb.com phpbb.de vbulletin.com vbulletin.org xenforo.com invisionpower.com invisioncommunity.com simplemachines.org mybb.com
woltlab.com discuz.net vanillaforums.com mediawiki.org moodle.org joomla.com joomlart.com dnnsoftware.com dotnetnuke.com
aspdotnetstorefront.com nopcommerce.com cs-cart.com x-cart.com xt-commerce.com shopware.com shopware.de magentocommerce.com
cubecart.com 3dcart.com miva.com smarty.net asp.net vb.net macromedia.com chromium.org gnu.org doi.org debian.org fsf.org
opensource.org opengraphprotocol.org icra.org rsac.org dublincore.org resource.org robotstxt.org fotolia.com fotolia.de
shutterstock.com istockphoto.com gettyimages.com photocase.de photocase.com depositphotos.com 123rf.com dreamstime.com
pixelio.de alamy.com imgur.com photobucket.com imageshack.us tinypic.com directupload.net placekitten.com amzn.to eepurl.com
j.mp legalmail.it pec.it postecert.it arubapec.it msecnd.net edgesuite.net edgekey.com keycaptcha.com geoplugin.net
"""
_KNOWN: Final = frozenset((_SOCIAL + _MEASURING + _PLATFORMS + _MAKERS).split())

#: Scheme, user, host and port of an address; a port or path ends the host.
_AUTHORITY: Final = re.compile(r"\s{0,9}(?:[A-Za-z][A-Za-z0-9+.-]{0,20}:)?//(?:[^/?#@\s]{0,200}@)?([^/?#@:\s\[\]]{1,255})")
#: More characters than the longest match of it has.
_AUTHORITY_CHARS: Final = 512
#: Characters of the shortest start that a host stands behind, and a letter of the host.
_SCHEME_CHARS: Final = len("http://x")
_HOLDERS: Final = frozenset(
    {
        *("github.io", "gitlab.io", "googlecode.com", "googleapis.com", "googleusercontent.com", "cloudfront.net", "amazonaws.com"),
        *("azureedge.net", "windows.net", "digitaloceanspaces.com", "akamaized.net", "akamaihd.net", "fastly.net", "b-cdn.net"),
        *("kxcdn.com", "netdna-ssl.com", "rackcdn.com", "r2.dev", "jsdelivr.net", "firebaseapp.com", "codepen.io"),
    }
)
"""Public suffixes below which stand files and demonstrations of anybody: every name under them is a third party."""

#: Search engines and market places under any country's suffix; names of a private network.
_RULE: Final = re.compile(
    r"(?:^|\.)(?:google|yandex|bing|yahoo|amazon|ebay)\.(?:com?\.)?[a-z]{2,3}$"
    r"|\.(?:localhost|local|internal|arpa)$"
)


def host_of(url: str) -> str:
    """The host of an absolute URL, lower case, without user, port and final dot; empty when there is none."""
    return _host(url[:_AUTHORITY_CHARS])


@lru_cache(maxsize=16_384)
def _host(start: str) -> str:
    match = _AUTHORITY.match(start)
    return match.group(1).rstrip(".").lower() if match else ""


def root_of(url: str) -> str:
    """The start of an absolute URL up to its path: what its host depends on, and one for all of a site's files."""
    return url[: url.find("/", _SCHEME_CHARS) + 1 or None]


def site_of(url_or_host: str) -> str:
    """The registrable domain of an absolute URL or a host; empty for addresses, unknown endings and public suffixes."""
    return _site(host_of(url_or_host) if "//" in url_or_host[:12] else url_or_host.strip().rstrip(".").lower())


@lru_cache(maxsize=65536)
def _site(host: str) -> str:
    if "." not in host or len(host) > 250 or host.replace(".", "").isdigit():
        return ""
    below = f"x.{host}"  # of a site, a name below it has the same registrable domain; of nothing else
    site = registrable(below)
    return "" if site == below else site


def is_third_party(url_or_host: str) -> bool:
    """True for a host that ordinary sites name by the thousand (social, measuring, platform, content network)."""
    return _is_third(host_of(url_or_host) if "//" in url_or_host[:12] else url_or_host.lower())


@lru_cache(maxsize=65536)
def _is_third(host: str) -> bool:
    site = _site(host)
    return (
        host in _KNOWN or site in _KNOWN or site.partition(".")[2] in _HOLDERS or site in _HOLDERS or _RULE.search(host) is not None
    )
