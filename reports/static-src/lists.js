// The same findings as tables: for the keyboard, for screen readers, and for whoever prefers rows.
import { bdi, el, judgedSign, plural, swatch } from "./dom.js";
import { LISTED, PAYMENTS, RELATION } from "./relations.js";

const STEP = 150; // rows shown at once

const stateOf = (site) => [LISTED[site.listed], site.label ?? site.state].filter(Boolean).join(", ");
const paymentOf = (site) => (site.payment ? (PAYMENTS[site.payment]?.says ?? site.payment).replace("payment ", "") : site.unread?.includes("payment") ? "could not be read" : "not seen");

export class Lists {
  constructor(root, model, choose) {
    Object.assign(this, { root, model, choose, shown: STEP });
  }

  show(name) {
    if (name !== this.name) this.shown = STEP;
    this.name = name;
    const { heads, rows, caption } = this[name]();
    const table = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.slice(0, this.shown).map((row) => el("tr", {}, row().map((cell, n) => el(n ? "td" : "th", n ? { "data-head": heads[n] } : { scope: "row" }, cell))))));
    const left = rows.length - this.shown;
    const more = left > 0 ? el("button", { type: "button", class: "more", onclick: () => { this.shown += STEP; this.show(name); } }, `Show ${Math.min(left, STEP)} more of ${left.toLocaleString("en")}`) : null;
    this.root.replaceChildren(...[table, more].filter(Boolean));
  }

  open(kind, n, ...content) {
    return el("button", { type: "button", class: "go inline", "data-kind": kind, "data-n": n, onclick: () => this.choose({ kind, n }) }, ...content);
  }

  name_(n) {
    return this.open("site", n, bdi(this.model.data.sites[n].name));
  }

  clusters() {
    const { data, found } = this.model;
    const wanted = found && new Set(found);
    const rows = data.clusters.flatMap((cluster, n) => {
      if (wanted && !cluster.members.some((site) => wanted.has(site))) return [];
      return [() => [this.open("cluster", n, cluster.id), el("ul", { class: "plain" }, cluster.members.map((site) => el("li", {}, this.name_(site)))), cluster.sure,
        `${Math.round(cluster.density * 100)} %`, cluster.first, cluster.last, cluster.dossier ? el("a", { href: cluster.dossier }, "dossier") : ""]];
    });
    return { heads: ["Cluster", "Storefronts", "Probability", "Proven pairs", "First seen", "Last seen", "Dossier"], rows, caption: `${plural(rows.length, "cluster")}: evidence consistent with common operation` };
  }

  links() {
    const { data, found, linkShown } = this.model;
    const wanted = found && new Set(found);
    const rows = data.links.flatMap((link, n) => {
      if (!linkShown[n] || (wanted && !wanted.has(link.a) && !wanted.has(link.b))) return [];
      return [() => [this.open("link", n, bdi(data.sites[link.a].name), el("br"), bdi(data.sites[link.b].name)), el("span", { class: "nowrap" }, swatch(RELATION[link.relation], link.original >= 0), " ", RELATION[link.relation].name, " ", judgedSign(link.judged)), link.sure,
        el("ul", { class: "plain" }, link.reasons.map((reason) => el("li", {}, bdi(reason)))), bdi(link.counter)]];
    });
    return { heads: ["Pair", "Relation", "Common operation", "Strongest reasons", "Strongest counter-reason"], rows, caption: plural(rows.length, "link") };
  }

  storefronts() {
    const { data, found } = this.model;
    const rows = (found ?? data.sites.map((_, n) => n)).map((n) => () => {
      const site = data.sites[n];
      return [this.name_(n), site.cluster >= 0 ? this.open("cluster", site.cluster, data.clusters[site.cluster].id) : "alone", stateOf(site), paymentOf(site), bdi(site.company ?? ""), site.first ?? "", site.last ?? "", bdi([site.by, site.how].filter(Boolean).join(": "))];
    });
    return { heads: ["Storefront", "Cluster", "Page", "Payment", "Company named", "First seen", "Last seen", "Discovered by"], rows, caption: plural(rows.length, "storefront") };
  }

  changes() {
    const { data } = this.model;
    const rows = data.changes.map((change) => () => [change.what, bdi(change.sentence), change.site >= 0 ? this.name_(change.site) : ""]);
    const since = data.previous ? ` since ${data.previous}` : "";
    return { heads: ["Change", "What happened", "Storefront"], rows, caption: rows.length ? `${plural(rows.length, "change")}${since}` : `Nothing changed${since}` };
  }
}
