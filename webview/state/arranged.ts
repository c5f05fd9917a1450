import type { PanelModel } from '../../src/protocol/panel';
import type { InputChoice } from '../engine/contract/run';

/** What a person arranged, and so what outlives a panel that is hidden or closed. Results never do: they are computed again. */
export interface Arranged {
  readonly scale: 'shared' | 'own';
  /** The view of a layer, by its tab's id. */
  readonly tab?: string;
  /** By `nameOf` a model, the most recent last. */
  readonly models: Readonly<Record<string, ArrangedModel>>;
}

export interface ArrangedModel {
  readonly selected?: string;
  readonly input?: InputChoice;
  /** Name of the file that the weights are from. Where it lies, the extension remembers. */
  readonly weights?: string | undefined;
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

/** Models that are remembered. */
const MOST_MODELS = 20;

const nothing: Arranged = { scale: 'shared', models: {} };

/** Reads what an earlier panel left, whichever version wrote it: what does not fit is as if it were not there. */
export const restoreArranged = (state: unknown): Arranged => {
  if (!isRecord(state) || !isRecord(state['models'])) return nothing;
  const entries = Object.entries(state['models']).flatMap(([id, model]) => (isRecord(model) ? [[id, restoreModel(model)] as const] : []));
  const { tab } = state;
  return {
    scale: state['scale'] === 'own' ? 'own' : 'shared',
    ...(typeof tab === 'string' ? { tab } : {}),
    models: Object.fromEntries(entries.slice(-MOST_MODELS)),
  };
};

const restoreModel = (model: Readonly<Record<string, unknown>>): ArrangedModel => {
  const { selected, input, weights, pixel } = model;
  return {
    ...(typeof selected === 'string' ? { selected } : {}),
    ...(isInput(input) ? { input } : {}),
    ...(typeof weights === 'string' ? { weights } : {}),
    ...(isPixel(pixel) ? { pixel } : {}),
  };
};

const isPixel = (value: unknown): value is ArrangedPixel =>
  isRecord(value) &&
  typeof value['key'] === 'string' &&
  [value['map'], value['row'], value['column']].every((index) => Number.isInteger(index) && Number(index) >= 0);

const isInput = (value: unknown): value is InputChoice =>
  isRecord(value) &&
  ((value['kind'] === 'digit' && Number.isInteger(value['digit']) && Number(value['digit']) >= 0 && Number(value['digit']) <= 9) ||
    (value['kind'] === 'random' && Number.isInteger(value['seed'])));

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
