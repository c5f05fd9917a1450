import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { cellWithin, elementAt, type Cell } from '../draw/cells';
import type { FieldPart, PixelJob, PixelMap, PixelMapJob, PixelPlace, PixelReport } from '../engine/contract/pixel';
import type { StepInfo } from '../engine/contract/program';
import type { Arrangement } from './arrangement';
import { arrangedModel, nameOf } from './arranged';
import type { EngineKeeper } from './engineKeeper';
import { Resource } from './resource';
import type { Store } from './store';

/** One value of one layer, as a person points at it. */
export interface ChosenPixel extends Cell {
  readonly key: string;
}

/** What the dock's picture shows: one of the model's inputs, or what the layer itself reads. */
export interface ShownPart {
  readonly from: 'input' | 'layer';
  readonly index: number;
}

/** The value under the pointer, and the value that was chosen by a click, with all that is told about it. */
export class Pixel {
  readonly part = signal<ShownPart>({ from: 'input', index: 0 });
  /** The channel of the shown part; the one that counts most where the person chose none. */
  readonly channel = signal<number | undefined>(undefined);
  readonly hovering = signal<ChosenPixel | undefined>(undefined);
  /** Counts runs: the same question has another answer after each. */
  private readonly runs = signal(0);

  /** What is chosen, brought back into the layer where it became smaller; undefined where nothing is, or its layer is gone. */
  readonly chosen = computed((): ChosenPixel | undefined => {
    const { model, arranged } = this.store;
    const wanted = model.value && arrangedModel(arranged.value, nameOf(model.value)).pixel;
    const layout = wanted && this.stepOf(wanted.key)?.layout;
    return wanted && layout ? { key: wanted.key, ...cellWithin(layout, wanted) } : undefined;
  });

  readonly step = computed((): StepInfo | undefined => this.stepOf(this.chosen.value?.key));
  readonly report: Resource<PixelJob & OfRun, PixelReport>;
  readonly picture: Resource<PixelMapJob & OfRun, PixelMap>;
  readonly hover: Resource<PixelPlace & OfRun, number>;

  constructor(
    private readonly store: Store,
    keeper: EngineKeeper,
    private readonly arrangement: Arrangement,
  ) {
    effect(() => {
      if (store.ran.value) this.runs.value = this.runs.peek() + 1;
    });
    this.report = new Resource(
      asked(() => this.wantedReport()),
      keeper,
      (job, engine, stop) => engine.request('pixel', job, stop),
    );
    this.picture = new Resource(
      asked(() => this.wantedPicture()),
      keeper,
      (job, engine, stop) => engine.request('pixelMap', job, stop),
    );
    this.hover = new Resource(
      asked(() => this.wantedHover()),
      keeper,
      (place, engine, stop) => engine.request('pixelValue', place, stop),
    );
  }

  /** What the picture shows of; undefined where nothing is chosen yet. */
  readonly shownPart = computed((): FieldPart | undefined => {
    const report = this.report.state.value.value;
    const { from, index } = this.part.value;
    const parts = from === 'input' ? report?.inputs : report?.parents;
    return parts?.[index] ?? report?.inputs[0] ?? report?.parents[0];
  });

  choose(pixel: ChosenPixel): void {
    if (pixel.key !== this.chosen.peek()?.key) this.channel.value = undefined;
    this.arrangement.changeModel({ pixel });
  }

  /** Slides the window by rows and columns, as far as there are any. */
  slide(rows: number, columns: number): void {
    const chosen = this.chosen.peek();
    if (chosen) this.place({ row: chosen.row + rows, column: chosen.column + columns });
  }

  /** Slides the window one place on, row by row. @returns false where it is at the map's end, and stays there */
  next(): boolean {
    const chosen = this.chosen.peek();
    const layout = this.step.peek()?.layout;
    if (!chosen || !layout) return false;
    const { row, column } = chosen;
    const inRow = column + 1 < layout.width;
    if (!inRow && row + 1 >= layout.height) return false;
    this.place(inRow ? { column: column + 1 } : { row: row + 1, column: 0 });
    return true;
  }

  place(change: Partial<Cell>): void {
    const chosen = this.chosen.peek();
    const layout = this.step.peek()?.layout;
    if (chosen && layout) this.choose({ key: chosen.key, ...cellWithin(layout, { ...chosen, ...change }) });
  }

  show(part: ShownPart): void {
    this.part.value = part;
    this.channel.value = undefined;
  }

  close(): void {
    this.arrangement.changeModel({ pixel: undefined });
  }

  pointAt(pixel: ChosenPixel | undefined): void {
    const before = this.hovering.peek();
    const same = before?.key === pixel?.key && before?.map === pixel?.map && before?.row === pixel?.row && before?.column === pixel?.column;
    if (!same) this.hovering.value = pixel;
  }

  private stepOf(key: string | undefined): StepInfo | undefined {
    return this.store.built.value?.steps.find((step) => step.key === key);
  }

  private placed(pixel: ChosenPixel | undefined): (PixelPlace & OfRun) | undefined {
    const step = this.stepOf(pixel?.key);
    const ran = this.store.ran.value !== undefined && this.runs.value > 0;
    const drawn = pixel && this.store.rows.value.get(pixel.key)?.content !== undefined;
    if (!pixel || !ran || !drawn || !step?.layout || !step.shape) return undefined;
    return { key: pixel.key, at: elementAt(step.layout, step.shape, pixel), example: this.store.example.value, run: this.runs.value };
  }

  private readByLayer(part: FieldPart | undefined): boolean {
    const parents = this.report.state.peek().value?.parents ?? [];
    return parents.some((parent) => parent.key === part?.key);
  }

  private wantedReport(): (PixelJob & OfRun) | undefined {
    const placed = this.placed(this.chosen.value);
    const channel = this.channel.value;
    // A picture of what the layer reads shows the channel of its window; an input that lies further back has channels of its own.
    return placed && { ...placed, channel: this.readByLayer(this.shownPart.peek()) ? channel : undefined };
  }

  private wantedPicture(): (PixelMapJob & OfRun) | undefined {
    const part = this.shownPart.value;
    const layout = this.stepOf(part?.key)?.layout;
    if (!part || !layout || !this.store.ran.value) return undefined;
    const window = this.report.state.value.value?.recomputed.arithmetic.window;
    const usual = this.readByLayer(part) ? (window?.channel ?? 0) : 0;
    const map = layout.kind === 'maps' ? Math.min(this.channel.value ?? usual, layout.count - 1) : 0;
    return { key: part.key, map, example: this.store.example.value, run: this.runs.value };
  }

  private wantedHover(): (PixelPlace & OfRun) | undefined {
    return this.store.phase.value.kind === 'ready' ? this.placed(this.hovering.value) : undefined;
  }
}

/** Which run a question is about: asked after another run, it is another question. */
interface OfRun {
  readonly run: number;
}

/** What is wanted, as a signal that changes only where the question does, however often it is worked out. */
const asked = <T extends object>(wanted: () => T | undefined): ReadonlySignal<T | undefined> => {
  const text = computed(() => {
    const question = wanted();
    return question && JSON.stringify(question);
  });
  return computed(() => (text.value === undefined ? undefined : (JSON.parse(text.value) as T)));
};
