// The page's data, indexed; and what the filters leave of it. Nothing here draws.
import { RELATIONS } from "./relations.js";

const MANY = 400; // links of a lesser relation beyond which it starts switched off: they would hide the rest

const FOLDS = new Map(Object.entries(JSON.parse(document.getElementById("folds").textContent)));

/** The text as a hurried reader sees it; the same folding as `reports.escape.skeleton`. */
export const skeleton = (text) =>
  [...text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\u00ad]/g, "").toLowerCase()]
    .map((letter) => FOLDS.get(letter) ?? letter)
    .join("");

/** A search as people paste it: defanged or not, with or without scheme. */
const asked = (query) => skeleton(query.trim().replace(/^hxxp/i, "http").replace(/^https?:\/\//i, "").replace(/\[\.\]/g, ".").replace(/\/.*$/, ""));

export class Model {
  constructor(data) {
    this.data = data;
    this.nodes = data.map.nodes;
    this.edges = data.map.edges;
    this.nodeOfSite = new Map();
    this.nodes.forEach((node, n) => {
      const sites = node.site === undefined ? data.clusters[node.cluster].members : [node.site];
      for (const site of sites) this.nodeOfSite.set(site, n);
    });
    this.linksOfSite = data.sites.map(() => []);
    data.links.forEach((link, n) => {
      this.linksOfSite[link.a].push(n);
      this.linksOfSite[link.b].push(n);
    });
    this.counts = Object.fromEntries(RELATIONS.map(({ id }) => [id, data.links.filter((link) => link.relation === id).length]));
    this.families = [...new Set(data.links.flatMap((link) => link.families))].sort();
    this.relations = new Set(
      RELATIONS.filter(({ id }) => this.counts[id] <= MANY || id === "same-operator" || id === "copy-of").map(({ id }) => id),
    );
    this.chosen = new Set(this.families);
    this.least = 0;
    this.query = "";
    this.selection = null; // { kind: "site" | "link" | "cluster" | "family" | "crawl" | "event", n }
    this.hover = -1;
    this.apply();
  }

  /** Works out which links, edges and nodes the filters, the search and the selection leave. */
  apply() {
    const { data } = this;
    const all = this.chosen.size === this.families.length;
    this.linkShown = data.links.map(
      (link) => this.relations.has(link.relation) && link.p >= this.least && (all || link.families.some((family) => this.chosen.has(family))),
    );
    this.edgeLink = this.edges.map((edge) => edge.links.find((link) => this.linkShown[link]) ?? -1);
    const wanted = asked(this.query);
    this.found = wanted ? this.searchKeys().flatMap((key, n) => (key.includes(wanted) ? [n] : [])) : null;
    this.lit = this.litNodes();
    return this;
  }

  /** What each storefront is found by: name, title, company, cluster. Made at the first search. */
  searchKeys() {
    this.keys ??= this.data.sites.map((site) => {
      const cluster = site.cluster >= 0 ? skeleton(this.data.clusters[site.cluster].id) : "";
      return `${site.key ?? skeleton(`${site.name} ${site.title ?? ""} ${site.company ?? ""}`.replaceAll("[.]", "."))} ${cluster}`;
    });
    return this.keys;
  }

  /** The nodes to stand out, or null where all do alike. */
  litNodes() {
    const { selection, data } = this;
    if (selection) {
      const nodes = this.nodesOf(selection, true);
      // a crawl without news, or news of storefronts that the map leaves out, dims nothing
      return nodes.length ? new Set(nodes) : null;
    }
    if (this.found) return new Set(this.found.map((site) => this.nodeOfSite.get(site)).filter((n) => n !== undefined));
    return null;
  }

  /** The storefronts of a selection. */
  sitesOf({ kind, n }) {
    const { data } = this;
    switch (kind) {
      case "site": return [n];
      case "link": return [data.links[n].a, data.links[n].b];
      case "cluster": return data.clusters[n].members;
      case "event": return data.events[n].sites;
      case "crawl": return data.crawls[n].events.flatMap((event) => data.events[event].sites);
      default: return data.families[n].members;
    }
  }

  /** The nodes of a selection, with their linked neighbours if asked. */
  nodesOf(selection, neighbours = false) {
    const { kind, n } = selection;
    const nodes = new Set(this.sitesOf(selection).map((site) => this.nodeOfSite.get(site)).filter((node) => node !== undefined));
    if (neighbours && kind === "site") {
      const middle = this.nodeOfSite.get(n);
      this.edges.forEach((edge, e) => {
        if (this.edgeLink[e] >= 0 && (edge.a === middle || edge.b === middle)) nodes.add(edge.a).add(edge.b);
      });
    }
    return [...nodes];
  }

  isDimNode(n) {
    return this.lit !== null && !this.lit.has(n);
  }

  isDimEdge(e) {
    const { selection, lit } = this;
    if (lit === null) return false;
    const edge = this.edges[e];
    if (selection?.kind === "link") return !edge.links.includes(selection.n);
    if (selection?.kind === "site") {
      const middle = this.nodeOfSite.get(selection.n);
      return edge.a !== middle && edge.b !== middle;
    }
    return !(lit.has(edge.a) && lit.has(edge.b));
  }

  isChosenNode(n) {
    const { selection } = this;
    return selection !== null && selection.kind === "site" && this.nodeOfSite.get(selection.n) === n;
  }

  /** The selection a click on a node means. */
  selectionOfNode(n) {
    const node = this.nodes[n];
    return node.site === undefined ? { kind: "cluster", n: node.cluster } : { kind: "site", n: node.site };
  }
}
