// Painting on a 2D canvas: hulls below, faces and names above; and edges and discs too where there is no WebGL, and on paper.
// A `view` gives `at(n)` -> [x, y] in CSS pixels, `scale` (pixels a map unit), `width` and `height`.
import { mix } from "./colours.js";
import { JUDGED, PAYMENTS, RELATION } from "./relations.js";

const FONT = '"Inter Samehand", system-ui, sans-serif';
const TAU = 2 * Math.PI;

export const loadIcons = (sites, changed) =>
  sites.map((site) => {
    if (!site.icon) return null;
    const image = new Image();
    image.onload = changed;
    image.src = site.icon;
    return image;
  });

/** The convex hull of points, counter-clockwise (Andrew's monotone chain). */
const hullOf = (points) => {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  if (sorted.length < 3) return sorted;
  const turn = (o, p, q) => (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0]);
  const half = (list) => {
    const kept = [];
    for (const point of list) {
      while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
};

/** Traces a hull with round corners: the outline of discs of one radius rolled around the points. */
const traceHull = (ctx, points, radius) => {
  ctx.beginPath();
  const hull = hullOf(points);
  if (hull.length === 1) {
    ctx.arc(hull[0][0], hull[0][1], radius, 0, TAU);
  } else {
    hull.forEach((point, n) => {
      const before = hull.at(n - 1);
      const after = hull[(n + 1) % hull.length];
      const from = Math.atan2(point[1] - before[1], point[0] - before[0]) - Math.PI / 2;
      const to = Math.atan2(after[1] - point[1], after[0] - point[0]) - Math.PI / 2;
      ctx.arc(point[0], point[1], radius, from, to);
    });
  }
  ctx.closePath();
};

const isAway = ([x, y], view, margin) => x < -margin || y < -margin || x > view.width + margin || y > view.height + margin;

export const hullLabel = (model, hull) => {
  const { data } = model;
  if (hull.cluster !== undefined) {
    const cluster = data.clusters[hull.cluster];
    return [cluster.id, `${cluster.members.length} storefronts · ${cluster.sure}`];
  }
  const family = data.families[hull.family];
  const first = family.original >= 0 ? data.sites[family.original].name : "";
  return ["mirror family", first ? `of ${first}` : "original not known"];
};

export const paintHulls = (ctx, view, model, colours) => {
  for (const hull of model.data.map.hulls) {
    const points = hull.nodes.map((n) => view.at(n));
    const radius = 46 * view.scale;
    if (points.every((point) => isAway(point, view, radius + 40))) continue;
    const isCluster = hull.cluster !== undefined;
    const dim = model.lit !== null && !hull.nodes.some((n) => model.lit.has(n));
    ctx.globalAlpha = dim ? 0.35 : 1;
    traceHull(ctx, points, radius);
    ctx.fillStyle = colours[isCluster ? "hull" : "family"];
    ctx.fill();
    ctx.lineWidth = isCluster ? 1.4 : 1.3;
    ctx.setLineDash(isCluster ? [] : [5, 4]);
    ctx.strokeStyle = colours[isCluster ? "hull-line" : "family-line"];
    ctx.stroke();
    ctx.setLineDash([]);
    const [head, under] = hullLabel(model, hull);
    const top = Math.min(...points.map((point) => point[1])) - radius;
    const middle = (Math.min(...points.map((p) => p[0])) + Math.max(...points.map((p) => p[0]))) / 2;
    if (view.scale > 0.3) {
      ctx.textAlign = "center";
      ctx.textBaseline = "alphabetic";
      ctx.lineJoin = "round";
      ctx.lineWidth = 4;
      ctx.strokeStyle = colours.paper;
      const write = (text, y, font, colour) => {
        ctx.font = font;
        ctx.strokeText(text, middle, y);
        ctx.fillStyle = colour;
        ctx.fillText(text, middle, y);
      };
      if (view.scale > 0.55) {
        write(head, top - 20, `650 12px ${FONT}`, colours[isCluster ? "same-operator" : "copy-of"]);
        write(under, top - 6, `450 11px ${FONT}`, colours.soft);
      } else {
        write(head, top - 5, `600 11px ${FONT}`, colours[isCluster ? "same-operator" : "copy-of"]);
      }
    }
    ctx.globalAlpha = 1;
  }
};

export const edgeWidth = (link) => {
  const { width } = RELATION[link.relation] ?? RELATION["for-review"];
  return link.relation === "same-operator" ? width * (0.55 + 0.45 * link.p) : width;
};

export const widthFactor = (scale) => Math.min(Math.max(Math.sqrt(scale), 0.55), 1.8);

/** Lines, where WebGL does not draw them. */
export const paintEdges = (ctx, view, model, colours) => {
  const factor = widthFactor(view.scale);
  model.edges.forEach((edge, e) => {
    if (model.edgeLink[e] < 0) return;
    const link = model.data.links[model.edgeLink[e]];
    const [from, to] = [view.at(edge.a), view.at(edge.b)];
    const { dash } = RELATION[link.relation] ?? RELATION["for-review"];
    ctx.setLineDash(dash[1] ? dash : []);
    ctx.lineWidth = edgeWidth(link) * factor;
    ctx.strokeStyle = edgeColour(model, e, link, colours);
    ctx.beginPath();
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    ctx.stroke();
  });
  ctx.setLineDash([]);
};

export const edgeColour = (model, e, link, colours) => {
  const colour = colours[link.relation] ?? colours["for-review"];
  return model.isDimEdge(e) ? mix(colour, colours.paper, 0.82) : colour;
};

/** Arrow heads at the middle of copies (to the original), the mark of what is for review, and what people judged. */
export const paintMarks = (ctx, view, model, colours) => {
  if (view.scale < 0.2) return;
  const size = Math.min(1, 0.3 + view.scale);
  model.edges.forEach((edge, e) => {
    if (model.edgeLink[e] < 0) return;
    const link = model.data.links[model.edgeLink[e]];
    const judged = JUDGED[link.judged];
    if (link.original < 0 && !link.review && !judged) return;
    let [from, to] = [view.at(edge.a), view.at(edge.b)];
    const x = (from[0] + to[0]) / 2;
    const y = (from[1] + to[1]) / 2;
    if (isAway([x, y], view, 20)) return;
    const colour = edgeColour(model, e, link, colours);
    if (link.original >= 0) {
      if (model.nodeOfSite.get(link.original) === edge.a) [from, to] = [to, from];
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(Math.atan2(to[1] - from[1], to[0] - from[0]));
      ctx.scale(size, size);
      ctx.beginPath();
      ctx.moveTo(8, 0);
      ctx.lineTo(-5, -6);
      ctx.lineTo(-2, 0);
      ctx.lineTo(-5, 6);
      ctx.closePath();
      ctx.fillStyle = colour;
      ctx.strokeStyle = colours.paper;
      ctx.lineWidth = 2;
      ctx.stroke();
      ctx.fill();
      ctx.restore();
      // beside the arrow, on the line, towards its tail
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
      const away = Math.min(19 * size, length / 3);
      if (judged) paintJudged(ctx, x - (away * (to[0] - from[0])) / length, y - (away * (to[1] - from[1])) / length, size, judged.sign, colour, colours);
    } else if (judged) {
      paintJudged(ctx, x, y, size, judged.sign, colour, colours);
    } else {
      ctx.beginPath();
      ctx.arc(x, y, 8 * size, 0, TAU);
      ctx.fillStyle = colours.paper;
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = colour;
      ctx.stroke();
      ctx.fillStyle = colour;
      ctx.font = `700 ${11 * size}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText("?", x, y + 0.5);
    }
  });
};

/** A square, so that it is told from the round marks: a person decided. */
const paintJudged = (ctx, x, y, size, sign, colour, colours) => {
  const side = 16 * size;
  ctx.beginPath();
  ctx.roundRect(x - side / 2, y - side / 2, side, side, 3.5 * size);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.paper;
  ctx.stroke();
  ctx.fillStyle = colours.paper;
  ctx.font = `700 ${13 * size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(sign, x, y + 0.5);
};

export const paintDiscs = (ctx, view, model, colours) => {
  model.nodes.forEach((node, n) => {
    const [x, y] = view.at(n);
    ctx.beginPath();
    ctx.arc(x, y, Math.max(node.r * view.scale, 2), 0, TAU);
    ctx.fillStyle = discColour(model, n, colours);
    ctx.fill();
  });
};

export const discColour = (model, n, colours) => {
  const colour = model.nodes[n].site === undefined ? colours["same-operator"] : colours.soft;
  return model.isDimNode(n) ? mix(colour, colours.paper, 0.8) : colour;
};

/** Faces (logo or initials), state of page and payment, names. Below five pixels a node stays the plain disc drawn under it. */
export const paintFaces = (ctx, view, model, colours, icons) => {
  const taken = [];
  const order = model.nodes.map((_, n) => n);
  const first = (n) => (model.isChosenNode(n) || n === model.hover ? 0 : model.isDimNode(n) ? 2 : 1);
  order.sort((m, n) => first(m) - first(n) || model.nodes[n].r - model.nodes[m].r);
  const labels = [];
  for (const n of order) {
    const node = model.nodes[n];
    const [x, y] = view.at(n);
    const radius = node.r * view.scale;
    if (isAway([x, y], view, radius + 80)) continue;
    if (radius >= 5 && model.isDimNode(n)) {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, TAU);
      ctx.fillStyle = colours.paper;
      ctx.fill();
      ctx.globalAlpha = 0.32;
    }
    if (radius >= 5) paintFace(ctx, x, y, radius, n, model, colours, icons);
    ctx.globalAlpha = 1;
    labels.push([n, x, y, radius]);
  }
  for (const [n, x, y, radius] of labels) paintName(ctx, x, y, radius, n, model, view, colours, taken);
};

const paintFace = (ctx, x, y, radius, n, model, colours, icons) => {
  const node = model.nodes[n];
  const isGroup = node.site === undefined;
  const site = isGroup ? null : model.data.sites[node.site];
  const alive = isGroup || !site.dead;
  if (model.isChosenNode(n) || n === model.hover) {
    ctx.beginPath();
    ctx.arc(x, y, radius + 5, 0, TAU);
    ctx.fillStyle = mix(colours.accent, colours.paper, model.isChosenNode(n) ? 0.35 : 0.7);
    ctx.fill();
  }
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, TAU);
  ctx.fillStyle = isGroup ? colours["same-operator"] : colours.panel;
  ctx.fill();
  const before = ctx.globalAlpha;
  if (!alive) ctx.globalAlpha = before * 0.5;
  const image = isGroup ? null : icons[node.site];
  if (image?.complete && image.naturalWidth) {
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, radius - 2, 0, TAU);
    ctx.clip();
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(image, x - radius + 2, y - radius + 2, 2 * radius - 4, 2 * radius - 4);
    ctx.restore();
  } else {
    ctx.fillStyle = isGroup ? colours.panel : colours.soft;
    ctx.font = `650 ${Math.round(radius * 0.76)}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(isGroup ? String(model.data.clusters[node.cluster].members.length) : site.initials, x, y + radius * 0.04);
  }
  ctx.globalAlpha = before;
  ctx.beginPath();
  ctx.arc(x, y, radius - 0.9, 0, TAU);
  ctx.lineWidth = model.isChosenNode(n) ? 3 : 1.8;
  ctx.strokeStyle = model.isChosenNode(n) ? colours.accent : alive ? colours.soft : colours.faint;
  ctx.setLineDash(alive ? [] : [3, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (site?.listed) paintShield(ctx, x + radius * 0.72, y - radius * 0.72, Math.min(Math.max(radius * 0.45, 4), 11), colours);
  if (site && PAYMENTS[site.payment] && radius >= 10) paintPayment(ctx, x + radius * 0.72, y + radius * 0.72, Math.min(Math.max(radius * 0.38, 5.5), 11), site.payment, colours);
};

/** A shield: this storefront is the user's own or licensed. */
const paintShield = (ctx, x, y, size, colours) => {
  ctx.beginPath();
  ctx.moveTo(x, y - size * 1.1);
  ctx.lineTo(x + size, y - size * 0.7);
  ctx.quadraticCurveTo(x + size, y + size * 0.7, x, y + size * 1.2);
  ctx.quadraticCurveTo(x - size, y + size * 0.7, x - size, y - size * 0.7);
  ctx.closePath();
  ctx.lineWidth = 3;
  ctx.strokeStyle = colours.paper;
  ctx.stroke();
  ctx.fillStyle = colours.accent;
  ctx.fill();
};

const PAYMENT_COLOURS = { accepted: "good", unavailable: "warn", withdrawn: "bad", moved: "info" };

export const paintPayment = (ctx, x, y, size, payment, colours) => {
  ctx.beginPath();
  ctx.arc(x, y, size + 1.5, 0, TAU);
  ctx.fillStyle = colours.paper;
  ctx.fill();
  ctx.beginPath();
  ctx.arc(x, y, size, 0, TAU);
  ctx.fillStyle = colours[PAYMENT_COLOURS[payment]];
  ctx.fill();
  ctx.strokeStyle = ctx.fillStyle = colours.panel;
  ctx.lineWidth = Math.max(size * 0.26, 1.3);
  ctx.lineCap = ctx.lineJoin = "round";
  const s = size * 0.48;
  ctx.beginPath();
  if (payment === "accepted") {
    ctx.moveTo(x - s, y + s * 0.1);
    ctx.lineTo(x - s * 0.25, y + s * 0.8);
    ctx.lineTo(x + s, y - s * 0.7);
  } else if (payment === "withdrawn") {
    ctx.moveTo(x - s * 0.75, y - s * 0.75);
    ctx.lineTo(x + s * 0.75, y + s * 0.75);
    ctx.moveTo(x + s * 0.75, y - s * 0.75);
    ctx.lineTo(x - s * 0.75, y + s * 0.75);
  } else if (payment === "moved") {
    ctx.moveTo(x - s, y);
    ctx.lineTo(x + s, y);
    ctx.moveTo(x + s * 0.2, y - s * 0.75);
    ctx.lineTo(x + s, y);
    ctx.lineTo(x + s * 0.2, y + s * 0.75);
  } else {
    ctx.moveTo(x, y - s * 1.05);
    ctx.lineTo(x, y + s * 0.15);
    ctx.moveTo(x, y + s * 1.0);
    ctx.lineTo(x, y + s * 1.02);
  }
  ctx.stroke();
  ctx.lineCap = "butt";
};

const clip = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

const paintName = (ctx, x, y, radius, n, model, view, colours, taken) => {
  const node = model.nodes[n];
  const special = n === model.hover || model.isChosenNode(n) || (model.lit !== null && model.lit.size <= 40 && model.lit.has(n));
  if (radius < 9 && !special) return;
  const site = node.site === undefined ? null : model.data.sites[node.site];
  const name = clip(site ? site.name : model.data.clusters[node.cluster].id, special ? 60 : 28);
  const state = site?.label ?? "";
  const size = radius > 24 ? 12.5 : radius < 14 ? 10.5 : 11;
  ctx.font = `500 ${size}px ${FONT}`;
  const half = ctx.measureText(name).width / 2;
  const height = size + (state && view.scale > 0.5 ? size + 1 : 0);
  const boxAt = (y0) => [x - half, y0, x + half, y0 + height];
  const isFree = (box) => !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
  const below = boxAt(y + radius + 4);
  const above = boxAt(y - radius - 4 - height);
  const box = isFree(below) ? below : isFree(above) ? above : special ? below : null;
  if (!box) return;
  taken.push(box);
  const top = box[1];
  ctx.globalAlpha = model.isDimNode(n) ? 0.35 : 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colours.paper;
  ctx.strokeText(name, x, top);
  ctx.fillStyle = colours.ink;
  ctx.fillText(name, x, top);
  if (state && view.scale > 0.5) {
    ctx.font = `500 ${size - 1}px ${FONT}`;
    ctx.strokeText(state, x, top + size + 2);
    ctx.fillStyle = colours.bad;
    ctx.fillText(state, x, top + size + 2);
  }
  ctx.globalAlpha = 1;
};

/** The map's bounds in map units, hulls and names included. */
export const bounds = (model) => {
  const pad = 76;
  const xs = model.nodes.map((node) => node.x);
  const ys = model.nodes.map((node) => node.y);
  const low = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  return xs.length ? { x: [low(xs) - pad, high(xs) + pad], y: [low(ys) - pad, high(ys) + pad + 34] } : { x: [-1, 1], y: [-1, 1] };
};
