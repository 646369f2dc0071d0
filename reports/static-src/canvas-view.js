// The same map on a plain 2D canvas, for machines without WebGL, with a camera of its own.
import { bounds, paintDiscs, paintEdges, paintFaces, paintHulls, paintMarks } from "./paint.js";

const REACH = 6; // pixels a click may miss an edge by

const distance = ([x, y], [ax, ay], [bx, by]) => {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};

export const fitted = (model, width, height) => {
  const { x, y } = bounds(model);
  const scale = Math.min(width / (x[1] - x[0]), height / (y[1] - y[0]), 2.2);
  return { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2, scale };
};

export const viewOf = (model, camera, width, height) => ({
  width,
  height,
  scale: camera.scale,
  at: (n) => [(model.nodes[n].x - camera.x) * camera.scale + width / 2, height / 2 - (model.nodes[n].y - camera.y) * camera.scale],
});

/** Everything, in order; used here and on paper. */
export const paintAll = (ctx, view, model, colours, icons) => {
  ctx.clearRect(0, 0, view.width, view.height);
  paintHulls(ctx, view, model, colours);
  paintEdges(ctx, view, model, colours);
  paintDiscs(ctx, view, model, colours);
  paintMarks(ctx, view, model, colours);
  paintFaces(ctx, view, model, colours, icons);
};

export class CanvasView {
  constructor(stage, model, icons, colours, on) {
    Object.assign(this, { stage, model, icons, colours, on });
    this.canvas = document.createElement("canvas");
    this.canvas.className = "plain-canvas";
    stage.append(this.canvas);
    this.queued = false;
    this.isMoved = false; // by the user; a new size of the window fits the map again only while it is not
    this.resize();
    this.listen();
  }

  view() {
    return viewOf(this.model, this.camera, this.width, this.height);
  }

  isStill() {
    return !this.queued;
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    const ratio = devicePixelRatio || 1;
    Object.assign(this, { width, height });
    this.canvas.width = Math.max(1, width * ratio);
    this.canvas.height = Math.max(1, height * ratio);
    this.canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!this.isMoved) this.camera = fitted(this.model, width, height);
    this.repaint();
  }

  repaint() {
    if (this.queued) return;
    this.queued = true;
    requestAnimationFrame(() => {
      this.queued = false;
      paintAll(this.canvas.getContext("2d"), this.view(), this.model, this.colours, this.icons);
    });
  }

  update(colours = this.colours) {
    this.colours = colours;
    this.repaint();
  }

  zoom(factor, [px, py] = [this.width / 2, this.height / 2]) {
    this.isMoved = true;
    const { camera } = this;
    const scale = Math.min(Math.max(camera.scale * factor, 0.02), 8);
    const change = 1 / camera.scale - 1 / scale;
    camera.x += (px - this.width / 2) * change;
    camera.y -= (py - this.height / 2) * change;
    camera.scale = scale;
    this.repaint();
  }

  pan(dx, dy) {
    this.isMoved = true;
    this.camera.x += (dx * 80) / this.camera.scale;
    this.camera.y += (dy * 80) / this.camera.scale;
    this.repaint();
  }

  fit() {
    this.isMoved = false;
    this.camera = fitted(this.model, this.width, this.height);
    this.repaint();
  }

  focus(nodes) {
    if (!nodes.length) return;
    this.isMoved = true;
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    this.camera.x = middle(nodes.map((n) => this.model.nodes[n].x));
    this.camera.y = middle(nodes.map((n) => this.model.nodes[n].y));
    this.camera.scale = Math.max(this.camera.scale, 0.9);
    this.repaint();
  }

  /** What lies under a point: ["node", n], ["edge", e] or null. */
  hit(point) {
    const view = this.view();
    const { model } = this;
    for (let n = model.nodes.length - 1; n >= 0; n--) {
      const [x, y] = view.at(n);
      if (Math.hypot(point[0] - x, point[1] - y) <= Math.max(model.nodes[n].r * view.scale, 6)) return ["node", n];
    }
    let [best, least] = [null, REACH];
    model.edges.forEach((edge, e) => {
      if (model.edgeLink[e] < 0) return;
      const far = distance(point, view.at(edge.a), view.at(edge.b));
      if (far < least) [best, least] = [["edge", e], far];
    });
    return best;
  }

  listen() {
    const { canvas, on } = this;
    let from = null;
    let moved = false;
    const place = (event) => [event.offsetX, event.offsetY];
    canvas.addEventListener("pointerdown", (event) => {
      from = place(event);
      moved = false;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = place(event);
      if (from) {
        if (Math.hypot(x - from[0], y - from[1]) > 3) moved = true;
        if (moved) {
          this.isMoved = true;
          this.camera.x -= (x - from[0]) / this.camera.scale;
          this.camera.y += (y - from[1]) / this.camera.scale;
          from = [x, y];
          this.repaint();
        }
        return;
      }
      const hit = this.hit([x, y]);
      this.stage.classList.toggle("pointing", hit !== null);
      on.hover(hit?.[0] === "node" ? hit[1] : -1);
    });
    canvas.addEventListener("pointerup", (event) => {
      from = null;
      if (moved) return;
      const hit = this.hit(place(event));
      if (!hit) on.nothing();
      else on[hit[0]](hit[1]);
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY * 0.0015), place(event));
      },
      { passive: false },
    );
  }
}
