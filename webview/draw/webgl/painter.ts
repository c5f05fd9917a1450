import type { Tensor } from '@tensorflow/tfjs-core';
import type { Band } from '../atlas';
import { colorTable, MAP_ROWS, MARK_COLOR, NAN_COLOR, STEPS } from '../colorMaps';
import { allFrames, type Layout } from '../layout';
import { chunksOf, GpuPainter, type Sheet, type Uploads } from '../gpuPainter';
import { FLAT, ROWS, statisticsFrom, type Statistics, type Subject } from '../painter';
import { borrowed, Figures, nearestTexture, Program, readTexels } from './gl';
import { COMBINE, PARTIAL, TILES, VERTEX } from './shaders';

/** A fragment sums up this many values at least. */
const CHUNK = 1024;

/** Draws with the WebGL context that TensorFlow.js computes with, into that context's own canvas. */
export class WebglPainter extends GpuPainter<WebGLTexture, Figures> {
  readonly maxSide: number;
  private readonly partial: Program;
  private readonly combine: Program;
  private readonly tiles: Program;
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
    this.tiles = new Program(gl, VERTEX, TILES);
    this.totals = new Figures(gl, ROWS);
    this.vertexArray = gl.createVertexArray();
    this.colors = nearestTexture(gl);
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
    for (const program of [this.partial, this.combine, this.tiles]) program.delete();
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
    maps.delete();
  }

  /** Three passes: chunks, maps, the layer. The last goes into the layer's texel of the table that `readTotals` reads. */
  protected override measureValues(subject: Subject, values: WebGLTexture): Figures {
    const layout = allFrames(subject.layout);
    const chunks = chunksOf(layout, CHUNK);
    const parts = new Figures(this.gl, layout.count * chunks.count);
    const maps = new Figures(this.gl, layout.count);
    this.partial.use();
    setLayout(this.partial, layout);
    this.partial.texture('values', 0, values);
    this.partial.ints('chunk', chunks.count, chunks.size, parts.width);
    this.fill(parts);
    this.join(parts, maps, chunks.count);
    this.join(maps, this.totals, layout.count, subject.slot);
    parts.delete();
    return maps;
  }

  /** Joins each `size` neighbours of `from`; into all of `to`, or into its one texel `slot`. */
  private join(from: Figures, to: Figures, size: number, slot?: number): void {
    this.combine.use();
    this.combine.texture('ranges', 0, from.ranges);
    this.combine.texture('tallies', 1, from.counts);
    const column = slot === undefined ? 0 : slot % to.width;
    const row = slot === undefined ? 0 : Math.floor(slot / to.width);
    this.combine.ints('group', slot === undefined ? to.size : 1, size, slot === undefined ? to.width : 0, column);
    if (slot === undefined) this.fill(to);
    else this.fill(to, column, row, 1, 1);
  }

  private fill(target: Figures, x = 0, y = 0, width = target.width, height = target.height): void {
    target.bind();
    this.gl.viewport(x, y, width, height);
    this.gl.drawArrays(this.gl.TRIANGLES, 0, 3);
  }

  protected override paintBand(sheet: Sheet<WebGLTexture, Figures>, band: Band): ImageBitmap {
    const { subject, values, maps, order, marks, atlas, look } = sheet;
    const { gl, tiles } = this;
    this.canvas.width = band.width;
    this.canvas.height = band.height;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, band.width, band.height);
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
    tiles.ints('band', band.first, band.count, band.height, subject.slot);
    tiles.ints('look', look.scale === 'own' ? 1 : 0, look.map === 'gray' ? 1 : 0, subject.layout.colorStride ?? 0, 0);
    tiles.ints('extra', order ? 1 : 0, marks ? 1 : 0);
    tiles.floats('nanColor', ...NAN_COLOR.map((part) => part / 255));
    tiles.floats('markColor', ...MARK_COLOR.map((part) => part / 255));
    tiles.floats('flatPart', FLAT);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    return this.canvas.transferToImageBitmap();
  }
}

const setLayout = (program: Program, layout: Layout): void => {
  program.ints('size', layout.width, layout.height, layout.values, layout.count);
  program.ints('stride', layout.offset, layout.mapStride, layout.rowStride, layout.columnStride);
};
