import * as tf from '@tensorflow/tfjs-core';
import type { Atlas } from '../../draw/atlas';
import type { Layout } from '../../draw/layout';
import type { Look, Painter, Statistics, Subject } from '../../draw/painter';
import { thumbnail } from '../../draw/sizes';
import type { Content } from './content';
import type { FigureSlots } from './figureSlots';

/** A layer's output, and what it is called. */
export interface Drawn {
  readonly content: Content;
  readonly tensor: tf.Tensor;
  readonly layout: Layout;
}

/** Draws and measures layers' outputs, each with the figures of its content. */
export class LayerPainter {
  constructor(
    private readonly painter: Painter,
    private readonly slots: FigureSlots,
  ) {}

  private paint(drawn: Drawn, atlas: Atlas, look: Look): ImageBitmap[] {
    const bitmaps = this.withSubject(drawn, (subject) => this.painter.paint(subject, atlas, look));
    this.slots.found(drawn.content);
    return bitmaps;
  }

  /** The layer's first maps, small; undefined where the table of figures is full. */
  thumbnail(drawn: Drawn, ratio: number, map: Look['map']): ImageBitmap | undefined {
    if (this.slots.slotOf(drawn.content) === undefined) return undefined;
    const small = thumbnail(drawn.layout, ratio, this.painter.maxSide);
    return this.paint({ ...drawn, layout: small.layout }, small.atlas, { scale: 'shared', map })[0];
  }

  /** Finds the figures of an output, where that was not done, and leaves them on the device. */
  measure(drawn: Drawn): void {
    if (this.slots.isMeasured(drawn.content) || this.slots.slotOf(drawn.content) === undefined) return;
    this.withSubject(drawn, (subject) => this.painter.measure(subject));
    this.slots.found(drawn.content);
  }

  /** Figures of all contents that were measured. */
  async readTotals(contents: Iterable<Content>): Promise<ReadonlyMap<Content, Statistics>> {
    const totals = await this.painter.readTotals(this.slots.count);
    const figures = new Map<Content, Statistics>();
    for (const content of contents) {
      const total = this.slots.isMeasured(content) ? totals[this.slots.slotOf(content) ?? -1] : undefined;
      if (total) figures.set(content, total);
    }
    return figures;
  }

  private withSubject<T>({ content, tensor, layout }: Drawn, use: (subject: Subject) => T): T {
    const slot = this.slots.slotOf(content);
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
