"""``python -m benchmarks.pictures REPORT`` draws the README's pictures from a report folder, in a headless Chromium.

Made from the demo's third crawl: ``samehand demo --data /tmp/story`` and then
``python -m benchmarks.pictures /tmp/story/demo/reports/20070604T060000Z``.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import sys
import tempfile
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

__all__ = ["PICTURES", "mail_page", "main"]

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-unsafe-swiftshader",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw both pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("report", type=Path, help="folder with graph.html and weekly.eml")
    parser.add_argument("-o", "--output", type=Path, default=PICTURES, help="folder for the pictures (default: docs/pictures)")
    asked = parser.parse_args(arguments)
    asked.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="samehand-pictures-") as scratch:
        browser = _browser(scratch)
        try:
            _graph(browser, asked.report / "graph.html", asked.output / "graph.png")
            page = Path(scratch) / "mail.html"
            page.write_text(mail_page(asked.report / "weekly.eml"), encoding="utf-8")
            _mail(browser, page, asked.output / "mail.png")
        finally:
            browser.quit()
    return 0


def mail_page(path: Path) -> str:
    """The HTML part of a mail with its inline pictures put in, so that a browser shows what a mail program shows."""
    message = message_from_bytes(path.read_bytes(), EmailMessage, policy=SMTP)
    part = message.get_body(("html",))
    if part is None:
        raise ValueError(f"{path} has no HTML part")
    html = str(part.get_content())
    for attached in message.walk():
        name = str(attached.get("Content-ID", "")).strip("<>")
        if name:
            payload = attached.get_payload(decode=True)
            picture = base64.b64encode(payload if isinstance(payload, bytes) else b"").decode()
            html = html.replace(f"cid:{name}", f"data:{attached.get_content_type()};base64,{picture}")
    return html


def _browser(scratch: str) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*_FLAGS, f"--user-data-dir={scratch}/profile"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver") or ""))


def _graph(browser: webdriver.Chrome, page: Path, picture: Path) -> None:
    browser.set_window_size(1440, 1060)
    browser.get(page.resolve().as_uri())
    WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, "canvas"))
    # the first cluster opened in the panel; then the map has come to rest
    for card in browser.find_elements(By.CSS_SELECTOR, "#panel button, #panel a")[:1]:
        card.click()
    browser.execute_async_script("setTimeout(arguments[0], 1500)")
    browser.save_screenshot(str(picture))


def _mail(browser: webdriver.Chrome, page: Path, picture: Path) -> None:
    browser.set_window_size(760, 1000)
    browser.get(page.as_uri())
    height = int(browser.execute_script("return document.documentElement.scrollHeight"))
    browser.set_window_size(760, height + 160)
    browser.save_screenshot(str(picture))


if __name__ == "__main__":
    sys.exit(main())
