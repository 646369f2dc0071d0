// The graph page: one model, one map (sigma, or a plain canvas without WebGL), one panel, lists, filters.
import "./constants.js";
import { CanvasView } from "./canvas-view.js";
import { readColours } from "./colours.js";
import { el, swatch } from "./dom.js";
import { Lists } from "./lists.js";
import { Model } from "./model.js";
import { loadIcons } from "./paint.js";
import { Panel } from "./panel.js";
import { preparePrint } from "./print.js";
import { FAMILIES, RELATIONS } from "./relations.js";
import { SigmaView, hasWebGL } from "./sigma-view.js";
import { Timeline } from "./timeline.js";

const get = (id) => document.getElementById(id);
const model = new Model(JSON.parse(get("data").textContent));
const sheet = document.documentElement;
const stage = get("stage");
let view = null;

const icons = loadIcons(model.data.sites, () => view?.repaint());
const panel = new Panel(get("panel"), model, choose);
const lists = new Lists(get("lists"), model, choose);
const timeline = new Timeline(get("timeline"), model, choose);
let tab = "map";

function refresh() {
  model.apply();
  document.body.classList.toggle("chosen", model.selection !== null);
  view?.update();
  panel.show();
  timeline.show();
  if (tab !== "map") lists.show(tab);
  tell();
}

function choose(selection) {
  model.selection = selection;
  refresh();
  if (selection) {
    view?.focus(model.nodesOf(selection));
    get("panel").scrollIntoView({ block: "nearest" });
    get("panel").focus({ preventScroll: true });
  } else {
    (tab === "map" ? stage : get("lists")).focus({ preventScroll: true });
  }
}

function tell() {
  const shown = model.linkShown.filter(Boolean).length;
  const found = model.found ? `${model.found.length} found · ` : "";
  get("told").textContent = `${found}${shown.toLocaleString("en")} of ${model.data.links.length.toLocaleString("en")} links shown`;
}

const on = {
  node: (n) => choose(model.selectionOfNode(n)),
  edge: (e) => choose({ kind: "link", n: model.edgeLink[e] }),
  nothing: () => model.selection && choose(null),
  hover: (n) => {
    if (model.hover === n) return;
    model.hover = n;
    stage.classList.toggle("pointing", n >= 0);
    view?.repaint();
  },
};

function makeView() {
  const plain = new URLSearchParams(location.search).has("plain");
  if (!plain && hasWebGL()) {
    try {
      return new SigmaView(stage, model, icons, readColours(), on);
    } catch (error) {
      stage.replaceChildren();
      console.warn(`WebGL failed (${error.message}); drawing on a plain canvas`);
    }
  }
  get("plain").hidden = false;
  return new CanvasView(stage, model, icons, readColours(), on);
}

function makeFilters() {
  const relations = RELATIONS.map((relation) =>
    el("label", { class: "relation-choice", title: relation.says },
      el("input", { type: "checkbox", name: "relation", value: relation.id, checked: model.relations.has(relation.id), onchange: (event) => {
        model.relations[event.target.checked ? "add" : "delete"](relation.id);
        refresh();
      } }),
      swatch(relation, relation.id === "copy-of"), el("span", {}, relation.name), el("small", {}, model.counts[relation.id].toLocaleString("en"))),
  );
  get("relations").append(...relations);
  const families = model.families.map((family) =>
    el("label", {}, el("input", { type: "checkbox", name: "family", value: family, checked: true, onchange: (event) => {
      model.chosen[event.target.checked ? "add" : "delete"](family);
      refresh();
    } }), el("span", {}, FAMILIES[family] ?? family)),
  );
  get("families").append(...families);
  const all = (checked) => () => {
    for (const box of get("families").querySelectorAll("input")) {
      box.checked = checked;
      model.chosen[checked ? "add" : "delete"](box.value);
    }
    refresh();
  };
  get("all-families").addEventListener("click", all(true));
  get("no-families").addEventListener("click", all(false));
  get("least").addEventListener("input", (event) => {
    model.least = Number(event.target.value) / 100;
    get("least-said").textContent = `${event.target.value} %`;
    refresh();
  });
  get("search").addEventListener("input", (event) => {
    model.query = event.target.value;
    model.selection = null;
    refresh();
    if (model.found?.length && model.found.length <= 60 && view) view.focus(model.found.map((site) => model.nodeOfSite.get(site)).filter((n) => n !== undefined));
  });
  get("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && model.found?.length) choose({ kind: "site", n: model.found[0] });
    if (event.key === "Escape") {
      event.target.value = model.query = "";
      refresh();
    }
  });
}

function makeTabs() {
  const buttons = [...document.querySelectorAll("[role=tab]")];
  const open = (button) => {
    tab = button.dataset.tab;
    for (const other of buttons) {
      other.setAttribute("aria-selected", String(other === button));
      other.tabIndex = other === button ? 0 : -1;
    }
    get("map").hidden = tab !== "map";
    get("lists").hidden = tab === "map";
    document.body.dataset.tab = tab;
    get("lists").setAttribute("aria-labelledby", button.id);
    if (tab === "map") view?.resize();
    else lists.show(tab);
  };
  buttons.forEach((button, n) => {
    button.addEventListener("click", () => open(button));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = buttons[(n + step + buttons.length) % buttons.length];
      next.focus();
      open(next);
    });
  });
}

function makeKeys() {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  stage.addEventListener("keydown", (event) => {
    if (moves[event.key]) view.pan(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") view.zoom(1.4);
    else if (event.key === "-") view.zoom(1 / 1.4);
    else if (event.key === "0") view.fit();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && model.selection && event.target !== get("search")) choose(null);
    if (event.key === "/" && !/^(input|textarea)$/i.test(event.target.tagName)) {
      event.preventDefault();
      get("search").focus();
    }
  });
  get("zoom-in").addEventListener("click", () => view.zoom(1.4));
  get("zoom-out").addEventListener("click", () => view.zoom(1 / 1.4));
  get("fit").addEventListener("click", () => view.fit());
}

function makeTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (sheet.dataset.theme ? sheet.dataset.theme === "dark" : dark.matches);
  const repaint = () => {
    get("theme").setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
    view?.update(readColours());
  };
  get("theme").addEventListener("click", () => {
    sheet.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  dark.addEventListener("change", repaint);
  repaint();
}

function start() {
  makeFilters();
  makeTabs();
  view = makeView();
  makeKeys();
  makeTheme();
  new ResizeObserver(() => stage.clientWidth && view.resize()).observe(stage);
  addEventListener("beforeprint", () => preparePrint(get("print"), model, icons));
  document.fonts?.ready.then(() => view.repaint());
  const asked = decodeURIComponent(location.hash.slice(1));
  const cluster = model.data.clusters.findIndex(({ id }) => id === asked);
  model.selection = cluster >= 0 ? { kind: "cluster", n: cluster } : null;
  refresh();
  if (cluster >= 0) view.focus(model.nodesOf(model.selection));
  if (innerWidth < 900) get("filters").open = false;
  sheet.dataset.ready = view.constructor === CanvasView ? "canvas" : "webgl";
}

// What the browser tests look at; nothing on the page uses it.
globalThis.samehand = { model, choose, at: (n) => view.view().at(n), still: () => view.isStill() };

start();
