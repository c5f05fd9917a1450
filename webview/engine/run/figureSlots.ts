import { SLOTS, type Painter } from '../../draw/painter';
import type { Content } from './content';

/** Which row of the painter's table holds the figures of which content: an edit moves no figures. */
export class FigureSlots {
  private readonly slots = new Map<Content, number>();
  private readonly measured = new Set<Content>();
  private readonly free: number[] = [];
  private next = 0;

  constructor(private readonly painter: Painter) {}

  /** The content's row; undefined where the table is full. */
  slotOf(content: Content): number | undefined {
    const known = this.slots.get(content);
    if (known !== undefined) return known;
    const slot = this.free.pop() ?? (this.next < SLOTS ? this.next++ : undefined);
    if (slot !== undefined) this.slots.set(content, slot);
    return slot;
  }

  /** To be called when a content's figures were asked of the painter. */
  found(content: Content): void {
    this.measured.add(content);
  }

  isMeasured(content: Content): boolean {
    return this.measured.has(content);
  }

  /** Rows of the table in use: all are below this. */
  get count(): number {
    return this.next;
  }

  /** Forgets the figures of all but these. */
  retain(contents: ReadonlySet<Content>): void {
    for (const [content, slot] of this.slots) {
      if (contents.has(content)) continue;
      this.slots.delete(content);
      this.measured.delete(content);
      this.painter.forget(slot);
      this.free.push(slot);
    }
  }
}
