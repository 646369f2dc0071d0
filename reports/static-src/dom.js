// Elements made of tags, attributes and text. Text is always text: nothing here parses HTML.
import { JUDGED } from "./relations.js";

export const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
  element.append(...kept.map((child) => (typeof child === "string" ? child.replace(/(\d) %/g, "$1\u00a0%") : child)));
  return element;
};

/** Text from outside, isolated so that its direction cannot reorder what stands around it. */
export const bdi = (text, className) => el("bdi", { class: className }, text);

const SVG = "http://www.w3.org/2000/svg";

export const svg = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** A sample of a relation's line, as drawn on the map. */
export const swatch = (relation, arrow = false) => {
  const dash = relation.dash[1] ? relation.dash.join(" ") : "none";
  const line = svg("line", { x1: 1, y1: 7, x2: 43, y2: 7, "stroke-width": relation.width, "stroke-dasharray": dash });
  const head = arrow ? [svg("path", { d: "M28 7 l-9 -4.5 l2.5 4.5 l-2.5 4.5 z", class: "fill" })] : [];
  return svg("svg", { class: `swatch ${relation.id}`, width: 44, height: 14, viewBox: "0 0 44 14", "aria-hidden": "true" }, line, ...head);
};

/** The sign of a judgement, as drawn on the map, with its words for who cannot see it. */
export const judgedSign = (judged) =>
  JUDGED[judged] ? el("span", { class: "judged", role: "img", "aria-label": JUDGED[judged].says, title: JUDGED[judged].says }, JUDGED[judged].sign) : null;

export const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
