import type { Tensor } from '@tensorflow/tfjs-core';
import type { Band } from '../atlas';
import { colorTable, MAP_ROWS, MARK_COLOR, NAN_COLOR, STEPS } from '../colorMaps';
import { allFrames, type Layout } from '../layout';
import { chunksOf, GpuPainter, type Sheet, type Uploads } from '../gpuPainter';
import { FLAT, ROWS, statisticsFrom, type Statistics, type Subject } from '../painter';
import { borrowed, Figures, nearestTexture, Program, readTexels, Target } from './gl';
import { COMBINE, COMBINE_OF_FOUR, PARTIAL, PARTIAL_OF_FOUR, TILE_CORNERS, TILE_PIXELS, VERTEX } from './shaders';

/** A fragment sums up this many values at least; of four maps at once, so many of each. */
const CHUNK = 512;
const CHUNK_OF_FOUR = 128;
/** What a fragment writes that sums up four maps. */
const FIGURES_OF_FOUR = ['low', 'high', 'mean', 'squares', 'finite', 'zeros', 'nans', 'infinities'] as const;
/** Figures of so many layers' maps are kept to be written again, for making textures takes time. */
const MOST_SPARE = 64;

/** Draws with the WebGL context that TensorFlow.js computes with, into that context's own canvas. */
export class WebglPainter extends GpuPainter<WebGLTexture, Figures> {
  readonly maxSide: number;
  private readonly partial: Program;
  private readonly combine: Program;
  /** undefined on devices that write too few textures at once. */
  private readonly ofFour: { readonly partial: Program; readonly combine: Program } | undefined;
  private readonly tiles: Program;
  /** Where chunks are summed up, by the number of textures; large enough for all layers so far. */
  private readonly parts = new Map<number, Target>();
  private readonly spare: Figures[] = [];
  private readonly totals: Figures;
  private readonly colors: WebGLTexture;
  private readonly vertexArray: WebGLVertexArrayObject;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly canvas: OffscreenCanvas,
    backend: () => Uploads,
  ) {
    super(backend);
    this.maxSide = Math.min(8192, gl.getParameter(gl.MAX_TEXTURE_SIZE) as number);
    this.partial = new Program(gl, VERTEX, PARTIAL);
    this.combine = new Program(gl, VERTEX, COMBINE);
    const enough = (gl.getParameter(gl.MAX_DRAW_BUFFERS) as number) >= FIGURES_OF_FOUR.length;
    this.ofFour = enough
      ? { partial: new Program(gl, VERTEX, PARTIAL_OF_FOUR), combine: new Program(gl, VERTEX, COMBINE_OF_FOUR) }
      : undefined;
    this.tiles = new Program(gl, TILE_CORNERS, TILE_PIXELS);
    this.totals = new Figures(gl, ROWS);
    this.vertexArray = gl.createVertexArray();
    this.colors = nearestTexture(gl);
    // Colours between two steps are mixed.
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
    const rows = Object.keys(MAP_ROWS).length;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, STEPS, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, colorTable());
    gl.bindTexture(gl.TEXTURE_2D, null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }

  async readTotals(slots: number): Promise<Statistics[]> {
    const { width } = this.totals;
    const rows = Math.max(1, Math.ceil(slots / width));
    const [ranges, counts] = await Promise.all([
      readTexels(this.gl, this.totals.ranges, width, rows),
      readTexels(this.gl, this.totals.counts, width, rows),
    ]);
    return Array.from({ length: slots }, (_, slot) => statisticsFrom(ranges, counts, slot * 4));
  }

  async readMaps(subject: Subject): Promise<Statistics[]> {
    this.measure(subject);
    const maps = this.maps.get(subject.slot);
    if (!maps) return [];
    const [ranges, counts] = await Promise.all([
      readTexels(this.gl, maps.ranges, maps.width, maps.height),
      readTexels(this.gl, maps.counts, maps.width, maps.height),
    ]);
    return Array.from({ length: maps.size }, (_, map) => statisticsFrom(ranges, counts, map * 4));
  }

  override dispose(): void {
    super.dispose();
    this.totals.delete();
    for (const target of [...this.parts.values(), ...this.spare]) target.delete();
    for (const program of [this.partial, this.combine, this.ofFour?.partial, this.ofFour?.combine, this.tiles]) program?.delete();
    this.gl.deleteTexture(this.colors);
    this.gl.deleteVertexArray(this.vertexArray);
  }

  protected override valuesOf(copy: ReturnType<Tensor['dataToGPU']>): WebGLTexture | undefined {
    return copy.texture;
  }

  protected override borrowed<T>(draw: () => T): T {
    return borrowed(this.gl, this.vertexArray, draw);
  }

  protected override free(maps: Figures): void {
    if (this.spare.length < MOST_SPARE) this.spare.push(maps);
    else maps.delete();
  }

  /** Three passes, two for small maps: chunks, maps, the layer. The last goes into the layer's texel of the table that `readTotals` reads. */
  protected override measureValues(subject: Subject, values: WebGLTexture): Figures {
    const layout = allFrames(subject.layout);
    const maps = this.figures(layout.count);
    if (this.ofFour && layout.values > CHUNK && inFours(layout)) this.measureFours(this.ofFour, layout, values, maps);
    else this.measureMaps(layout, values, maps);
    this.join(maps, this.totals, layout.count, subject.slot);
    return maps;
  }

  private measureMaps(layout: Layout, values: WebGLTexture, maps: Figures): void {
    const chunks = chunksOf(layout, CHUNK);
    // Where a map is one chunk, that is all there is to be found of it.
    const parts = chunks.count === 1 ? maps : this.target(2, layout.count * chunks.count);
    this.partial.use();
    setLayout(this.partial, layout);
    this.partial.texture('values', 0, values);
    this.partial.ints('chunk', chunks.count, chunks.size, parts.width);
    this.fill(parts, layout.count * chunks.count);
    if (parts !== maps) this.join(parts, maps, chunks.count);
  }

  private measureFours(
    { partial, combine }: NonNullable<WebglPainter['ofFour']>,
    layout: Layout,
    values: WebGLTexture,
    maps: Figures,
  ): void {
    const chunks = chunksOf(layout, CHUNK_OF_FOUR);
    const size = (layout.count / 4) * chunks.count;
    const parts = this.target(FIGURES_OF_FOUR.length, size);
    partial.use();
    setLayout(partial, layout);
    partial.texture('values', 0, values);
    partial.ints('chunk', chunks.count, chunks.size, parts.width);
    this.fill(parts, size);
    combine.use();
    FIGURES_OF_FOUR.forEach((name, nth) => combine.texture(name, nth, parts.textures[nth] ?? values));
    combine.ints('group', maps.size, chunks.count, maps.width);
    this.fill(maps);
  }

  /** Figures of so many maps, whatever they hold. */
  private figures(size: number): Figures {
    const at = this.spare.findIndex((one) => one.size === size);
    return this.spare.splice(at, at < 0 ? 0 : 1)[0] ?? new Figures(this.gl, size);
  }

  private target(textures: number, size: number): Target {
    const known = this.parts.get(textures);
    if (known && known.size >= size) return known;
    known?.delete();
    const made = textures === 2 ? new Figures(this.gl, size) : new Target(this.gl, size, textures);
    this.parts.set(textures, made);
    return made;
  }

  /** Joins each `size` neighbours of `from`; into all of `to`, or into its one texel `slot`. */
  private join(from: Target, to: Figures, size: number, slot?: number): void {
    this.combine.use();
    const [ranges, counts] = from.textures;
    if (!ranges || !counts) return;
    this.combine.texture('ranges', 0, ranges);
    this.combine.texture('tallies', 1, counts);
    const column = slot === undefined ? 0 : slot % to.width;
    const row = slot === undefined ? 0 : Math.floor(slot / to.width);
    this.combine.ints('group', slot === undefined ? to.size : 1, size, slot === undefined ? to.width : 0, column);
    if (slot === undefined) this.fill(to);
    else this.draw(to, column, row, 1, 1);
  }

  /** Draws the rows that hold the first `size` texels. */
  private fill(target: Target, size = target.size): void {
    this.draw(target, 0, 0, target.width, Math.ceil(size / target.width));
  }

  private draw(target: Target, x: number, y: number, width: number, height: number): void {
    target.bind();
    this.gl.viewport(x, y, width, height);
    this.gl.drawArrays(this.gl.TRIANGLES, 0, 3);
  }

  protected override begin(width: number, height: number): void {
    // Even the same size makes the canvas anew. It is empty when it is new, and when a picture was taken from it.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  protected override end(): ImageBitmap {
    return this.canvas.transferToImageBitmap();
  }

  protected override drawBand(sheet: Sheet<WebGLTexture, Figures>, band: Band, x: number, y: number): void {
    const { subject, values, maps, order, marks, atlas, look } = sheet;
    const { gl, tiles } = this;
    // Rows are counted from below.
    const top = this.canvas.height - y;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(x, top - band.height, band.width, band.height);
    tiles.use();
    setLayout(tiles, subject.layout);
    tiles.texture('values', 0, values);
    tiles.texture('maps', 1, maps.ranges);
    tiles.texture('totals', 2, this.totals.ranges);
    tiles.texture('colors', 3, this.colors);
    tiles.texture('order', 4, order ?? values);
    tiles.texture('marks', 5, marks ?? values);
    tiles.ints('tile', atlas.tileWidth, atlas.tileHeight, atlas.pitchX, atlas.pitchY);
    tiles.ints('zoom', atlas.zoomX, atlas.zoomY, atlas.reduce, atlas.columns);
    tiles.ints('band', band.first, band.width, band.height, subject.slot);
    tiles.ints('look', look.scale === 'own' ? 1 : 0, look.map === 'gray' ? 1 : 0, subject.layout.colorStride ?? 0, 0);
    tiles.ints('extra', order ? 1 : 0, marks ? 1 : 0, x, top);
    tiles.floats('nanColor', ...NAN_COLOR.map((part) => part / 255));
    tiles.floats('markColor', ...MARK_COLOR.map((part) => part / 255));
    tiles.floats('flatPart', FLAT);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, band.count);
  }
}

const setLayout = (program: Program, layout: Layout): void => {
  program.ints('size', layout.width, layout.height, layout.values, layout.count);
  program.ints('stride', layout.offset, layout.mapStride, layout.rowStride, layout.columnStride);
};

/** True where four neighbouring maps have their values in one texel everywhere. */
const inFours = ({ count, offset, mapStride, rowStride, columnStride }: Layout): boolean =>
  mapStride === 1 && [count, offset, rowStride, columnStride].every((part) => part % 4 === 0);
