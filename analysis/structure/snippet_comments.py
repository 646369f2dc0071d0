"""Comments that services and plug-ins put around what they give to copy: they stand wherever the service is used."""

from __future__ import annotations

import re
from typing import Final

from analysis.texts.boilerplate import word_set

__all__ = ["is_of_snippet"]

#: Names of services and of tools that write markup by themselves.
_SERVICES: Final = word_set(
    """
    gtag gtm dfp gpt doubleclick floodlight adsense addthis sharethis addtoany shareaholic comscore quantcast nielsen
    sitecensus chartbeat parsely sitecatalyst omniture tealium utag ensighten bluekai krux controltag clicktale hotjar
    optimizely mouseflow crazyegg inspectlet kissmetrics mixpanel amplitude vwo statcounter histats clicky getclicky
    piwik matomo yandex metrika metrica liveinternet rambler gemius xiti webtrekk etracker econda ivw infonline alexa
    smartsource webtrends coremetrics maxymiser monetate brightcove jwplayer intellitxt outbrain taboola criteo adroll
    uet hubspot mailchimp klaviyo zopim zendesk intercom olark livechat tawk uservoice disqus ekomi trustpilot feefo
    yotpo bazaarvoice mcafee norton geotrust quickssl comodo positivessl onetrust cookiebot usercentrics truste yoast
    jetpack monsterinsights exactmetrics gadwp newrelic sentry bugsnag typekit viglink skimlinks analytics pixel
    remarketing conversion
    """
)
#: Words that stand around these names.
_AROUND: Final = word_set(
    """
    begin begins beginning start starts end ends stop of the for and by with to in at on a an is this not do please
    remove edit alter modify change default guide standard part top bottom body head header footer page code codes tag
    tags script scripts snippet button buttons widget widgets badge counter tracker tracking track include async
    asynchronous universal site sitewide global embed embedded loader loading load setup install installation version v
    ver js javascript html css noscript copyright section content ad ads banner unit slot zone consent notice cookie
    cookies form signup chat live box search meta open graph data cards card verification webmaster tools manager
    container service services inc ltd llc gmbh corp online com net org http https www plugin plugins wordpress seo
    premium pro free google facebook twitter pinterest linkedin bing microsoft yahoo adobe visual website optimizer
    trusted shops stores secure smart icon certify new relic h
    """
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def is_of_snippet(comment: str) -> bool:
    """True of a comment in lower case that names a service and says nothing of its own besides."""
    told = set(_WORD.findall(comment))
    return not told.isdisjoint(_SERVICES) and (told - _SERVICES) <= _AROUND
