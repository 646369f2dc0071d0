"""The graph page in a real Chromium, from disk: quiet, closed to the network, deaf to hostile strings, and it does its work."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from reports.graph_page import render_graph, static_bytes
from reports.report import report

SOURCES = Path(__file__).parents[2] / "reports" / "static-src"
LINKS_SHOWN = "return samehand.model.linkShown.filter(Boolean).length"


def test_the_bundle_was_built_from_these_sources() -> None:
    """A bundle that is older than its sources must not return."""
    names = sorted(
        path.name
        for path in SOURCES.iterdir()
        if path.suffix in (".js", ".mjs") or path.name in ("package.json", "package-lock.json")
    )
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\n" + (SOURCES / name).read_bytes())
    assert f"sources sha256 {digest.hexdigest()}" in static_bytes("graph.js")[:200].decode()


def test_the_bundle_carries_the_licences_of_what_it_contains() -> None:
    head = static_bytes("graph.js")[:9000].decode()
    for name in ("sigma 3.", "graphology 0.", "graphology-utils", "events"):
        assert name in head
    assert head.count("Permission is hereby granted") == 4


def test_equal_findings_make_an_equal_page(world: ModuleType) -> None:
    assert render_graph(world.made()) == render_graph(world.made())


def test_a_service_is_no_storefront_that_is_counted(world: ModuleType) -> None:
    findings = world.made()
    fronts = tuple(replace(row, kind="service") if number < 3 else row for number, row in enumerate(findings.storefronts))
    assert f"{len(fronts) - 3} storefronts, " in render_graph(replace(findings, storefronts=fronts))


def test_the_page_names_nothing_outside_of_itself(world: ModuleType) -> None:
    text = render_graph(world.made())
    body = text.replace(static_bytes("graph.js").decode(), "")
    assert not re.search(r"https?://", body)
    assert "default-src &#39;none&#39;" in body
    assert "unsafe" not in body
    assert body.count("<script") == 3


Open = Callable[..., Chrome]


@pytest.fixture(scope="module")
def folder(world: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(world.made(), tmp_path_factory.mktemp("graph") / "report").folder


@pytest.fixture
def page(folder: Path, chromium: Chrome) -> Open:
    def visit(query: str = "", width: int = 1400, scheme: str = "light") -> Chrome:
        chromium.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        )
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        chromium.get("about:blank")
        chromium.get_log("browser")
        chromium.get_log("performance")
        chromium.get((folder / "graph.html").as_uri() + query)
        WebDriverWait(chromium, 20).until(lambda c: c.execute_script("return document.documentElement.dataset.ready"))
        return chromium

    return visit


def requested(chrome: Chrome) -> list[str]:
    events = [json.loads(entry["message"])["message"] for entry in chrome.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [url for url in asked if not url.startswith(("file:", "data:"))]


def panel(chrome: Chrome) -> str:
    return str(chrome.find_element(By.ID, "panel").text)


def site(chrome: Chrome, name: str) -> int:
    found: Any = chrome.execute_script("return samehand.model.data.sites.findIndex((s) => s.name === arguments[0])", name)
    return int(found)


def click_at(chrome: Chrome, place: list[float]) -> None:
    stage = chrome.find_element(By.ID, "stage")
    size = stage.size
    ActionChains(chrome).move_to_element_with_offset(
        stage, round(place[0] - size["width"] / 2), round(place[1] - size["height"] / 2)
    ).pause(0.15).click().perform()


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "?plain"])
def test_it_opens_from_disk_quietly_and_runs_no_hostile_string(page: Open, query: str) -> None:
    chrome = page(query)
    assert chrome.execute_script("return document.documentElement.dataset.ready") == ("canvas" if query else "webgl")
    for name in ("clusters", "links", "storefronts", "changes", "map"):
        chrome.find_element(By.ID, f"tab-{name}").click()
    for kind, count in (("site", 20), ("link", 18), ("cluster", 3), ("family", 2)):
        chrome.execute_script("for (let n = 0; n < arguments[1]; n++) samehand.choose({ kind: arguments[0], n })", kind, count)
    assert chrome.execute_script("return window.ran") is None
    assert chrome.title == "samehand: 18 March 2024"
    assert chrome.execute_script("return document.querySelectorAll('img:not([src^=\"data:\"])').length") == 0
    assert requested(chrome) == []
    assert chrome.get_log("browser") == []


@pytest.mark.browser
def test_the_policy_stops_what_would_slip_through(page: Open) -> None:
    chrome = page("?plain")
    slipped = '<img src="https://canary.example/x.png" onerror="window.ran=1"><p style="color:red" id="styled">x</p>'
    chrome.execute_script("document.body.insertAdjacentHTML('beforeend', arguments[0])", slipped)
    WebDriverWait(chrome, 10).until(lambda c: len(c.get_log("browser")) > 0)
    assert chrome.execute_script("return window.ran") is None
    assert chrome.execute_script("return getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "?plain"])
def test_a_click_on_a_node_and_on_an_edge_shows_their_evidence(page: Open, query: str) -> None:
    chrome = page(query)
    n = site(chrome, "nordwolle[.]example")
    click_at(chrome, chrome.execute_script("return samehand.at(samehand.model.nodeOfSite.get(arguments[0]))", n))
    WebDriverWait(chrome, 10).until(lambda c: "Nordwolle AS" in panel(c))
    chrome.find_element(By.CSS_SELECTOR, "#panel .close").click()
    chrome.find_element(By.ID, "fit").click()
    ends = [site(chrome, "kicksvault[.]example"), site(chrome, "solebargain[.]example")]
    WebDriverWait(chrome, 10).until(lambda c: c.execute_script("return samehand.still()"))

    def hit(c: Chrome) -> bool:
        """The edge's panel; where the stage was still finding its size, the next try aims anew, as a person would."""
        if "evidence consistent with common operation" in panel(c):
            return True
        places = [c.execute_script("return samehand.at(samehand.model.nodeOfSite.get(arguments[0]))", end) for end in ends]
        (x1, y1), (x2, y2) = places
        click_at(c, [x1 * 0.6 + x2 * 0.4, y1 * 0.6 + y2 * 0.4])
        return False

    WebDriverWait(chrome, 20).until(hit)
    text = panel(chrome)
    assert "+11.2 bits" in text
    assert "both are paid through merchant id 4410-TD-7719" in text
    for summary in chrome.find_elements(By.CSS_SELECTOR, "#panel summary"):
        summary.click()
    text = panel(chrome)
    assert "hxxps://kicksvault[.]example/terms.html" in text
    assert re.search(r"sha256 [0-9a-f]{64}", text)


@pytest.mark.browser
def test_evidence_against_and_explained_is_shown_apart(page: Open) -> None:
    chrome = page("?plain")
    n = chrome.execute_script("return samehand.model.data.links.findIndex((l) => l.relation === 'same-provider')")
    chrome.execute_script("samehand.choose({ kind: 'link', n: arguments[0] })", n)
    text = panel(chrome)
    assert (
        text.index("Against") < text.index("they speak different languages") < text.index("Explained") < text.index("48 strangers")
    )
    assert "Explained by provider bundle" in text


@pytest.mark.browser
def test_search_finds_by_name_address_company_and_cluster(page: Open) -> None:
    chrome = page("?plain")
    chrome.find_element(By.ID, "tab-storefronts").click()
    search = chrome.find_element(By.ID, "search")
    found = {}
    for asked in ("songkontor", "hxxps://songkontor[.]example/shop", "SÖNGKONTOR", "nordwolle", "c-4f1d20", "lagune", "nobody"):
        search.send_keys(asked)
        found[asked] = chrome.execute_script("return samehand.model.found.length")
        assert len(chrome.find_elements(By.CSS_SELECTOR, "#lists tbody tr")) == found[asked]
        search.send_keys(Keys.ESCAPE)
    assert list(found.values()) == [1, 1, 1, 3, 4, 1, 0]
    assert chrome.execute_script("return samehand.model.found") is None


@pytest.mark.browser
def test_filters_by_relation_family_and_probability(page: Open) -> None:
    chrome = page("?plain")
    assert chrome.execute_script(LINKS_SHOWN) == 18
    chrome.find_element(By.CSS_SELECTOR, "input[value='same-operator']").click()
    assert chrome.execute_script(LINKS_SHOWN) == 8
    chrome.find_element(By.CSS_SELECTOR, "input[value='same-operator']").click()
    chrome.find_element(By.ID, "no-families").click()
    assert chrome.execute_script(LINKS_SHOWN) == 0
    chrome.find_element(By.CSS_SELECTOR, "input[value='payment']").click()
    assert chrome.execute_script(LINKS_SHOWN) == 5
    chrome.find_element(By.ID, "all-families").click()
    chrome.execute_script("const r = document.getElementById('least'); r.value = 95; r.dispatchEvent(new Event('input'))")
    assert chrome.execute_script(LINKS_SHOWN) == 6
    assert "6 of 18 links shown" in chrome.find_element(By.ID, "told").text


@pytest.mark.browser
def test_lists_are_worked_by_keyboard_alone(page: Open) -> None:
    chrome = page("?plain")
    chrome.find_element(By.ID, "tab-map").send_keys(Keys.ARROW_RIGHT)
    assert chrome.execute_script("return document.activeElement.id") == "tab-clusters"
    first = chrome.find_element(By.CSS_SELECTOR, "#lists tbody button")
    first.send_keys(Keys.ENTER)
    assert chrome.execute_script("return document.activeElement.id") == "panel"
    assert "c-4f1d20" in panel(chrome)
    ActionChains(chrome).send_keys(Keys.ESCAPE).perform()
    assert chrome.execute_script("return samehand.model.selection") is None
    assert chrome.execute_script("return document.activeElement.id") == "lists"
    ActionChains(chrome).send_keys("/").perform()
    assert chrome.execute_script("return document.activeElement.id") == "search"


@pytest.mark.browser
def test_the_map_moves_by_keyboard(page: Open) -> None:
    chrome = page("?plain")
    where = "return samehand.at(0)"
    before = chrome.execute_script(where)
    chrome.find_element(By.ID, "stage").send_keys(Keys.ARROW_RIGHT, "+")
    assert chrome.execute_script(where) != before
    chrome.find_element(By.ID, "stage").send_keys("0")
    assert chrome.execute_script(where) == before


@pytest.mark.browser
def test_a_link_of_a_dossier_opens_its_cluster_and_back(page: Open, world: ModuleType) -> None:
    chrome = page(f"?plain#{world.B}")
    assert world.B in panel(chrome)
    chrome.find_element(By.LINK_TEXT, "open the dossier").click()
    assert chrome.find_element(By.TAG_NAME, "h1").text == world.B
    assert requested(chrome) == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_its_window_in_light_and_dark(page: Open, scheme: str) -> None:
    chrome = page("?plain", 360, scheme)
    for width in (360, 1000, 1400):
        chrome.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        )
        assert chrome.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    paper = chrome.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(19, 22, 27)") == (scheme == "dark")
    chrome.find_element(By.ID, "theme").click()
    assert chrome.execute_script("return getComputedStyle(document.body).backgroundColor") != paper


@pytest.mark.browser
def test_on_paper_there_is_the_map_and_every_link(page: Open) -> None:
    chrome = page("?plain")
    chrome.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert chrome.execute_script("return document.querySelectorAll('#print .printed').length") == 18
    data = "document.querySelector('#print canvas').getContext('2d').getImageData(0, 0, 900, 900).data"
    pixels = f"return new Set({data}).size"
    assert chrome.execute_script(pixels) > 50


@pytest.mark.browser
def test_thousands_are_collapsed_and_said(world: ModuleType, chromium: Chrome, tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text(render_graph(world.large(900, 6, 50)), "utf-8")
    chromium.get((tmp_path / "graph.html").as_uri())
    WebDriverWait(chromium, 30).until(lambda c: c.execute_script("return document.documentElement.dataset.ready"))
    assert chromium.execute_script("return samehand.model.nodes.length") == 900
    assert "Left out: from the map, 50 storefronts that no cluster holds" in chromium.find_element(By.ID, "map").text


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "?plain"])
def test_the_time_line_is_worked_by_keyboard_and_shows_whom_a_crawl_was_about(page: Open, query: str) -> None:
    chrome = page(query)
    buttons = chrome.find_elements(By.CSS_SELECTOR, "#timeline button")
    assert [button.get_attribute("aria-label").split(":")[0] for button in buttons] == ["11 March 2024", "18 March 2024"]
    assert [button.get_attribute("tabindex") for button in buttons] == ["-1", "0"]
    buttons[1].send_keys(Keys.ARROW_LEFT)
    assert chrome.switch_to.active_element == buttons[0]
    chrome.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    chrome.switch_to.active_element.send_keys(Keys.ENTER)
    assert "11 changes told by this crawl" in panel(chrome)
    assert buttons[1].get_attribute("aria-pressed") == "true"
    lit = "[...samehand.model.lit]"
    meant = "samehand.model.sitesOf(samehand.model.selection).map((site) => samehand.model.nodeOfSite.get(site))"
    about = chrome.execute_script(f"return [{lit}, {meant}]")
    assert set(about[0]) == set(about[1])
    chrome.find_element(By.CSS_SELECTOR, "#panel .events button").click()
    assert chrome.execute_script("return samehand.model.selection.kind") == "event"
    assert "joined" in panel(chrome)
    chrome.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert chrome.execute_script("return samehand.model.selection") is None
    assert requested(chrome) == []


def test_what_people_decided_is_marked_and_a_crawl_leads_to_its_neighbours(
    world: ModuleType, chromium: Chrome, tmp_path: Path
) -> None:
    """Two lists one in the other were written as ``[object HTMLElement]``: that must not return."""
    findings = world.made()
    link = findings.links[0]
    row = replace(findings.evidence[0], site_a=link.site_a, site_b=link.site_b, kind="judgement.same", family="judgement", bits=0.0)
    owned = {**findings.notes, "owned": findings.storefronts[0].site}
    written = report(replace(findings, evidence=(*findings.evidence, row), notes=owned), tmp_path / "report")
    chromium.get(written.graph.as_uri())
    WebDriverWait(chromium, 20).until(lambda c: c.execute_script("return document.documentElement.dataset.ready"))
    for column in chromium.find_elements(By.CSS_SELECTOR, "#timeline button"):
        column.click()
        assert "[object" not in chromium.find_element(By.ID, "panel").text
    key = chromium.execute_script("return document.querySelector('.key').textContent")
    assert "judged by a person" in key
    assert "your own or licensed" in key
    chromium.find_element(By.ID, "tab-links").click()
    assert chromium.find_element(By.CSS_SELECTOR, "#lists .judged").get_attribute("aria-label") == "judged: one operator"
    chromium.find_element(By.ID, "tab-storefronts").click()
    assert "your own storefront" in chromium.find_element(By.ID, "lists").text
