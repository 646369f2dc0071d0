// Paper has no panel to click: the map as a picture, then every cluster and link in rows.
import { readColours } from "./colours.js";
import { fitted, paintAll, viewOf } from "./canvas-view.js";
import { bdi, el, plural } from "./dom.js";
import { RELATION } from "./relations.js";

const MOST = 400; // links on paper

export const preparePrint = (root, model, icons) => {
  const sheet = document.documentElement;
  const theme = sheet.dataset.theme;
  sheet.dataset.theme = "light";
  const colours = readColours();
  sheet.dataset.theme = theme;
  const [width, height] = [1180, 760];
  const canvas = el("canvas", { width: width * 2, height: height * 2 });
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  const { selection, lit } = model;
  Object.assign(model, { selection: null, lit: null });
  paintAll(ctx, viewOf(model, fitted(model, width, height), width, height), model, colours, icons);
  Object.assign(model, { selection, lit });
  const { data } = model;
  const links = data.links.filter((_, n) => model.linkShown[n]);
  root.replaceChildren(
    canvas,
    el("h2", {}, plural(data.clusters.length, "cluster")),
    ...data.clusters.map((cluster) => el("p", {}, el("strong", {}, cluster.id), ` (${cluster.sure}, since ${cluster.first}): `, bdi(cluster.members.map((site) => data.sites[site].name).join(", ")))),
    el("h2", {}, plural(links.length, "link")),
    ...links.slice(0, MOST).map((link) => el("div", { class: "printed" }, el("p", {}, el("strong", {}, RELATION[link.relation].name), ". ", bdi(link.sentence)),
      el("ul", {}, link.reasons.map((reason) => el("li", {}, "for: ", bdi(reason))), link.counter ? el("li", {}, "against: ", bdi(link.counter)) : null))),
    links.length > MOST ? el("p", {}, `${plural(links.length - MOST, "more link")} in the exports.`) : "",
  );
};
