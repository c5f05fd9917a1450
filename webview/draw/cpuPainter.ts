import type { Tensor } from '@tensorflow/tfjs-core';
import type { Atlas } from './atlas';
import { drawBand, type CpuSheet } from './cpuTiles';
import { allFrames } from './layout';
import { measureMaps, type Measured } from './measure';
import { statisticsFrom, type Look, type Painter, type Put, type Statistics, type Subject } from './painter';
import { scaleOf, type Scale } from './scale';

/** Draws from values that are in memory anyway, as they are with the wasm and cpu backends. */
export class CpuPainter implements Painter {
  readonly maxSide = 8192;
  private readonly measured = new Map<number, Measured>();
  /** Pictures and sheets are of other sizes than each other, and most often of the same sizes as the ones before. */
  private readonly pictures = new Easel();
  private readonly sheets = new Easel();

  measure(subject: Subject): void {
    if (!this.measured.has(subject.slot)) this.measureValues(subject, valuesOf(subject.tensor));
  }

  paint(subject: Subject, atlas: Atlas, look: Look): ImageBitmap[] {
    const sheet = this.sheet(subject, atlas, look);
    return atlas.bands.map((band) => {
      const image = this.pictures.empty(band.width, band.height);
      drawBand(sheet, band, image, 0, 0);
      return this.pictures.bitmap(image);
    });
  }

  paintSheet(width: number, height: number, fill: (put: Put) => void): ImageBitmap {
    const image = this.sheets.empty(width, height);
    fill((subject, atlas, look, x, y) => {
      const [band] = atlas.bands;
      if (band) drawBand(this.sheet(subject, atlas, look), band, image, x, y);
    });
    return this.sheets.bitmap(image);
  }

  readTotals(slots: number): Promise<Statistics[]> {
    return Promise.resolve(
      Array.from({ length: slots }, (_, slot) => {
        const found = this.measured.get(slot);
        return found ? statisticsFrom(found.ranges, found.counts, found.ranges.length - 4) : statisticsFrom([], [], 0);
      }),
    );
  }

  readMaps(subject: Subject): Promise<Statistics[]> {
    this.measure(subject);
    const found = this.measured.get(subject.slot);
    if (!found) return Promise.resolve([]);
    return Promise.resolve(Array.from({ length: subject.layout.count }, (_, map) => statisticsFrom(found.ranges, found.counts, map * 4)));
  }

  forget(slot: number): void {
    this.measured.delete(slot);
  }

  dispose(): void {
    this.measured.clear();
  }

  /** One for each map. */
  private scales(subject: Subject, look: Look): Scale[] {
    const ranges = this.measured.get(subject.slot)?.ranges ?? new Float64Array(4);
    const range = (at: number) => ({ min: ranges[at] ?? 0, max: ranges[at + 1] ?? 0 });
    const layer = range(ranges.length - 4);
    return Array.from({ length: subject.layout.count }, (_, map) => scaleOf(layer, range(map * 4), look));
  }

  private sheet(subject: Subject, atlas: Atlas, look: Look): CpuSheet {
    const { tensor, order, marks, layout } = subject;
    // Some backends copy what they are asked for.
    const values = valuesOf(tensor);
    if (!this.measured.has(subject.slot)) this.measureValues(subject, values);
    return { values, order: order && valuesOf(order), marks: marks && valuesOf(marks), layout, atlas, scales: this.scales(subject, look) };
  }

  private measureValues({ slot, layout }: Subject, values: Float32Array): void {
    this.measured.set(slot, measureMaps(values, allFrames(layout)));
  }
}

/** Makes bitmaps of pixels, with a canvas and an image that are kept for the next of the same size: their memory is costly to come by. */
class Easel {
  // A canvas that is often read stays in memory, where the pixels are, instead of going to a GPU and back.
  private readonly canvas = new OffscreenCanvas(1, 1);
  private image: ImageData | undefined;

  empty(width: number, height: number): ImageData {
    if (this.image?.width === width && this.image.height === height) this.image.data.fill(0);
    else this.image = new ImageData(width, height);
    return this.image;
  }

  bitmap(image: ImageData): ImageBitmap {
    const { canvas } = this;
    if (canvas.width !== image.width) canvas.width = image.width;
    if (canvas.height !== image.height) canvas.height = image.height;
    canvas.getContext('2d', { willReadFrequently: true })?.putImageData(image, 0, 0);
    return canvas.transferToImageBitmap();
  }
}

const valuesOf = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();
