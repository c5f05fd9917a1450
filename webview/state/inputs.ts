import { batch, computed, effect, signal } from '@preact/signals';
import { LIVE_LIMIT } from '../../src/protocol/panel';
import type { PadPoint } from '../engine/inputs/pad';
import { drawInk, penRadius } from '../engine/inputs/pad';
import type { PictureOptions } from '../engine/inputs/picture';
import type { FeedInfo } from '../engine/contract/input';
import { arrangedModel, nameOf } from './arranged';
import type { Arrangement } from './arrangement';
import { readPicture } from './pictureFile';
import type { Runs } from './running';
import { chosenFor, padSide, sourceOf, type Held, type Ink, type Source } from './sources';
import type { Store } from './store';

const FIRST_PICTURE: PictureOptions = { fit: 'crop', range: '0-1', inverted: false };

/** What is fed into the model's inputs: remembers what a person chose, holds pictures and drawings, and has the model run with them. */
export class Inputs {
  /** Why the last file was not taken, in words for people. */
  readonly refusal = signal<string | undefined>(undefined);
  /** True while a picture is being read. */
  readonly reading = signal(false);
  /** What a run with the drawing will take, milliseconds, where it takes too long to be run while it is drawn, and was not run yet. */
  readonly unrun = signal<number | undefined>(undefined);
  /** Something was drawn while a run was under way: it is run when that one has ended. */
  private waits = false;

  constructor(
    private readonly store: Store,
    private readonly arrangement: Arrangement,
    private readonly runs: Runs,
  ) {
    effect(() => {
      if (store.phase.value.kind === 'ready' && this.waits) this.runDrawn(false);
    });
    // A run that begins, for whatever reason, takes what was drawn by then.
    effect(() => {
      const phase = store.phase.value;
      if (phase.kind === 'running' && phase.done === 0) this.unrun.value = undefined;
    });
    // What was wrong with a file says nothing about the next model.
    effect(() => {
      if (store.model.value) this.refusal.value = undefined;
    });
  }

  /** By input, what is fed in. */
  readonly chosen = computed((): readonly { readonly feed: FeedInfo; readonly source: Source; readonly held: Held | undefined }[] =>
    (this.store.built.value?.feeds ?? []).map((feed) => {
      const held = this.store.heldFor(feed.name);
      return { feed, held, source: chosenFor(feed, this.wanted(feed.name), held, this.store.settings.value?.seed ?? 0) };
    }),
  );

  /** What the person chose, whether or not the input takes it at the moment. */
  wanted(feed: string): Source | undefined {
    return sourceOf(this.arranged().inputs ?? {}, feed);
  }

  choose(feed: string, source: Source): void {
    batch(() => {
      this.refusal.value = undefined;
      this.remember(feed, source);
    });
    this.runNow();
  }

  /** Reads a file and feeds it in; a file that is no picture changes nothing but `refusal`. */
  async choosePicture(feed: string, file: Blob, name: string): Promise<void> {
    const { model } = this.store;
    const asked = model.value && nameOf(model.value);
    this.reading.value = true;
    try {
      const pixels = await readPicture(file, name);
      if (asked !== undefined && (!model.value || nameOf(model.value) !== asked)) return;
      const before = this.wanted(feed);
      batch(() => {
        this.hold(feed, { picture: { name, pixels } });
        this.choose(feed, before?.kind === 'picture' ? before : { kind: 'picture', ...FIRST_PICTURE });
      });
    } catch (error) {
      this.refusal.value = error instanceof Error ? error.message : String(error);
    } finally {
      this.reading.value = false;
    }
  }

  /** The input that takes pictures: this one, or the first that does. */
  pictureFeed(name?: string): FeedInfo | undefined {
    const feeds = (this.store.built.value?.feeds ?? []).filter(({ picture }) => picture !== undefined);
    return feeds.find((feed) => feed.name === name) ?? feeds[0];
  }

  /**
   * Ink from one place to another. A new stroke does not wait for a run that shows an older one; within a stroke each run ends first.
   * A model whose run takes long is not run while it is drawn on.
   */
  draw(feed: FeedInfo, from: PadPoint, to: PadPoint, starts: boolean): void {
    const side = padSide(feed);
    if (side === undefined) return;
    const values = Float32Array.from(this.inkOf(feed.name, side).values);
    drawInk(values, side, from, to, penRadius(side));
    this.showInk(feed.name, { side, values }, starts);
  }

  clearDrawing(feed: FeedInfo): void {
    const side = padSide(feed);
    if (side !== undefined) this.showInk(feed.name, { side, values: new Float32Array(side * side) }, true);
  }

  /** Runs the model with what was drawn and waits. */
  runUnrun(): void {
    this.runNow();
  }

  /** What is on the pad of an input. */
  inkOf(feed: string, side: number): Ink {
    const ink = this.store.heldFor(feed)?.drawing;
    return ink?.side === side ? ink : { side, values: new Float32Array(side * side) };
  }

  setBatch(size: number): void {
    this.arrangement.changeModel({ batch: size, example: 0 });
    this.runs.rebuild();
  }

  /** Which example of the batch is shown. */
  setExample(example: number): void {
    this.arrangement.changeModel({ example });
    this.runs.runAgain();
  }

  /** Sizes for the axes of an input that its source leaves open. */
  setSizes(feed: FeedInfo, sizes: readonly number[]): void {
    this.arrangement.changeModel({ sizes: { ...this.arranged().sizes, [feed.name]: sizes } });
    this.runs.rebuild();
  }

  private arranged(): ReturnType<typeof arrangedModel> {
    const { model, arranged } = this.store;
    return model.value ? arrangedModel(arranged.value, nameOf(model.value)) : {};
  }

  private remember(feed: string, source: Source): void {
    this.arrangement.changeModel({ inputs: { ...this.arranged().inputs, [feed]: source } });
  }

  private hold(feed: string, change: Held): void {
    const { held } = this.store;
    const key = this.store.heldKey(feed);
    if (key !== undefined) held.value = new Map(held.value).set(key, { ...held.value.get(key), ...change });
  }

  private showInk(feed: string, drawing: Ink, now: boolean): void {
    batch(() => {
      this.hold(feed, { drawing });
      if (this.wanted(feed)?.kind !== 'drawing') this.remember(feed, { kind: 'drawing' });
    });
    this.runDrawn(now);
  }

  /** @param now a run that is under way is ended for it */
  private runDrawn(now: boolean): void {
    const expected = this.expected();
    this.waits = false;
    if (expected > LIVE_LIMIT) this.unrun.value = expected;
    else if (now || this.store.phase.peek().kind !== 'running') this.runNow();
    else this.waits = true;
  }

  /** What a run of all layers takes, as far as it is known, in milliseconds. */
  private expected(): number {
    const { ran, rows } = this.store;
    const last = ran.peek();
    if (!last) return 0;
    return last.first ? last.steady : [...rows.peek().values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  }

  private runNow(): void {
    this.waits = false;
    this.unrun.value = undefined;
    this.runs.runAgain();
  }
}
