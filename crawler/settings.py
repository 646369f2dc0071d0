"""The crawl's flow, as Scrapy sees it. Every value that is not Scrapy's default carries its reason.

start() of the spider runs one visit per storefront (crawler.visit), many at once. A visit asks for one address at a
time through the engine: cookies and the user agent are added, crawler.download makes the guarded request, and what
came back goes as an item to the pipelines, which keep and at last archive and acknowledge the storefront.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    _VERSION = version("samehand")
except PackageNotFoundError:  # a checkout that was never installed
    _VERSION = "0"

BOT_NAME = "samehand"
SPIDER_MODULES = ["crawler.spiders"]
USER_AGENT = f"samehand/{_VERSION}"  # the spider adds "(+contact)"; one name, never rotated

# The flow. None takes a stock part out.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the visit knows which hosts belong to a storefront
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # allows all after a 5xx or no answer; RFC 9309 refuses
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no credential is ever sent
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,  # the handler keeps what came in time
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # retries at once; the visit waits, and heeds Retry-After
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,  # redirects are evidence: the visit archives each hop
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # the same
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # bodies are archived as received
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,  # a proxy from the environment would go round the guard
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,  # jars without a limit
    "crawler.spiders.storefront.SeedMiddleware": 10,  # a visit begins without a request
    "crawler.cookies.StorefrontCookies": 700,  # the same with one bounded jar per storefront
}
ITEM_PIPELINES = {"crawler.pipelines.ArchivePipeline": 100}
CONCURRENT_ITEMS = 1  # of one visit: a capture is written in the order visited, and a full disk holds the visit up

# Only http and https, and only through the guard: the stock handlers read local files and buckets too.
DOWNLOAD_HANDLERS = {
    "http": "crawler.download.GuardedHandler",
    "https": "crawler.download.GuardedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# Doors that Scrapy opens by default: the first executes what is posted to it.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# Politeness. A visit to names of the hosts file sets its own (DOWNLOAD_SLOTS), for they are the user's own machines.
DOWNLOAD_DELAY = 2.0  # seconds between requests to one registrable domain, and to one public address
DOWNLOAD_DELAY_JITTER = 0.0  # a delay shorter than promised is a broken promise
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # connections to one public site
CONCURRENT_REQUESTS = 0  # no total: sites at once x visit width is the limit, and waiting requests must not starve other sites

# Limits of one answer. What is longer or slower is cut, marked and kept.
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024  # bytes as received; the largest real shop page measured is below 3 MiB
DOWNLOAD_WARNSIZE = 0  # cut bodies are marked in the archive, a log line adds nothing
DOWNLOAD_TIMEOUT = 30  # seconds in all; shops answer within three, a drip never ends
CONNECT_TIMEOUT = 10  # ours; seconds until a connection stands
DOWNLOAD_FAIL_ON_DATALOSS = False  # a cut body is evidence

# What every request says. Accept-Encoding names only what crawler.decode can undo.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
}

# Ours: the file descriptor that progress is told to; 0 shows it on stderr.
PROGRESS_FD = 0

# Crawls are resumed from the crawl's own ledger: JOBDIR loses pages silently when killed.
JOBDIR = None

# Quiet by default: progress has its own lines, and the statistics are in crawl.json.
LOG_LEVEL = "WARNING"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0
MEMUSAGE_ENABLED = False  # its limit is none by default, so it only costs a timer
EXTENSIONS = {
    "crawler.progress.ProgressReporter": 500,
    "scrapy.extensions.throttle.AutoThrottle": None,  # would lower the delay that was promised
    "scrapy.extensions.feedexport.FeedExporter": None,  # the archive is the only output
    "scrapy.extensions.spiderstate.SpiderState": None,  # part of JOBDIR
}
