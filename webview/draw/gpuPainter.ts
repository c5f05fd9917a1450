import type { DataId, Tensor } from '@tensorflow/tfjs-core';
import type { Atlas, Band } from './atlas';
import type { Layout } from './layout';
import type { Look, Painter, Statistics, Subject } from './painter';

/** What a painter needs of a GPU backend of TensorFlow.js: a tensor that is still in memory must be on the device to be drawn. */
export interface Uploads {
  uploadToGPU(dataId: DataId): void;
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
  protected abstract paintBand(subject: Subject, values: Values, maps: Figures, atlas: Atlas, band: Band, look: Look): ImageBitmap;
  protected abstract free(maps: Figures): void;

  measure(subject: Subject): void {
    if (!this.maps.has(subject.slot)) this.withValues(subject.tensor, (values) => this.measured(subject, values));
  }

  paint(subject: Subject, atlas: Atlas, look: Look): ImageBitmap[] {
    return this.withValues(subject.tensor, (values) => {
      const maps = this.measured(subject, values);
      return atlas.bands.map((band) => this.paintBand(subject, values, maps, atlas, band, look));
    });
  }

  forget(slot: number): void {
    const maps = this.maps.get(slot);
    if (maps) this.free(maps);
    this.maps.delete(slot);
  }

  dispose(): void {
    for (const slot of [...this.maps.keys()]) this.forget(slot);
  }

  private measured(subject: Subject, values: Values): Figures {
    const maps = this.maps.get(subject.slot) ?? this.measureValues(subject, values);
    this.maps.set(subject.slot, maps);
    return maps;
  }

  /** Gives `use` the tensor's values as a dense copy on the device, and frees that copy afterwards. */
  private withValues<T>(tensor: Tensor, use: (values: Values) => T): T {
    this.backend().uploadToGPU(tensor.dataId);
    const copy = tensor.dataToGPU();
    try {
      const values = this.valuesOf(copy);
      if (!values) throw new Error('TensorFlow.js gave no values to draw from.');
      return this.borrowed(() => use(values));
    } finally {
      copy.tensorRef.dispose();
    }
  }
}
