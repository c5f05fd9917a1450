import type { PanelModel } from '../../src/protocol/panel';
import { restoreSource, type Source } from './sources';
import { restoreTiles, type TileChoices } from './tileChoices';

/** What a person arranged, and so what outlives a panel that is hidden or closed. Results never do: they are computed again. */
export interface Arranged {
  readonly scale: 'shared' | 'own';
  /** The view of a layer, by its tab's id. */
  readonly tab?: string;
  /** How tiles are shown. */
  readonly tiles?: TileChoices;
  /** How the layers stand. */
  readonly layers?: 'list' | 'graph';
  /** The share of the width that the layers take. */
  readonly part?: number;
  /** By `nameOf` a model, the most recent last. */
  readonly models: Readonly<Record<string, ArrangedModel>>;
}

export interface ArrangedModel {
  readonly selected?: string;
  /** Name of the file that the weights are from. Where it lies, the extension remembers. */
  readonly weights?: string | undefined;
  /** By input, what is fed in. */
  readonly inputs?: Readonly<Record<string, Source>>;
  /** Examples that run at once, and which of them is shown. */
  readonly batch?: number;
  readonly example?: number;
  /** By input, sizes for the axes that its source leaves open. */
  readonly sizes?: Readonly<Record<string, readonly number[]>>;
  /** Folds that were opened (true) or closed, by their ids. */
  readonly folds?: Readonly<Record<string, boolean>>;
  /** The value that the dock tells about; undefined where it is closed. */
  readonly pixel?: ArrangedPixel | undefined;
}

/** A layer's key, and a place in its pictures. */
export interface ArrangedPixel {
  readonly key: string;
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

/** What a person takes for the same model: its file and what it is called. (Its id changes with every edit above it.) */
export const nameOf = ({ id, title }: PanelModel): string => `${id.slice(0, id.lastIndexOf('#'))}#${title}`;

/** What the layers may take of the width, and what they take where no one said. */
export const PART_LEAST = 0.15;
export const PART_MOST = 0.75;
export const PART_USUAL = 0.4;

/** The share of the width that the layers take. */
export const partOf = ({ part }: Arranged): number => part ?? PART_USUAL;

/** Models that are remembered. */
const MOST_MODELS = 20;

const nothing: Arranged = { scale: 'shared', models: {} };

/** Reads what an earlier panel left, whichever version wrote it: what does not fit is as if it were not there. */
export const restoreArranged = (state: unknown): Arranged => {
  if (!isRecord(state) || !isRecord(state['models'])) return nothing;
  const entries = Object.entries(state['models']).flatMap(([id, model]) => (isRecord(model) ? [[id, restoreModel(model)] as const] : []));
  const { tab, layers, part } = state;
  return {
    scale: state['scale'] === 'own' ? 'own' : 'shared',
    ...(typeof tab === 'string' ? { tab } : {}),
    ...(state['tiles'] === undefined ? {} : { tiles: restoreTiles(state['tiles']) }),
    ...(layers === 'list' || layers === 'graph' ? { layers } : {}),
    ...(typeof part === 'number' && part >= PART_LEAST && part <= PART_MOST ? { part } : {}),
    models: Object.fromEntries(entries.slice(-MOST_MODELS)),
  };
};

const restoreModel = (model: Readonly<Record<string, unknown>>): ArrangedModel => {
  const { selected, weights, pixel, inputs, batch, example, sizes, folds } = model;
  return {
    ...(typeof selected === 'string' ? { selected } : {}),
    ...(typeof weights === 'string' ? { weights } : {}),
    ...(isRecord(inputs) ? { inputs: restoreEach(inputs, restoreSource) } : {}),
    ...(isWhole(batch, 1, MOST_EXAMPLES) ? { batch } : {}),
    ...(isWhole(example, 0, MOST_EXAMPLES - 1) ? { example } : {}),
    ...(isRecord(sizes) ? { sizes: restoreEach(sizes, restoreSizes) } : {}),
    ...(isPixel(pixel) ? { pixel } : {}),
    ...(isRecord(folds)
      ? { folds: Object.fromEntries(Object.entries(folds).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')) }
      : {}),
  };
};

const isPixel = (value: unknown): value is ArrangedPixel =>
  isRecord(value) &&
  typeof value['key'] === 'string' &&
  [value['map'], value['row'], value['column']].every((index) => Number.isInteger(index) && Number(index) >= 0);

const MOST_EXAMPLES = 16;
const LARGEST_SIZE = 8192;

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const restoreSizes = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.every((size) => isWhole(size, 1, LARGEST_SIZE)) ? value : undefined;

/** Each entry that fits. */
const restoreEach = <T>(record: Readonly<Record<string, unknown>>, restore: (value: unknown) => T | undefined): Record<string, T> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      const restored = restore(value);
      return restored === undefined ? [] : [[name, restored] as const];
    }),
  );

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** With a model's arrangement changed; the model becomes the most recent. */
export const arrangeModel = (arranged: Arranged, name: string, change: ArrangedModel): Arranged => {
  const others = Object.entries(arranged.models).filter(([other]) => other !== name);
  const mine = { ...(Object.hasOwn(arranged.models, name) ? arranged.models[name] : {}), ...change };
  return { ...arranged, models: Object.fromEntries([...others, [name, mine] as const].slice(-MOST_MODELS)) };
};

export const arrangedModel = (arranged: Arranged, name: string): ArrangedModel =>
  (Object.hasOwn(arranged.models, name) ? arranged.models[name] : undefined) ?? {};
