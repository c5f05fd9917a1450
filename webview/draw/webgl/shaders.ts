/** GLSL ES 3.00 of the webgl painter. Values come in TensorFlow.js' dense texture: four a texel, row by row. */

export const VERTEX = `#version 300 es
void main() {
  // One triangle that covers everything.
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

const HEAD = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
const float FAR = 3.402823466e38;
ivec2 texelOf(int index, sampler2D source) {
  int width = textureSize(source, 0).x;
  return ivec2(index % width, index / width);
}
// isnan and isinf may be optimised away; the bits may not.
bool isFinite(float value) { return (floatBitsToUint(value) & 0x7f800000u) != 0x7f800000u; }
bool isNan(float value) { return !isFinite(value) && (floatBitsToUint(value) & 0x007fffffu) != 0u; }
`;

const VALUES = `
uniform sampler2D values;
// width, height, values of a map, maps
uniform ivec4 size;
// offset, map, row, column
uniform ivec4 stride;
int indexOf(int map, int position) {
  int row = position / size.x;
  return stride.x + map * stride.y + row * stride.z + (position - row * size.x) * stride.w;
}
float valueOf(int index) {
  return texelFetch(values, texelOf(index >> 2, values), 0)[index & 3];
}
float valueAt(int map, int position) { return valueOf(indexOf(map, position)); }
`;

/** Each fragment sums up one chunk of one map. */
export const PARTIAL = `${HEAD}${VALUES}
// chunks a map, values a chunk, width of the output
uniform ivec3 chunk;
layout(location = 0) out vec4 range;
layout(location = 1) out vec4 counts;
void main() {
  int index = int(gl_FragCoord.y) * chunk.z + int(gl_FragCoord.x);
  int map = index / chunk.x;
  range = vec4(FAR, -FAR, 0.0, 0.0);
  counts = vec4(0.0);
  if (map >= size.w) return;
  int from = (index - map * chunk.x) * chunk.y;
  int to = min(size.z, from + chunk.y);
  float shift = 0.0;
  float sum = 0.0;
  float squares = 0.0;
  for (int position = from; position < to; position++) {
    float value = valueAt(map, position);
    if (isNan(value)) { counts.z += 1.0; continue; }
    if (!isFinite(value)) { counts.w += 1.0; continue; }
    // Sums are taken of the distance from the first value, which keeps them exact where the mean is far from zero.
    if (counts.x == 0.0) shift = value;
    counts.x += 1.0;
    if (value == 0.0) counts.y += 1.0;
    range.x = min(range.x, value);
    range.y = max(range.y, value);
    sum += value - shift;
    squares += (value - shift) * (value - shift);
  }
  float finite = max(1.0, counts.x);
  range.z = shift + sum / finite;
  range.w = max(0.0, squares - sum * sum / finite);
}`;

/** Each fragment joins \`size\` neighbouring figures into one (Chan's formula). */
export const COMBINE = `${HEAD}
uniform sampler2D ranges;
uniform sampler2D tallies;
// groups, figures a group, width of the output, column of the output's first figure
uniform ivec4 group;
layout(location = 0) out vec4 range;
layout(location = 1) out vec4 counts;
void main() {
  int index = int(gl_FragCoord.y) * group.z + int(gl_FragCoord.x) - group.w;
  range = vec4(FAR, -FAR, 0.0, 0.0);
  counts = vec4(0.0);
  if (index >= group.x) return;
  for (int part = index * group.y; part < (index + 1) * group.y; part++) {
    vec4 next = texelFetch(ranges, texelOf(part, ranges), 0);
    vec4 tally = texelFetch(tallies, texelOf(part, tallies), 0);
    float both = max(1.0, counts.x + tally.x);
    float apart = next.z - range.z;
    if (tally.x > 0.0) {
      range.w += next.w + apart * apart * counts.x * tally.x / both;
      range.z += apart * tally.x / both;
      range.x = min(range.x, next.x);
      range.y = max(range.y, next.y);
    }
    counts += tally;
  }
}`;

/** Each fragment is one pixel of the tiles. */
export const TILES = `${HEAD}${VALUES}
uniform sampler2D maps;
uniform sampler2D totals;
uniform sampler2D colors;
// which map each tile shows, four a texel; cells that are outlined, laid out as the values are
uniform sampler2D order;
uniform sampler2D marks;
// tile width, tile height, pitch x, pitch y
uniform ivec4 tile;
// zoom x, zoom y, reduce, columns
uniform ivec4 zoom;
// first tile, tiles, height of the picture, slot of the layer's figures
uniform ivec4 band;
// 1: each map has a scale of its own; 1: gray; from one part of a colour to the next, 0 where a pixel is one value; unused
uniform ivec4 look;
// 1: tiles are in the order of the table; 1: cells are outlined
uniform ivec2 extra;
uniform vec3 nanColor;
uniform vec3 markColor;
uniform float flatPart;
out vec4 color;

vec3 colorAt(int map, float place) {
  float step = clamp(place, 0.0, 1.0) * 255.0;
  int low = min(254, int(step));
  return mix(texelFetch(colors, ivec2(low, map), 0).rgb, texelFetch(colors, ivec2(low + 1, map), 0).rgb, step - float(low));
}

vec2 rangeOf(int map, vec2 layer) {
  if (look.x == 0) return layer;
  vec2 own = texelFetch(maps, texelOf(map, maps), 0).xy;
  return own.y - own.x > flatPart * (layer.y - layer.x) ? own : layer;
}

vec3 colorOf(float value, int map) {
  if (!isFinite(value)) return nanColor;
  vec2 layer = texelFetch(totals, texelOf(band.w, totals), 0).xy;
  vec2 range = rangeOf(map, layer);
  int colorMap = look.y == 1 ? 2 : layer.x < 0.0 ? 1 : 0;
  if (colorMap == 1) range = vec2(-1.0, 1.0) * max(abs(range.x), abs(range.y));
  return colorAt(colorMap, range.y > range.x ? (value - range.x) / (range.y - range.x) : 0.0);
}

// Three values a pixel, on one scale around zero.
vec3 mixedOf(vec3 parts, int map) {
  if (!isFinite(parts.x) || !isFinite(parts.y) || !isFinite(parts.z)) return nanColor;
  vec2 range = rangeOf(map, texelFetch(totals, texelOf(band.w, totals), 0).xy);
  float bound = max(abs(range.x), abs(range.y));
  return bound > 0.0 ? clamp(0.5 + parts / (2.0 * bound), 0.0, 1.0) : vec3(0.5);
}

float fetched(sampler2D source, int index) {
  return texelFetch(source, texelOf(index >> 2, source), 0)[index & 3];
}

bool isOutline(int map, ivec2 cell, ivec2 inCell) {
  if (extra.y == 0 || zoom.z > 1) return false;
  bool edge = inCell.x == 0 || inCell.y == 0 || inCell.x == zoom.x - 1 || inCell.y == zoom.y - 1;
  return edge && fetched(marks, indexOf(map, cell.y * size.x + cell.x)) > 0.5;
}

void main() {
  ivec2 pixel = ivec2(int(gl_FragCoord.x), band.z - 1 - int(gl_FragCoord.y));
  ivec2 cell = pixel / tile.zw;
  ivec2 inside = pixel - cell * tile.zw;
  int index = cell.y * zoom.w + cell.x;
  color = vec4(0.0);
  if (inside.x >= tile.x || inside.y >= tile.y || index >= band.y) return;
  int map = extra.x == 1 ? int(fetched(order, band.x + index)) : band.x + index;
  ivec2 from = inside / zoom.xy * zoom.z;
  ivec2 to = min(size.xy, from + zoom.z);
  vec3 sum = vec3(0.0);
  float count = 0.0;
  for (int row = from.y; row < to.y; row++) {
    for (int column = from.x; column < to.x; column++) {
      int position = row * size.x + column;
      if (position >= size.z) continue;
      int at = indexOf(map, position);
      sum.x += valueOf(at);
      if (look.z > 0) sum.yz += vec2(valueOf(at + look.z), valueOf(at + 2 * look.z));
      count += 1.0;
    }
  }
  if (count == 0.0) return;
  if (isOutline(map, from, inside - from * zoom.xy)) {
    color = vec4(markColor, 1.0);
    return;
  }
  vec3 mean = zoom.z == 1 ? sum : sum / count;
  color = vec4(look.z > 0 ? mixedOf(mean, map) : colorOf(mean.x, map), 1.0);
}`;
