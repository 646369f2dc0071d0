// The time line below the map: a column a crawl, as tall as it has news. Choosing one shows what it told and whom it was about.
import { el, plural } from "./dom.js";

const SORTS = ["ring", "money", "end", "detail"];
const SAYS = { ring: "of clusters", money: "of payment", end: "of ends, returns and doors", detail: "of details" };
const TALLEST = 32; // px

export class Timeline {
  constructor(root, model, choose) {
    Object.assign(this, { root, model, choose });
    const { crawls, events } = model.data;
    root.hidden = crawls.length < 2 && events.length === 0;
    if (root.hidden) return;
    const most = Math.max(1, ...crawls.map((crawl) => crawl.events.length));
    this.buttons = crawls.map((crawl, n) => this.column(crawl, n, most));
    const strip = el("div", { class: "strip", role: "group", "aria-label": "Time line: crawls, the oldest first. Arrow keys go from one to the next." }, this.buttons);
    strip.addEventListener("keydown", (event) => this.step(event));
    root.replaceChildren(el("h2", {}, "Time line"), strip);
    this.show();
    strip.scrollLeft = strip.scrollWidth;
  }

  column(crawl, n, most) {
    const { crawls, events } = this.model.data;
    const counts = SORTS.map((sort) => [sort, crawl.events.filter((e) => events[e].sort === sort).length]).filter(([, many]) => many);
    const bar = el("span", { class: "news", "aria-hidden": "true" }, counts.map(([sort, many]) => {
      const part = el("i", { class: sort });
      part.style.height = `${Math.max(3, (TALLEST * Math.sqrt(crawl.events.length / most) * many) / crawl.events.length)}px`;
      return part;
    }));
    const told = counts.map(([sort, many]) => `${many} ${SAYS[sort]}`).join(", ");
    const label = `${crawl.day}: ${crawl.events.length ? `${plural(crawl.events.length, "change")}: ${told}` : "no change"}`;
    const isNewYear = n === 0 || crawls[n - 1].year !== crawl.year;
    return el("button", { type: "button", class: "crawl", "data-kind": "crawl", "data-n": n, "aria-label": label, title: label, "aria-pressed": "false", tabindex: -1,
      onclick: () => this.choose({ kind: "crawl", n }) },
      bar, el("span", {}, crawl.short), el("small", {}, isNewYear ? crawl.year : "\u00a0"));
  }

  step(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: this.buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.buttons[Math.min(Math.max(to, 0), this.buttons.length - 1)].focus();
  }

  show() {
    if (!this.buttons) return;
    const { selection, data } = this.model;
    const n = selection?.kind === "crawl" ? selection.n : selection?.kind === "event" ? data.events[selection.n].crawl : -1;
    this.buttons.forEach((button, k) => {
      button.setAttribute("aria-pressed", String(k === n));
      button.tabIndex = k === (n >= 0 ? n : this.buttons.length - 1) ? 0 : -1;
    });
    if (n >= 0) this.buttons[n].scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
