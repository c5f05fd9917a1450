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
// Devices divide floats much faster than whole numbers; the quotient is one off at most, below two millions.
int over(int index, int by) {
  int quotient = int(float(index) / float(by));
  int rest = index - quotient * by;
  return rest < 0 ? quotient - 1 : rest >= by ? quotient + 1 : quotient;
}
ivec2 texelOf(int index, sampler2D source) {
  int width = textureSize(source, 0).x;
  int row = over(index, width);
  return ivec2(index - row * width, row);
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
float valueOf(int index) {
  return texelFetch(values, texelOf(index >> 2, values), 0)[index & 3];
}
`;

/** Each fragment sums up one chunk of one map. */
export const PARTIAL = `${HEAD}${VALUES}
// chunks a map, values a chunk, width of the output
uniform ivec3 chunk;
layout(location = 0) out vec4 range;
layout(location = 1) out vec4 counts;
void main() {
  int index = int(gl_FragCoord.y) * chunk.z + int(gl_FragCoord.x);
  int map = over(index, chunk.x);
  range = vec4(FAR, -FAR, 0.0, 0.0);
  counts = vec4(0.0);
  if (map >= size.w) return;
  int from = (index - map * chunk.x) * chunk.y;
  int to = min(size.z, from + chunk.y);
  int row = over(from, size.x);
  int column = from - row * size.x;
  int at = stride.x + map * stride.y + row * stride.z + column * stride.w;
  float shift = 0.0;
  float sum = 0.0;
  float squares = 0.0;
  for (int position = from; position < to; position++) {
    float value = valueOf(at);
    at += stride.w;
    if (++column == size.x) {
      column = 0;
      at += stride.z - size.x * stride.w;
    }
    if (!isFinite(value)) {
      if (isNan(value)) counts.z += 1.0;
      else counts.w += 1.0;
      continue;
    }
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

/**
 * The same for four maps at once, whose values are one texel: each fragment sums up one chunk of a group of four. There is one output for each
 * figure, which has it of the four maps.
 */
export const PARTIAL_OF_FOUR = `${HEAD}${VALUES}
// chunks a group, values a chunk, width of the output
uniform ivec3 chunk;
layout(location = 0) out vec4 low;
layout(location = 1) out vec4 high;
layout(location = 2) out vec4 mean;
layout(location = 3) out vec4 squares;
layout(location = 4) out vec4 finite;
layout(location = 5) out vec4 zeros;
layout(location = 6) out vec4 nans;
layout(location = 7) out vec4 infinities;
const uvec4 EXPONENT = uvec4(0x7f800000u);
void main() {
  int index = int(gl_FragCoord.y) * chunk.z + int(gl_FragCoord.x);
  int group = over(index, chunk.x);
  low = vec4(FAR);
  high = vec4(-FAR);
  mean = squares = finite = zeros = nans = infinities = vec4(0.0);
  if (group * 4 >= size.w) return;
  int from = (index - group * chunk.x) * chunk.y;
  int to = min(size.z, from + chunk.y);
  int row = over(from, size.x);
  int column = from - row * size.x;
  ivec4 steps = stride >> 2;
  int at = steps.x + group + row * steps.z + column * steps.w;
  vec4 sum = vec4(0.0);
  vec4 shift = texelFetch(values, texelOf(at, values), 0);
  shift = mix(vec4(0.0), shift, notEqual(floatBitsToUint(shift) & EXPONENT, EXPONENT));
  for (int position = from; position < to; position++) {
    vec4 value = texelFetch(values, texelOf(at, values), 0);
    at += steps.w;
    if (++column == size.x) {
      column = 0;
      at += steps.z - size.x * steps.w;
    }
    vec4 apart = value - shift;
    uvec4 bits = floatBitsToUint(value);
    bvec4 known = notEqual(bits & EXPONENT, EXPONENT);
    if (all(known)) {
      low = min(low, value);
      high = max(high, value);
    } else {
      vec4 isNumber = vec4(known);
      vec4 hasFraction = vec4(notEqual(bits & uvec4(0x007fffffu), uvec4(0u)));
      nans += (1.0 - isNumber) * hasFraction;
      infinities += (1.0 - isNumber) * (1.0 - hasFraction);
      apart = mix(vec4(0.0), apart, known);
      low = mix(low, min(low, value), known);
      high = mix(high, max(high, value), known);
    }
    zeros += vec4(equal(bits & uvec4(0x7fffffffu), uvec4(0u)));
    sum += apart;
    squares += apart * apart;
  }
  finite = vec4(float(to - from)) - nans - infinities;
  vec4 count = max(vec4(1.0), finite);
  mean = shift + sum / count;
  squares = max(vec4(0.0), squares - sum * sum / count);
}`;

const JOIN = `
void join(vec4 next, vec4 tally, inout vec4 range, inout vec4 counts) {
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
`;

/** Each fragment joins \`size\` neighbouring figures into one (Chan's formula). */
export const COMBINE = `${HEAD}${JOIN}
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
    ivec2 texel = texelOf(part, ranges);
    join(texelFetch(ranges, texel, 0), texelFetch(tallies, texel, 0), range, counts);
  }
}`;

/** Each fragment joins the chunks of one map, whose figures are at one place of the texels of all eight textures. */
export const COMBINE_OF_FOUR = `${HEAD}${JOIN}
uniform sampler2D low;
uniform sampler2D high;
uniform sampler2D mean;
uniform sampler2D squares;
uniform sampler2D finite;
uniform sampler2D zeros;
uniform sampler2D nans;
uniform sampler2D infinities;
// maps, chunks a map, width of the output
uniform ivec3 group;
layout(location = 0) out vec4 range;
layout(location = 1) out vec4 counts;
void main() {
  int map = int(gl_FragCoord.y) * group.z + int(gl_FragCoord.x);
  range = vec4(FAR, -FAR, 0.0, 0.0);
  counts = vec4(0.0);
  if (map >= group.x) return;
  int nth = map & 3;
  int first = (map >> 2) * group.y;
  for (int part = first; part < first + group.y; part++) {
    ivec2 at = texelOf(part, low);
    vec4 next = vec4(texelFetch(low, at, 0)[nth], texelFetch(high, at, 0)[nth], texelFetch(mean, at, 0)[nth], texelFetch(squares, at, 0)[nth]);
    vec4 tally = vec4(texelFetch(finite, at, 0)[nth], texelFetch(zeros, at, 0)[nth], texelFetch(nans, at, 0)[nth], texelFetch(infinities, at, 0)[nth]);
    join(next, tally, range, counts);
  }
}`;

/** What both stages of the tiles read. */
const TILES = `
// tile width, tile height, pitch x, pitch y
uniform ivec4 tile;
// zoom x, zoom y, reduce, columns
uniform ivec4 zoom;
// first tile, width and height of the picture, slot of the layer's figures
uniform ivec4 band;
// 1: each map has a scale of its own; 1: gray; from one part of a colour to the next, 0 where a pixel is one value; unused
uniform ivec4 look;
// 1: tiles are in the order of the table; 1: cells are outlined; the band's left edge, and its upper one counted from below
uniform ivec4 extra;
float fetched(sampler2D source, int index) {
  return texelFetch(source, texelOf(index >> 2, source), 0)[index & 3];
}
`;

/** Each instance is a tile: what all of its pixels share is found once. */
export const TILE_CORNERS = `${HEAD}${TILES}
uniform sampler2D maps;
uniform sampler2D totals;
// which map each tile shows, four a texel
uniform sampler2D order;
uniform float flatPart;
// The tile's map and its left upper pixel; the values at the ends of its scale, and the row of its colour map.
flat out ivec3 place;
flat out vec3 scale;

void main() {
  int row = over(gl_InstanceID, zoom.w);
  ivec2 corner = ivec2(gl_InstanceID - row * zoom.w, row) * tile.zw;
  int index = band.x + gl_InstanceID;
  int map = extra.x == 1 ? int(fetched(order, index)) : index;
  place = ivec3(map, corner);
  vec2 layer = texelFetch(totals, texelOf(band.w, totals), 0).xy;
  vec2 range = layer;
  if (look.x == 1) {
    vec2 own = texelFetch(maps, texelOf(map, maps), 0).xy;
    if (own.y - own.x > flatPart * (layer.y - layer.x)) range = own;
  }
  int colorMap = look.y == 1 ? 2 : layer.x < 0.0 ? 1 : 0;
  if (colorMap == 1) range = vec2(-1.0, 1.0) * max(abs(range.x), abs(range.y));
  scale = vec3(range, colorMap);
  vec2 pixel = vec2(corner) + vec2(gl_VertexID & 1, gl_VertexID >> 1) * vec2(tile.xy);
  gl_Position = vec4(pixel / vec2(band.yz) * vec2(2.0, -2.0) + vec2(-1.0, 1.0), 0.0, 1.0);
}`;

/** Each fragment is one pixel of a tile. */
export const TILE_PIXELS = `${HEAD}${VALUES}${TILES}
uniform sampler2D colors;
// cells that are outlined, laid out as the values are
uniform sampler2D marks;
uniform vec3 nanColor;
uniform vec3 markColor;
flat in ivec3 place;
flat in vec3 scale;
out vec4 color;

// The table's steps are mixed as the texture is sampled.
vec3 colorOf(float value) {
  if (!isFinite(value)) return nanColor;
  float part = scale.y > scale.x ? clamp((value - scale.x) / (scale.y - scale.x), 0.0, 1.0) : 0.0;
  vec2 steps = vec2(textureSize(colors, 0));
  return textureLod(colors, (vec2(part * (steps.x - 1.0), scale.z) + 0.5) / steps, 0.0).rgb;
}

// Three values a pixel, on one scale around zero.
vec3 mixedOf(vec3 parts) {
  if (!isFinite(parts.x) || !isFinite(parts.y) || !isFinite(parts.z)) return nanColor;
  float bound = max(abs(scale.x), abs(scale.y));
  return bound > 0.0 ? clamp(0.5 + parts / (2.0 * bound), 0.0, 1.0) : vec3(0.5);
}

bool isOutline(int at, ivec2 inCell) {
  if (extra.y == 0 || zoom.z > 1) return false;
  bool edge = inCell.x == 0 || inCell.y == 0 || inCell.x == zoom.x - 1 || inCell.y == zoom.y - 1;
  return edge && fetched(marks, at) > 0.5;
}

vec3 valuesOf(int at) {
  float first = valueOf(at);
  return look.z > 0 ? vec3(first, valueOf(at + look.z), valueOf(at + 2 * look.z)) : vec3(first);
}

void main() {
  ivec2 inside = ivec2(int(gl_FragCoord.x) - extra.z, extra.w - 1 - int(gl_FragCoord.y)) - place.yz;
  ivec2 cell = ivec2((vec2(inside) + 0.5) / vec2(zoom.xy));
  ivec2 from = cell * zoom.z;
  int at = stride.x + place.x * stride.y + from.y * stride.z + from.x * stride.w;
  color = vec4(0.0);
  if (from.y * size.x + from.x >= size.z) return;
  vec3 shown = vec3(0.0);
  if (zoom.z == 1) {
    if (isOutline(at, inside - cell * zoom.xy)) {
      color = vec4(markColor, 1.0);
      return;
    }
    shown = valuesOf(at);
  } else {
    ivec2 to = min(size.xy, from + zoom.z);
    float count = 0.0;
    for (int row = from.y; row < to.y; row++) {
      for (int column = from.x; column < to.x; column++) {
        if (row * size.x + column >= size.z) break;
        shown += valuesOf(at + (row - from.y) * stride.z + (column - from.x) * stride.w);
        count += 1.0;
      }
    }
    shown /= count;
  }
  color = vec4(look.z > 0 ? mixedOf(shown) : colorOf(shown.x), 1.0);
}`;
