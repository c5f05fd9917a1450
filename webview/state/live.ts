import { signal } from '@preact/signals';

/** How long it takes from an edit in the source to the picture that shows it. */
export class Live {
  /** Milliseconds, of the last edit that was shown; undefined where the last run was no edit's. */
  readonly milliseconds = signal<number | undefined>(undefined);
  private editedAt: number | undefined;

  /** A model arrived whose source was changed so many milliseconds ago; undefined where it was shown for another reason. */
  arrived(ago: number | undefined): void {
    this.editedAt = ago === undefined ? undefined : performance.now() - ago;
    if (ago === undefined) this.milliseconds.value = undefined;
  }

  /** What the edit changed has been drawn: the clock stops when it is on the screen. Only the first call after an edit counts. */
  drawn(): void {
    const { editedAt } = this;
    this.editedAt = undefined;
    if (editedAt === undefined || document.hidden) return;
    requestAnimationFrame(() => {
      // A message is answered after the frame was painted.
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => {
        port1.close();
        this.milliseconds.value = performance.now() - editedAt;
      };
      port1.postMessage(null);
    });
  }
}
