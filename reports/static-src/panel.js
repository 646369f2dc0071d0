// The evidence panel: what is known of a storefront, a pair, a cluster or a mirror family.
import { bdi, el, judgedSign, plural, swatch } from "./dom.js";
import { CLASSES, FAMILIES, JUDGED, LISTED, PAYMENTS, RELATION } from "./relations.js";

const fact = (name, value) => (value ? [el("dt", {}, name), el("dd", {}, value)] : []);

export class Panel {
  constructor(root, model, choose) {
    Object.assign(this, { root, model, choose });
  }

  show() {
    const { selection } = this.model;
    const body = selection ? this[selection.kind](selection.n) : this.overview();
    const close = selection
      ? el("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => this.choose(null) }, "×")
      : null;
    this.root.replaceChildren(...[close, ...body].filter(Boolean));
    this.root.scrollTop = 0;
  }

  goTo(kind, n, ...content) {
    return el("button", { type: "button", class: "go", "data-kind": kind, "data-n": n, onclick: () => this.choose({ kind, n }) }, ...content);
  }

  face(n) {
    const site = this.model.data.sites[n];
    const quiet = site.dead ? " quiet" : "";
    const face = site.icon ? el("img", { src: site.icon, alt: "", width: 26, height: 26 }) : el("span", { "aria-hidden": "true" }, site.initials);
    return el("span", { class: `face${quiet}` }, face);
  }

  status(site) {
    const said = [];
    if (site.label) said.push(el("span", { class: "tag bad" }, site.label));
    if (site.payment) {
      const kind = { accepted: "good", unavailable: "warn", withdrawn: "bad", moved: "info" }[site.payment] ?? "";
      said.push(el("span", { class: `tag ${kind}` }, (PAYMENTS[site.payment] ?? { says: site.payment }).says));
    } else {
      said.push(el("span", { class: "tag" }, site.unread?.includes("payment") ? "payment could not be read" : "payment not seen"));
    }
    return said;
  }

  overview() {
    const { data } = this.model;
    const clusters = data.clusters.slice(0, 60).map((cluster, n) =>
      el("li", {}, this.goTo("cluster", n, el("span", { class: "faces" }, cluster.members.slice(0, 5).map((site) => this.face(site))),
        el("span", { class: "lines" }, el("strong", {}, cluster.id), el("small", {}, `${plural(cluster.members.length, "storefront")} · ${cluster.sure}`)))),
    );
    const families = data.families.slice(0, 40).map((family, n) =>
      el("li", {}, this.goTo("family", n, el("span", { class: "lines" },
        bdi(family.original >= 0 ? `of ${data.sites[family.original].name}` : `${data.sites[family.members[0]].name} and others`),
        el("small", {}, plural(family.members.length, "storefront"))))),
    );
    return [
      el("h2", {}, "Clusters"),
      el("p", { class: "hint" }, "Storefronts whose evidence is consistent with common operation. Choose one here, or anything on the map."),
      clusters.length ? el("ul", { class: "cards" }, clusters) : el("p", {}, "No two storefronts are held together by their evidence."),
      data.clusters.length > 60 ? el("p", { class: "hint" }, `${plural(data.clusters.length - 60, "more cluster")} in the list of clusters.`) : null,
      families.length ? el("h2", {}, "Mirror families") : null,
      families.length ? el("p", { class: "hint" }, "Content from one source; who controls the copies is unproven.") : null,
      families.length ? el("ul", { class: "cards" }, families) : null,
      data.leftOut.length ? el("p", { class: "hint left-out" }, `Left out of this page: ${data.leftOut.join("; ")}. The exports have everything.`) : null,
    ];
  }

  site(n) {
    const { data } = this.model;
    const site = data.sites[n];
    const links = this.model.linksOfSite[n];
    const shown = links.filter((link) => this.model.linkShown[link]);
    const found = site.by || site.how ? [site.by ? `from ${site.by}` : "", site.how ?? ""].filter(Boolean).join(": ") : "";
    return [
      el("header", {}, this.face(n), el("div", {}, el("h2", {}, bdi(site.name)), site.title ? el("p", { class: "title" }, bdi(site.title)) : null)),
      el("p", { class: "tags" }, LISTED[site.listed] ? el("span", { class: "tag own" }, LISTED[site.listed]) : null, site.service ? el("span", { class: "tag" }, "service, not a shop") : null, this.status(site)),
      el("dl", {},
        fact("Cluster", site.cluster >= 0 ? this.goTo("cluster", site.cluster, data.clusters[site.cluster].id) : "stands alone"),
        fact("Company named", site.company && bdi(site.company)), fact("Languages", site.languages),
        fact("Page", site.marks && bdi(`${site.state ?? ""} (${site.marks})`)), fact(site.unread ? "Read in part" : "Not read because", site.reason && bdi(site.reason)),
        fact("Could not be read", site.unread && `${site.unread.join(", ")}: nothing of that is compared or watched`),
        fact("Read", `${plural(site.pages, "page")}, ${plural(site.products, "product")}`), fact("Discovered", found && bdi(found)),
        fact("First seen", site.first), fact("Last seen", site.last), fact("Address", site.url && bdi(site.url, "mono"))),
      el("h3", {}, shown.length === links.length ? plural(links.length, "link") : `${shown.length} of ${plural(links.length, "link")}`),
      shown.length ? el("ul", { class: "rows" }, shown.slice(0, 200).map((link) => this.linkRow(link, n))) : el("p", { class: "hint" }, "Nothing in common with another storefront that says more than chance."),
    ];
  }

  linkRow(n, from) {
    const link = this.model.data.links[n];
    const other = this.model.data.sites[link.a === from ? link.b : link.a];
    const relation = RELATION[link.relation];
    return el("li", {}, this.goTo("link", n, swatch(relation, link.original >= 0), el("span", { class: "lines" }, bdi(other.name), el("small", {}, `${relation.name.toLowerCase()} · ${link.sure}`)), judgedSign(link.judged)));
  }

  link(n) {
    const { data } = this.model;
    const link = data.links[n];
    const relation = RELATION[link.relation];
    const [a, b] = [data.sites[link.a], data.sites[link.b]];
    const groups = [["for", "For", "What both have"], ["against", "Against", "What speaks against one operator"], ["explained", "Explained", "Shared, but a common ancestor accounts for it"]];
    const most = Math.max(1, ...link.evidence.map((row) => Math.abs(row.bits)));
    return [
      el("p", { class: "relation" }, swatch(relation, link.original >= 0), el("strong", {}, relation.name), link.review ? el("span", { class: "tag warn" }, "for review") : null,
        JUDGED[link.judged] ? el("span", { class: "tag own" }, JUDGED[link.judged].says) : null),
      el("div", { class: "pair" }, this.goTo("site", link.a, this.face(link.a), bdi(a.name)), this.goTo("site", link.b, this.face(link.b), bdi(b.name))),
      el("p", { class: "sentence" }, bdi(link.sentence)),
      link.note ? el("p", { class: "hint" }, bdi(link.note)) : null,
      el("div", { class: "sum" },
        el("span", {}, el("b", {}, link.sure), el("small", {}, `common operation: ${link.words}`)),
        el("span", {}, el("b", {}, signed(link.bits)), el("small", {}, "bits in all, prior included")),
        el("span", {}, el("b", {}, `${signed(link.plus)} / ${signed(link.minus)}`), el("small", {}, "bits for / against"))),
      ...groups.flatMap(([direction, name, says]) => {
        const rows = link.evidence.filter((row) => row.direction === direction);
        return rows.length ? [el("h3", { title: says }, name, el("small", {}, says)), el("ul", { class: "evidence" }, rows.map((row) => this.contribution(row, most, a, b)))] : [];
      }),
      link.more > 0 ? el("p", { class: "hint" }, `${plural(link.more, "contribution")} more in the exported evidence.`) : null,
    ];
  }

  contribution(row, most, a, b) {
    const bar = el("span", { class: `bar ${row.direction}`, "aria-hidden": "true" }, el("i", {}));
    bar.firstChild.style.width = `${Math.max(2, (100 * Math.abs(row.bits)) / most)}%`;
    const place = (site, url, digest) => [el("dt", {}, bdi(site.name)), el("dd", {}, bdi(url ?? "", "mono"), digest ? el("span", { class: "digest" }, `sha256 ${digest}`) : null)];
    return el("li", { class: row.direction },
      el("p", {}, el("span", { class: `class c${row.cls}`, title: CLASSES[row.cls] ?? row.cls }, row.cls), bdi(row.sentence ?? row.kind)),
      el("div", { class: "weight" }, bar, el("b", {}, row.direction === "explained" || row.family === "judgement" ? "0 bits" : `${signed(row.bits)} bits`), el("small", {}, FAMILIES[row.family] ?? row.family)),
      row.by ? el("p", { class: "hint" }, "Explained by ", bdi(row.by)) : null,
      el("details", {}, el("summary", {}, "Value and where it was seen"),
        el("p", { class: "value mono" }, bdi(row.shown ?? "")),
        el("dl", {}, place(a, row.urlA, row.digestA), place(b, row.urlB, row.digestB)),
        el("p", { class: "hint" }, `class ${row.cls}, ${CLASSES[row.cls] ?? ""} · ${row.kind} · m ${row.m}, u ${row.u} (${row.source ?? "not said"})`)));
  }

  crawl(n) {
    const { data } = this.model;
    const crawl = data.crawls[n];
    const steps = [["Before", n - 1], ["After", n + 1]].filter(([, to]) => data.crawls[to]);
    return [
      el("p", { class: "relation" }, el("strong", {}, "Crawl")),
      el("h2", {}, crawl.day),
      el("p", { class: "sentence" }, crawl.events.length ? `${plural(crawl.events.length, "change")} told by this crawl.` : "Nothing changed, or nothing that is kept."),
      el("ul", { class: "rows events" }, crawl.events.slice(0, 200).map((event) => this.eventRow(event))),
      crawl.events.length > 200 ? el("p", { class: "hint" }, `${plural(crawl.events.length - 200, "more change")} in the exported changes.`) : null,
      el("dl", {}, steps.map(([word, to]) => fact(word, this.goTo("crawl", to, data.crawls[to].day)))),
    ];
  }

  eventRow(n) {
    const event = this.model.data.events[n];
    return el("li", {}, this.goTo("event", n, el("i", { class: `dot ${event.sort}`, "aria-hidden": "true" }),
      el("span", { class: "lines" }, bdi(event.sentence), el("small", {}, event.what))));
  }

  event(n) {
    const { data } = this.model;
    const event = data.events[n];
    return [
      el("p", { class: "relation" }, el("i", { class: `dot ${event.sort}`, "aria-hidden": "true" }), el("strong", {}, event.what)),
      el("p", { class: "sentence" }, bdi(event.sentence)),
      el("dl", {}, fact("Told by", this.goTo("crawl", event.crawl, `the crawl of ${data.crawls[event.crawl].day}`))),
      event.sites.length ? el("h3", {}, "Storefronts") : null,
      el("ul", { class: "rows" }, event.sites.map((site) => el("li", {}, this.goTo("site", site, this.face(site), el("span", { class: "lines" }, bdi(data.sites[site].name)))))),
    ];
  }

  cluster(n) {
    const { data } = this.model;
    const cluster = data.clusters[n];
    const inside = new Set(cluster.members);
    const links = data.links.flatMap((link, k) => (inside.has(link.a) && inside.has(link.b) && this.model.linkShown[k] ? [k] : []));
    return [
      el("p", { class: "relation" }, el("strong", {}, "Cluster")),
      el("h2", {}, cluster.id),
      el("p", { class: "sentence" }, `${plural(cluster.members.length, "storefront")} whose evidence is consistent with common operation (${cluster.sure}).`),
      el("dl", {}, fact("First seen", cluster.first), fact("Last seen", cluster.last), fact("Proven pairs", `${Math.round(cluster.density * 100)} %`),
        fact("Weakest link", cluster.weakest && bdi(cluster.weakest)), fact("Cut bridges", cluster.bridges.length ? el("span", {}, cluster.bridges.map((bridge) => el("div", {}, bdi(bridge)))) : ""),
        fact("Came from", cluster.parents), fact("Dossier", cluster.dossier && el("a", { href: cluster.dossier }, "open the dossier"))),
      el("h3", {}, "Members"),
      el("ul", { class: "rows" }, cluster.members.map((site) => el("li", {}, this.goTo("site", site, this.face(site),
        el("span", { class: "lines" }, bdi(data.sites[site].name), el("small", {}, `since ${data.sites[site].first ?? "?"} · ${data.sites[site].sure ?? ""}`)))))),
      el("h3", {}, plural(links.length, "link")),
      el("ul", { class: "rows" }, links.slice(0, 300).map((link) => this.pairRow(link))),
    ];
  }

  pairRow(n) {
    const link = this.model.data.links[n];
    const { sites } = this.model.data;
    return el("li", {}, this.goTo("link", n, swatch(RELATION[link.relation], link.original >= 0),
      el("span", { class: "lines" }, el("span", {}, bdi(sites[link.a].name), " – ", bdi(sites[link.b].name)), el("small", {}, link.sure)), judgedSign(link.judged)));
  }

  family(n) {
    const { data } = this.model;
    const family = data.families[n];
    const inside = new Set(family.members);
    const links = data.links.flatMap((link, k) => (link.relation === "copy-of" && inside.has(link.a) && inside.has(link.b) ? [k] : []));
    return [
      el("p", { class: "relation" }, el("strong", {}, "Mirror family")),
      el("h2", {}, bdi(family.original >= 0 ? data.sites[family.original].name : "original not known")),
      el("p", { class: "sentence" }, "Their content descends from one source. That says nothing about who controls them."),
      el("h3", {}, "Storefronts"),
      el("ul", { class: "rows" }, family.members.map((site) => el("li", {}, this.goTo("site", site, this.face(site),
        el("span", { class: "lines" }, bdi(data.sites[site].name), el("small", {}, site === family.original ? "the original, as far as can be told" : "")))))),
      el("h3", {}, plural(links.length, "link")),
      el("ul", { class: "rows" }, links.slice(0, 200).map((link) => this.pairRow(link))),
    ];
  }
}

export const signed = (bits) => (bits > 0 ? "+" : bits < 0 ? "−" : "") + Math.abs(bits).toFixed(1);
