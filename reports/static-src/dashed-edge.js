// A sigma edge program for lines with a width and a dash pattern in pixels, whatever the zoom.
import { EdgeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";
import { widthFactor } from "./paint.js";

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_width;
attribute vec4 a_dash;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_size;
uniform float u_factor;
varying vec4 v_color;
varying vec4 v_dash;
varying float v_along;
varying float v_across;
varying float v_half;
const float bias = 255.0 / 254.0;
void main() {
  vec2 half_size = u_size * 0.5;
  vec2 from = (u_matrix * vec3(a_start, 1.0)).xy * half_size;
  vec2 to = (u_matrix * vec3(a_end, 1.0)).xy * half_size;
  vec2 run = to - from;
  float len = max(length(run), 0.0001);
  vec2 normal = vec2(-run.y, run.x) / len;
  float width = a_width * u_factor;
  #ifdef PICKING_MODE
  width = max(width, 9.0);
  #endif
  v_half = width * 0.5;
  v_across = a_corner.y * (v_half + 1.0);
  v_along = a_corner.x * len;
  vec2 place = mix(from, to, a_corner.x) + normal * v_across;
  gl_Position = vec4(place / half_size, 0.0, 1.0);
  v_dash = a_dash;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_dash;
varying float v_along;
varying float v_across;
varying float v_half;
void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float on = 1.0;
  float total = v_dash.x + v_dash.y + v_dash.z + v_dash.w;
  if (v_dash.y > 0.0) {
    float place = mod(v_along, total);
    float second = v_dash.x + v_dash.y;
    float first_on = smoothstep(-0.5, 0.5, place) * (1.0 - smoothstep(v_dash.x - 0.5, v_dash.x + 0.5, place));
    float second_on = smoothstep(second - 0.5, second + 0.5, place) * (1.0 - smoothstep(second + v_dash.z - 0.5, second + v_dash.z + 0.5, place));
    on = max(first_on, second_on);
  }
  on *= 1.0 - smoothstep(v_half - 0.5, v_half + 0.5, abs(v_across));
  gl_FragColor = v_color * on;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

export class DashedEdge extends EdgeProgram {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_matrix", "u_size", "u_factor"],
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT },
        { name: "a_end", size: 2, type: FLOAT },
        { name: "a_width", size: 1, type: FLOAT },
        { name: "a_dash", size: 4, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
    };
  }

  processVisibleItem(edgeIndex, startIndex, source, target, data) {
    this.array.set([source.x, source.y, target.x, target.y, data.size, ...data.dash, floatColor(data.color), edgeIndex], startIndex);
  }

  setUniforms(params, { gl, uniformLocations }) {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
    gl.uniform2f(uniformLocations.u_size, params.width, params.height);
    gl.uniform1f(uniformLocations.u_factor, widthFactor(1 / params.sizeRatio));
  }
}
