/** Draws links: as wide as they are told in pixels at any zoom, tapering towards what is depended on, dashed where a link is by name alone. */
import { EdgeProgram, type ProgramInfo } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';

const VERTEX = `
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_width;
attribute float a_dashed;
attribute vec4 a_color;
attribute vec4 a_id;
attribute float a_along;
attribute float a_side;
uniform mat3 u_matrix;
uniform vec2 u_size;
varying vec4 v_color;
varying float v_pixels;
varying float v_across;
varying float v_half;
varying float v_dashed;

void main() {
  vec2 start = (u_matrix * vec3(a_start, 1.0)).xy;
  vec2 end = (u_matrix * vec3(a_end, 1.0)).xy;
  vec2 way = (end - start) * u_size / 2.0;
  float pixels = max(length(way), 0.001);
  vec2 normal = vec2(-way.y, way.x) / pixels;
  v_half = a_width / 2.0 * mix(1.0, 0.35, a_along);
  v_across = a_side * (v_half + 1.0);
  vec2 place = mix(start, end, a_along) + normal * v_across * 2.0 / u_size;
  gl_Position = vec4(place, 0.0, 1.0);
  v_pixels = a_along * pixels;
  v_dashed = a_dashed;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
varying float v_pixels;
varying float v_across;
varying float v_half;
varying float v_dashed;

void main() {
  if (v_dashed > 0.5 && mod(v_pixels, 9.0) > 5.0) discard;
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float cover = clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0) * min(1.0, v_half * 2.0);
  // Sigma blends colours that are multiplied by their opacity.
  gl_FragColor = vec4(v_color.rgb * v_color.a, v_color.a) * cover;
  #endif
}`;

type Uniform = 'u_matrix' | 'u_size';

/** What a link's attributes say on top of sigma's own. */
export interface LinkDisplay {
  readonly dashed: boolean;
}

export class LinkProgram extends EdgeProgram<Uniform> {
  override getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ['u_matrix', 'u_size'] as const,
      ATTRIBUTES: [
        { name: 'a_start', size: 2, type: FLOAT },
        { name: 'a_end', size: 2, type: FLOAT },
        { name: 'a_width', size: 1, type: FLOAT },
        { name: 'a_dashed', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: 'a_along', size: 1, type: FLOAT },
        { name: 'a_side', size: 1, type: FLOAT },
      ],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    };
  }

  override processVisibleItem(
    edgeIndex: number,
    startIndex: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData & Partial<LinkDisplay>,
  ): void {
    const values = [source.x, source.y, target.x, target.y, data.size, data.dashed ? 1 : 0, floatColor(data.color), edgeIndex];
    for (const [i, value] of values.entries()) this.array[startIndex + i] = value;
  }

  override setUniforms({ matrix, width, height }: RenderParams, { gl, uniformLocations }: ProgramInfo<Uniform>): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    gl.uniform2f(uniformLocations.u_size, width, height);
  }
}
