import type { Tensor } from '@tensorflow/tfjs-core';
import type { Band } from '../atlas';
import { colorTable, MARK_COLOR, NAN_COLOR } from '../colorMaps';
import { allFrames, type Layout } from '../layout';
import { chunksOf, GpuPainter, type Sheet, type Uploads } from '../gpuPainter';
import { FLAT, ROWS, statisticsFrom, type Statistics, type Subject } from '../painter';
import { COMBINE, PARTIAL, TILES } from './shaders';

/** An invocation sums up this many values at least. */
const CHUNK = 512;
/** Bytes of one `Figures`: two vec4f. */
const FIGURES = 32;
/** Workgroups in a row; beyond that they go on in the next row. */
const GROUPS_IN_ROW = 1024;

/** Draws with the device that TensorFlow.js computes with, into a canvas of its own. */
export class WebgpuPainter extends GpuPainter<GPUBuffer, GPUBuffer> {
  readonly maxSide: number;
  private readonly partial: GPUComputePipeline;
  private readonly combine: GPUComputePipeline;
  private readonly tiles: GPURenderPipeline;
  private readonly context: GPUCanvasContext;
  private readonly totals: GPUBuffer;
  private readonly colors: GPUBuffer;
  /** True until the first picture is drawn onto the canvas. */
  private empty = true;

  constructor(
    private readonly device: GPUDevice,
    private readonly canvas: OffscreenCanvas,
    backend: () => Uploads,
  ) {
    super(backend);
    const context = canvas.getContext('webgpu');
    if (!context) throw new Error('The canvas gives no WebGPU context.');
    this.context = context;
    context.configure({ device, format: 'rgba8unorm', alphaMode: 'premultiplied' });
    this.maxSide = Math.min(8192, device.limits.maxTextureDimension2D);
    const compute = (code: string): GPUComputePipeline =>
      device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }) } });
    this.partial = compute(PARTIAL);
    this.combine = compute(COMBINE);
    const module = device.createShaderModule({ code: TILES });
    const fragment = { module, targets: [{ format: 'rgba8unorm' as const }] };
    this.tiles = device.createRenderPipeline({ layout: 'auto', vertex: { module }, fragment });
    this.totals = this.buffer(ROWS * FIGURES, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    this.colors = this.filled(colorTable(), GPUBufferUsage.STORAGE);
  }

  async readTotals(slots: number): Promise<Statistics[]> {
    return slots === 0 ? [] : this.read(this.totals, slots);
  }

  async readMaps(subject: Subject): Promise<Statistics[]> {
    this.measure(subject);
    const maps = this.maps.get(subject.slot);
    return maps ? this.read(maps, subject.layout.count) : [];
  }

  override dispose(): void {
    super.dispose();
    this.totals.destroy();
    this.colors.destroy();
    this.context.unconfigure();
  }

  protected override valuesOf(copy: ReturnType<Tensor['dataToGPU']>): GPUBuffer | undefined {
    return copy.buffer;
  }

  protected override borrowed<T>(draw: () => T): T {
    return draw();
  }

  protected override free(maps: GPUBuffer): void {
    maps.destroy();
  }

  /** Three passes: chunks, maps, the layer. The last goes into the layer's row of the table that `readTotals` reads. */
  protected override measureValues(subject: Subject, values: GPUBuffer): GPUBuffer {
    const layout = allFrames(subject.layout);
    const chunks = chunksOf(layout, CHUNK);
    const total = layout.count * chunks.count;
    const parts = this.buffer(total * FIGURES, GPUBufferUsage.STORAGE);
    const maps = this.buffer(layout.count * FIGURES, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const groups = Math.ceil(total / 64);
    const across = Math.min(groups, GROUPS_IN_ROW);
    const jobs = [
      this.uniform([...layoutInts(layout), chunks.count, chunks.size, total, across]),
      this.uniform([layout.count, chunks.count, 0, 0]),
      this.uniform([1, layout.count, subject.slot, 0]),
    ] as const;
    const encoder = this.device.createCommandEncoder();
    this.compute(encoder, this.partial, [jobs[0], values, parts], across, Math.ceil(groups / across));
    this.compute(encoder, this.combine, [jobs[1], parts, maps], Math.ceil(layout.count / 64));
    this.compute(encoder, this.combine, [jobs[2], maps, this.totals], 1);
    this.device.queue.submit([encoder.finish()]);
    // The queue keeps what it still needs.
    for (const buffer of [parts, ...jobs]) buffer.destroy();
    return maps;
  }

  private compute(encoder: GPUCommandEncoder, pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[], x: number, y = 1): void {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.bind(pipeline, buffers));
    pass.dispatchWorkgroups(x, y);
    pass.end();
  }

  protected override begin(width: number, height: number): void {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.empty = true;
  }

  protected override end(): ImageBitmap {
    return this.canvas.transferToImageBitmap();
  }

  protected override drawBand(sheet: Sheet<GPUBuffer, GPUBuffer>, band: Band, x: number, y: number): void {
    const { subject, values, maps, order, marks, atlas, look } = sheet;
    const job = this.uniform(
      [
        ...layoutInts(subject.layout),
        ...[atlas.tileWidth, atlas.tileHeight, atlas.pitchX, atlas.pitchY],
        ...[atlas.zoomX, atlas.zoomY, atlas.reduce, atlas.columns],
        ...[band.first, band.count, subject.slot, 0],
        ...[look.scale === 'own' ? 1 : 0, look.map === 'gray' ? 1 : 0, subject.layout.colorStride ?? 0, 0],
        ...[order ? 1 : 0, marks ? 1 : 0, x, y],
      ],
      [...NAN_COLOR.map((part) => part / 255), FLAT, ...MARK_COLOR.map((part) => part / 255), 0],
    );
    const encoder = this.device.createCommandEncoder();
    const view = this.context.getCurrentTexture().createView();
    const loadOp = this.empty ? 'clear' : 'load';
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view, loadOp, storeOp: 'store', clearValue: [0, 0, 0, 0] }] });
    this.empty = false;
    pass.setViewport(x, y, band.width, band.height, 0, 1);
    pass.setPipeline(this.tiles);
    pass.setBindGroup(0, this.bind(this.tiles, [job, values, maps, this.totals, this.colors, order ?? values, marks ?? values]));
    pass.draw(3);
    pass.end();
    this.device.queue.submit([encoder.finish()]);
    job.destroy();
  }

  private bind(pipeline: GPUComputePipeline | GPURenderPipeline, buffers: readonly GPUBuffer[]): GPUBindGroup {
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    return this.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  }

  private buffer(size: number, usage: number): GPUBuffer {
    return this.device.createBuffer({ size, usage });
  }

  private filled(bytes: Uint8Array<ArrayBuffer>, usage: number): GPUBuffer {
    const buffer = this.device.createBuffer({ size: bytes.byteLength, usage, mappedAtCreation: true });
    new Uint8Array(buffer.getMappedRange()).set(bytes);
    buffer.unmap();
    return buffer;
  }

  private uniform(ints: readonly number[], floats: readonly number[] = []): GPUBuffer {
    const words = new Int32Array([...ints, ...new Int32Array(new Float32Array(floats).buffer)]);
    return this.filled(new Uint8Array(words.buffer), GPUBufferUsage.UNIFORM);
  }

  private async read(source: GPUBuffer, count: number): Promise<Statistics[]> {
    const staging = this.buffer(count * FIGURES, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(source, 0, staging, 0, count * FIGURES);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const numbers = new Float32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return Array.from({ length: count }, (_, k) => statisticsFrom(numbers.subarray(k * 8), numbers.subarray(k * 8 + 4), 0));
  }
}

const layoutInts = (layout: Layout): number[] => [
  ...[layout.width, layout.height, layout.values, layout.count],
  ...[layout.offset, layout.mapStride, layout.rowStride, layout.columnStride],
];
