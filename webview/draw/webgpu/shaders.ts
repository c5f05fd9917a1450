/** WGSL of the webgpu painter; the passes are those of the webgl one. Values come as TensorFlow.js' own storage buffer. */

const HEAD = /* wgsl */ `
const FAR = 3.402823466e38;
struct Layout { width: i32, height: i32, values: i32, maps: i32, offset: i32, mapStride: i32, rowStride: i32, columnStride: i32 }
// range: min, max, mean, sum of squared deviations; counts: finite, zeros, nans, infinities
struct Figures { range: vec4f, counts: vec4f }
// Comparing a float with itself may be optimised away; the bits may not.
fn isFinite(value: f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }
fn isNan(value: f32) -> bool { return !isFinite(value) && (bitcast<u32>(value) & 0x007fffffu) != 0u; }
fn indexOf(place: Layout, map: i32, position: i32) -> i32 {
  let row = position / place.width;
  return place.offset + map * place.mapStride + row * place.rowStride + (position - row * place.width) * place.columnStride;
}
`;

/** Each invocation sums up one chunk of one map. */
export const PARTIAL = `${HEAD}
struct Job { place: Layout, chunks: i32, chunkSize: i32, total: i32, rowOfGroups: i32 }
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> parts: array<Figures>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = i32(id.x + id.y * u32(job.rowOfGroups) * 64u);
  if (index >= job.total) { return; }
  let map = index / job.chunks;
  let first = (index - map * job.chunks) * job.chunkSize;
  let last = min(job.place.values, first + job.chunkSize);
  var range = vec4f(FAR, -FAR, 0.0, 0.0);
  var counts = vec4f(0.0);
  var shift = 0.0;
  var sum = 0.0;
  var squares = 0.0;
  for (var position = first; position < last; position++) {
    let value = values[indexOf(job.place, map, position)];
    if (isNan(value)) { counts.z += 1.0; continue; }
    if (!isFinite(value)) { counts.w += 1.0; continue; }
    // Sums are taken of the distance from the first value, which keeps them exact where the mean is far from zero.
    if (counts.x == 0.0) { shift = value; }
    counts.x += 1.0;
    if (value == 0.0) { counts.y += 1.0; }
    range.x = min(range.x, value);
    range.y = max(range.y, value);
    sum += value - shift;
    squares += (value - shift) * (value - shift);
  }
  let finite = max(1.0, counts.x);
  range.z = shift + sum / finite;
  range.w = max(0.0, squares - sum * sum / finite);
  parts[index] = Figures(range, counts);
}`;

/** Each invocation joins \`size\` neighbouring figures into one (Chan's formula). */
export const COMBINE = `${HEAD}
struct Job { groups: i32, size: i32, firstOutput: i32, unused: i32 }
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> parts: array<Figures>;
@group(0) @binding(2) var<storage, read_write> joined: array<Figures>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let index = i32(id.x);
  if (index >= job.groups) { return; }
  var range = vec4f(FAR, -FAR, 0.0, 0.0);
  var counts = vec4f(0.0);
  for (var part = index * job.size; part < (index + 1) * job.size; part++) {
    let next = parts[part];
    let both = max(1.0, counts.x + next.counts.x);
    let apart = next.range.z - range.z;
    if (next.counts.x > 0.0) {
      range.w += next.range.w + apart * apart * counts.x * next.counts.x / both;
      range.z += apart * next.counts.x / both;
      range.x = min(range.x, next.range.x);
      range.y = max(range.y, next.range.y);
    }
    counts += next.counts;
  }
  joined[job.firstOutput + index] = Figures(range, counts);
}`;

/** Each fragment is one pixel of the tiles. */
export const TILES = `${HEAD}
struct Job {
  place: Layout,
  tile: vec4i,      // tile width, tile height, pitch x, pitch y
  zoom: vec4i,      // zoom x, zoom y, reduce, columns
  band: vec4i,      // first tile, tiles, slot of the layer's figures, unused
  look: vec4i,      // 1: each map has a scale of its own; 1: gray; from one part of a colour to the next, 0 where a pixel is one value; unused
  extra: vec4i,     // 1: tiles are in the order of the table; 1: cells are outlined; the band's left upper corner
  nanColor: vec4f,  // rgb, and the part of the layer's range below which a map is flat
  markColor: vec4f, // rgb
}
@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read> maps: array<Figures>;
@group(0) @binding(3) var<storage, read> totals: array<Figures>;
@group(0) @binding(4) var<storage, read> colors: array<u32>;
@group(0) @binding(5) var<storage, read> order: array<f32>;
@group(0) @binding(6) var<storage, read> marks: array<f32>;

@vertex
fn corner(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  // One triangle that covers everything.
  let place = vec2f(f32((index << 1u) & 2u), f32(index & 2u));
  return vec4f(place * 2.0 - 1.0, 0.0, 1.0);
}

fn colorAt(map: i32, place: f32) -> vec3f {
  let step = clamp(place, 0.0, 1.0) * 255.0;
  let low = min(254, i32(step));
  let at = map * 256 + low;
  return mix(unpack4x8unorm(colors[at]).rgb, unpack4x8unorm(colors[at + 1]).rgb, step - f32(low));
}

fn rangeOf(map: i32, layer: vec2f) -> vec2f {
  if (job.look.x == 0) { return layer; }
  let own = maps[map].range.xy;
  return select(layer, own, own.y - own.x > job.nanColor.w * (layer.y - layer.x));
}

fn colorOf(value: f32, map: i32) -> vec3f {
  if (!isFinite(value)) { return job.nanColor.rgb; }
  let layer = totals[job.band.z].range.xy;
  var range = rangeOf(map, layer);
  var colorMap = 0;
  if (job.look.y == 1) { colorMap = 2; } else if (layer.x < 0.0) { colorMap = 1; }
  if (colorMap == 1) { range = vec2f(-1.0, 1.0) * max(abs(range.x), abs(range.y)); }
  var place = 0.0;
  if (range.y > range.x) { place = (value - range.x) / (range.y - range.x); }
  return colorAt(colorMap, place);
}

// Three values a pixel, on one scale around zero.
fn mixedOf(parts: vec3f, map: i32) -> vec3f {
  if (!isFinite(parts.x) || !isFinite(parts.y) || !isFinite(parts.z)) { return job.nanColor.rgb; }
  let range = rangeOf(map, totals[job.band.z].range.xy);
  let bound = max(abs(range.x), abs(range.y));
  if (bound <= 0.0) { return vec3f(0.5); }
  return clamp(0.5 + parts / (2.0 * bound), vec3f(0.0), vec3f(1.0));
}

fn isOutline(map: i32, cell: vec2i, inCell: vec2i) -> bool {
  if (job.extra.y == 0 || job.zoom.z > 1) { return false; }
  let edge = inCell.x == 0 || inCell.y == 0 || inCell.x == job.zoom.x - 1 || inCell.y == job.zoom.y - 1;
  return edge && marks[indexOf(job.place, map, cell.y * job.place.width + cell.x)] > 0.5;
}

@fragment
fn pixel(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = vec2i(position.xy) - job.extra.zw;
  let cell = at / job.tile.zw;
  let inside = at - cell * job.tile.zw;
  let index = cell.y * job.zoom.w + cell.x;
  if (inside.x >= job.tile.x || inside.y >= job.tile.y || index >= job.band.y) { return vec4f(0.0); }
  var map = job.band.x + index;
  if (job.extra.x == 1) { map = i32(order[map]); }
  let first = inside / job.zoom.xy * job.zoom.z;
  let last = min(vec2i(job.place.width, job.place.height), first + job.zoom.z);
  var sum = vec3f(0.0);
  var count = 0.0;
  for (var row = first.y; row < last.y; row++) {
    for (var column = first.x; column < last.x; column++) {
      let nth = row * job.place.width + column;
      if (nth >= job.place.values) { continue; }
      let place = indexOf(job.place, map, nth);
      sum.x += values[place];
      if (job.look.z > 0) { sum += vec3f(0.0, values[place + job.look.z], values[place + 2 * job.look.z]); }
      count += 1.0;
    }
  }
  if (count == 0.0) { return vec4f(0.0); }
  if (isOutline(map, first, inside - first * job.zoom.xy)) { return vec4f(job.markColor.rgb, 1.0); }
  let mean = select(sum / count, sum, job.zoom.z == 1);
  if (job.look.z > 0) { return vec4f(mixedOf(mean, map), 1.0); }
  return vec4f(colorOf(mean.x, map), 1.0);
}`;
