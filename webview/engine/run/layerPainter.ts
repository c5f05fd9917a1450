import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from '../../draw/layout';
import type { Look, Painter, Statistics, Subject } from '../../draw/painter';
import { sheetOf, thumbnail } from '../../draw/sizes';
import type { Thumbnail, ThumbnailSheet } from '../contract/run';
import type { Shown } from './content';
import type { FigureSlots } from './figureSlots';

/** A layer's output, and what it is called. */
export interface Drawn {
  readonly shown: Shown;
  readonly tensor: tf.Tensor;
  readonly layout: Layout;
}

/** A layer's output that is seen in the list. */
export interface Seen extends Drawn {
  /** Of the step. */
  readonly key: string;
  readonly map: Look['map'];
}

/** Draws and measures layers' outputs, each with figures of its own. */
export class LayerPainter {
  constructor(
    private readonly painter: Painter,
    private readonly slots: FigureSlots,
  ) {}

  /** The layers' first maps, small, on one sheet; undefined where there are none. Layers for which the table of figures has no room are left out. */
  thumbnails(layers: readonly Seen[], ratio: number): ThumbnailSheet | undefined {
    const { maxSide } = this.painter;
    const small = layers
      .filter(({ shown }) => this.slots.slotOf(shown) !== undefined)
      .map((seen) => ({ ...seen, ...thumbnail(seen.layout, ratio, maxSide) }));
    if (small.length === 0) return undefined;
    const sizes = small.map(({ atlas }) => atlas.bands[0] ?? { width: 0, height: 0 });
    const { width, height, places } = sheetOf(sizes, ratio);
    const thumbnails = small.map(({ key, shown }, nth): Thumbnail => {
      const { width: wide, height: high } = sizes[nth] ?? { width: 0, height: 0 };
      return { key, content: shown, ...(places[nth] ?? { x: 0, y: 0 }), width: wide, height: high };
    });
    const bitmap = this.painter.paintSheet(width, height, (put) => {
      for (const [nth, one] of small.entries()) {
        const { x, y } = places[nth] ?? { x: 0, y: 0 };
        this.withSubject(one, (subject) => put(subject, one.atlas, { scale: 'shared', map: one.map }, x, y));
        this.slots.found(one.shown);
      }
    });
    return { bitmap, thumbnails };
  }

  /** Finds the figures of an output, where that was not done, and leaves them on the device. */
  measure(drawn: Drawn): void {
    if (this.slots.isMeasured(drawn.shown) || this.slots.slotOf(drawn.shown) === undefined) return;
    this.withSubject(drawn, (subject) => this.painter.measure(subject));
    this.slots.found(drawn.shown);
  }

  /** Figures of all of these that were measured. */
  async readTotals(those: Iterable<Shown>): Promise<ReadonlyMap<Shown, Statistics>> {
    const totals = await this.painter.readTotals(this.slots.count);
    const figures = new Map<Shown, Statistics>();
    for (const shown of those) {
      const total = this.slots.isMeasured(shown) ? totals[this.slots.slotOf(shown) ?? -1] : undefined;
      if (total) figures.set(shown, total);
    }
    return figures;
  }

  private withSubject<T>({ shown, tensor, layout }: Drawn, use: (subject: Subject) => T): T {
    const slot = this.slots.slotOf(shown);
    if (slot === undefined) throw new Error('This model has more layers than the panel draws.');
    if (tensor.dtype === 'float32') return use({ tensor, layout, slot });
    // Painters read floats; whole numbers and truth values are cast for the moment.
    const floats = tf.cast(tensor, 'float32');
    try {
      return use({ tensor: floats, layout, slot });
    } finally {
      floats.dispose();
    }
  }
}
