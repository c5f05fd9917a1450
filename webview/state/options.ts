import type { GraphLayer, ModelGraph } from '../../src/model/graph';
import type { PlainObject } from '../../src/model/plain';
import type { StepInfo } from '../engine/contract/program';

/** The options that a layer's call in the source gives it; empty where the layer is none of the source's. */
export const optionsOf = (graph: ModelGraph, { name, path, site }: Pick<StepInfo, 'name' | 'path' | 'site'>): PlainObject => {
  if (!site) return {};
  const layers = path.reduce<readonly GraphLayer[]>(
    (around, model) => around.find((layer) => layer.name === model)?.model?.layers ?? [],
    graph.layers,
  );
  return layers.find((layer) => layer.name === name)?.options ?? {};
};

/** Options that say how a window slides, in the order in which one thinks of them. */
const OF_WINDOWS = ['kernelSize', 'poolSize', 'strides', 'padding', 'dilationRate'] as const;

/** What holds where the source is silent; of the others nothing is said then. */
const USUAL: Readonly<Record<'convolution' | 'pool', Readonly<Partial<Record<(typeof OF_WINDOWS)[number], string>>>>> = {
  convolution: { strides: '1', padding: 'valid' },
  pool: { poolSize: '2', strides: 'poolSize', padding: 'valid' },
};

export interface ShownOption {
  readonly option: string;
  /** `5`, `2×2`, `same`. */
  readonly value: string;
  /** False where the source does not write it, and TensorFlow.js' own value holds. */
  readonly written: boolean;
}

/** How a layer's window slides: what the source writes, and what holds where it is silent. Empty for layers without a window. */
export const windowOptions = (className: string, options: PlainObject): readonly ShownOption[] => {
  const kind = /^(Max|Average)Pooling/.test(className) ? 'pool' : /Conv/.test(className) ? 'convolution' : undefined;
  if (kind === undefined) return [];
  return OF_WINDOWS.flatMap((option): ShownOption[] => {
    const value = options[option] ?? undefined;
    if (value !== undefined) return [{ option, value: showOption(value), written: true }];
    const usual = USUAL[kind][option];
    return usual === undefined ? [] : [{ option, value: usual, written: false }];
  });
};

/** A list of equal sizes is shown as TensorFlow.js takes it in short: `[5, 5]` as `5`. */
const showOption = (value: unknown): string => {
  if (Array.isArray(value)) return value.every((one) => one === value[0]) && value.length > 0 ? String(value[0]) : value.join('×');
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 20) : '?';
};
