import type { DataId, Tensor } from '@tensorflow/tfjs-core';
import type { Atlas, Band } from './atlas';
import type { Layout } from './layout';
import type { Look, Painter, Put, Statistics, Subject } from './painter';

/** What a painter needs of a GPU backend of TensorFlow.js: a tensor that is still in memory must be on the device to be drawn. */
export interface Uploads {
  uploadToGPU(dataId: DataId): void;
}

/** All that the bands of one picture are drawn from. */
export interface Sheet<Values, Figures> {
  readonly subject: Subject;
  readonly values: Values;
  readonly maps: Figures;
  readonly order: Values | undefined;
  readonly marks: Values | undefined;
  readonly atlas: Atlas;
  readonly look: Look;
}

/** A map is cut into this many chunks at most, each of which one thread of the device sums up. */
const MOST_CHUNKS = 64;

/** @param least values that a thread sums up at least, where there are so many */
export const chunksOf = (layout: Layout, least: number): { readonly size: number; readonly count: number } => {
  const size = Math.max(least, Math.ceil(layout.values / MOST_CHUNKS));
  return { size, count: Math.max(1, Math.ceil(layout.values / size)) };
};

/**
 * What painting has in common on both GPU interfaces: figures are found once a subject and stay on the device, with the subject's slot.
 * `Values` is a tensor's values as the device's shaders read them, `Figures` what the device holds of a subject's maps.
 */
export abstract class GpuPainter<Values, Figures> implements Painter {
  abstract readonly maxSide: number;
  protected readonly maps = new Map<number, Figures>();

  constructor(private readonly backend: () => Uploads) {}

  abstract readTotals(slots: number): Promise<Statistics[]>;
  abstract readMaps(subject: Subject): Promise<Statistics[]>;

  protected abstract valuesOf(copy: ReturnType<Tensor['dataToGPU']>): Values | undefined;
  /** Runs `draw` in the state that drawing needs. */
  protected abstract borrowed<T>(draw: () => T): T;
  protected abstract measureValues(subject: Subject, values: Values): Figures;
  /** Makes the canvas an empty one of this size. */
  protected abstract begin(width: number, height: number): void;
  /** Draws onto the canvas, the band's left upper corner at `x` and `y`. */
  protected abstract drawBand(sheet: Sheet<Values, Figures>, band: Band, x: number, y: number): void;
  /** What is on the canvas; it is empty afterwards. */
  protected abstract end(): ImageBitmap;
  protected abstract free(maps: Figures): void;

  measure(subject: Subject): void {
    if (!this.maps.has(subject.slot)) this.withValues([subject.tensor], ([values]) => values && this.measured(subject, values));
  }

  paint(subject: Subject, atlas: Atlas, look: Look): ImageBitmap[] {
    return this.withSheet(subject, atlas, look, (sheet) =>
      atlas.bands.map((band) => {
        this.begin(band.width, band.height);
        this.drawBand(sheet, band, 0, 0);
        return this.end();
      }),
    );
  }

  paintSheet(width: number, height: number, fill: (put: Put) => void): ImageBitmap {
    this.begin(width, height);
    fill((subject, atlas, look, x, y) =>
      this.withSheet(subject, atlas, look, (sheet) => {
        const [band] = atlas.bands;
        if (band) this.drawBand(sheet, band, x, y);
      }),
    );
    return this.end();
  }

  forget(slot: number): void {
    const maps = this.maps.get(slot);
    if (maps) this.free(maps);
    this.maps.delete(slot);
  }

  dispose(): void {
    for (const slot of [...this.maps.keys()]) this.forget(slot);
  }

  private withSheet<T>(subject: Subject, atlas: Atlas, look: Look, use: (sheet: Sheet<Values, Figures>) => T): T {
    const { tensor, order, marks } = subject;
    return this.withValues([tensor, order, marks], ([values, ordered, marked]) => {
      if (!values) throw new Error('TensorFlow.js gave no values to draw from.');
      return use({ subject, values, maps: this.measured(subject, values), order: ordered, marks: marked, atlas, look });
    });
  }

  private measured(subject: Subject, values: Values): Figures {
    const maps = this.maps.get(subject.slot) ?? this.measureValues(subject, values);
    this.maps.set(subject.slot, maps);
    return maps;
  }

  /** Gives `use` the tensors' values as dense copies on the device, and frees those copies afterwards. */
  private withValues<T>(tensors: readonly (Tensor | undefined)[], use: (values: readonly (Values | undefined)[]) => T): T {
    const copies: ReturnType<Tensor['dataToGPU']>[] = [];
    try {
      const values = tensors.map((tensor) => {
        if (!tensor) return undefined;
        this.backend().uploadToGPU(tensor.dataId);
        const copy = tensor.dataToGPU();
        copies.push(copy);
        const found = this.valuesOf(copy);
        if (!found) throw new Error('TensorFlow.js gave no values to draw from.');
        return found;
      });
      return this.borrowed(() => use(values));
    } finally {
      for (const copy of copies) copy.tensorRef.dispose();
    }
  }
}
