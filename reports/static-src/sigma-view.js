// The map drawn by sigma on WebGL, with our hulls under it and our faces and names above.
import Graph from "graphology";
import Sigma from "sigma";
import { DashedEdge } from "./dashed-edge.js";
import { bounds, discColour, edgeColour, edgeWidth, paintFaces, paintHulls, paintMarks } from "./paint.js";
import { RELATION } from "./relations.js";

export const hasWebGL = () => {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
};

const still = matchMedia("(prefers-reduced-motion: reduce)");

export class SigmaView {
  constructor(stage, model, icons, colours, on) {
    Object.assign(this, { model, icons, colours });
    const graph = new Graph({ type: "undirected", multi: true });
    model.nodes.forEach((node, n) => graph.addNode(n, { x: node.x, y: node.y, size: node.r }));
    model.edges.forEach((edge, e) => graph.addEdgeWithKey(e, edge.a, edge.b));
    this.sigma = new Sigma(graph, stage, {
      allowInvalidContainer: true,
      renderLabels: false,
      enableEdgeEvents: true,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      minCameraRatio: 0.02,
      maxCameraRatio: 2.5,
      stagePadding: 8,
      defaultEdgeType: "dashed",
      edgeProgramClasses: { dashed: DashedEdge },
      defaultDrawNodeHover: () => {},
      nodeReducer: (n, data) => ({ ...data, color: discColour(model, Number(n), this.colours) }),
      edgeReducer: (e, data) => ({ ...data, ...this.edge(Number(e)) }),
    });
    const { sigma } = this;
    sigma.setCustomBBox(bounds(model));
    sigma.createCanvasContext("under", { beforeLayer: "edges" });
    sigma.createCanvasContext("over", { beforeLayer: "mouse" });
    sigma.resize(true);
    sigma.on("afterRender", () => this.paint());
    sigma.on("clickNode", ({ node }) => on.node(Number(node)));
    sigma.on("clickEdge", ({ edge }) => on.edge(Number(edge)));
    sigma.on("clickStage", () => on.nothing());
    sigma.on("enterNode", ({ node }) => on.hover(Number(node)));
    sigma.on("leaveNode", () => on.hover(-1));
    sigma.on("enterEdge", () => stage.classList.add("pointing"));
    sigma.on("leaveEdge", () => stage.classList.remove("pointing"));
    sigma.refresh();
  }

  edge(e) {
    const { model } = this;
    if (model.edgeLink[e] < 0) return { hidden: true, dash: [1, 0, 0, 0], size: 1, color: "#000000" };
    const link = model.data.links[model.edgeLink[e]];
    return {
      hidden: false,
      color: edgeColour(model, e, link, this.colours),
      size: edgeWidth(link),
      dash: (RELATION[link.relation] ?? RELATION["for-review"]).dash,
    };
  }

  view() {
    const { sigma, model } = this;
    const { width, height } = sigma.getDimensions();
    const [p, q] = [sigma.graphToViewport({ x: 0, y: 0 }), sigma.graphToViewport({ x: 1000, y: 0 })];
    return {
      width,
      height,
      scale: Math.hypot(q.x - p.x, q.y - p.y) / 1000,
      at: (n) => {
        const point = sigma.graphToViewport(model.nodes[n]);
        return [point.x, point.y];
      },
    };
  }

  paint() {
    const { under, over } = this.sigma.getCanvases();
    const view = this.view();
    const [below, above] = [under.getContext("2d"), over.getContext("2d")];
    for (const ctx of [below, above]) ctx.clearRect(0, 0, view.width, view.height);
    paintHulls(below, view, this.model, this.colours);
    paintMarks(above, view, this.model, this.colours);
    paintFaces(above, view, this.model, this.colours, this.icons);
  }

  /** After a change of filters, selection or colours. */
  update(colours = this.colours) {
    this.colours = colours;
    this.sigma.refresh();
  }

  /** After a hover or a loaded picture: nothing that sigma draws has changed. */
  repaint() {
    this.paint();
  }

  resize() {
    this.sigma.resize(true);
    this.sigma.refresh();
  }

  isStill() {
    return !this.sigma.getCamera().isAnimated();
  }

  move(state) {
    this.sigma.getCamera().animate(state, { duration: still.matches ? 0 : 240 });
  }

  zoom(factor) {
    this.move({ ratio: this.sigma.getCamera().getBoundedRatio(this.sigma.getCamera().ratio / factor) });
  }

  pan(dx, dy) {
    const camera = this.sigma.getCamera();
    this.move({ x: camera.x + dx * camera.ratio * 0.12, y: camera.y + dy * camera.ratio * 0.12 });
  }

  fit() {
    this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  /** Brings nodes into the middle, near enough to read. */
  focus(nodes) {
    const places = nodes.map((n) => this.sigma.getNodeDisplayData(String(n))).filter(Boolean);
    if (!places.length) return;
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    const { ratio } = this.sigma.getCamera();
    const wanted = (ratio * this.view().scale) / 0.9;
    this.move({ x: middle(places.map((p) => p.x)), y: middle(places.map((p) => p.y)), ratio: Math.min(ratio, Math.max(wanted, 0.02)) });
  }
}
