import { SLOTS, type Painter } from '../../draw/painter';
import type { Shown } from './content';

/** Which row of the painter's table holds the figures of what: an edit moves no figures. */
export class FigureSlots {
  private readonly slots = new Map<Shown, number>();
  private readonly measured = new Set<Shown>();
  private readonly free: number[] = [];
  private next = 0;

  constructor(private readonly painter: Painter) {}

  /** Its row; undefined where the table is full. */
  slotOf(shown: Shown): number | undefined {
    const known = this.slots.get(shown);
    if (known !== undefined) return known;
    const slot = this.free.pop() ?? (this.next < SLOTS ? this.next++ : undefined);
    if (slot !== undefined) this.slots.set(shown, slot);
    return slot;
  }

  /** To be called when its figures were asked of the painter. */
  found(shown: Shown): void {
    this.measured.add(shown);
  }

  isMeasured(shown: Shown): boolean {
    return this.measured.has(shown);
  }

  /** Rows of the table in use: all are below this. */
  get count(): number {
    return this.next;
  }

  /** Forgets the figures of all but these. */
  retain(those: ReadonlySet<Shown>): void {
    for (const [shown, slot] of this.slots) {
      if (those.has(shown)) continue;
      this.slots.delete(shown);
      this.measured.delete(shown);
      this.painter.forget(slot);
      this.free.push(slot);
    }
  }
}
