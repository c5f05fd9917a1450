import type { Severity } from '../model/reading';
import type { BackendChoice } from './panel';

/** What a person can set under `layerscope.`, as both the extension and the language server see it. package.json describes each to people. */
export interface Settings {
  /** Off: no hints, no hovers, no process. */
  readonly enable: boolean;
  readonly hover: { readonly enabled: boolean };
  readonly inlayHints: {
    readonly content: HintContent;
    readonly position: HintPosition;
  };
  readonly codeLens: { readonly enabled: boolean };
  readonly diagnostics: {
    readonly enabled: boolean;
    /** By the code of a problem; what is not named has the severity of its kind, hints then being off. */
    readonly severity: { readonly [code: string]: SeverityChoice };
  };
  /** The tree of models. */
  readonly models: { readonly followCaret: boolean };
  /** Models and layers in the editor's own outline, breadcrumbs and list of symbols. */
  readonly outline: { readonly enabled: boolean };
  /** Hints and hovers keep their answers back until they are asked for. */
  readonly quiz: { readonly enabled: boolean };
  readonly reader: {
    /** Steps of interpretation a file may take. */
    readonly stepBudget: number;
    /** Seconds after which a reading is given up. */
    readonly timeLimit: number;
  };
  readonly panel: {
    readonly backend: BackendChoice;
    /** Of fresh weights and random inputs. */
    readonly seed: number;
    /** Megabytes (1,048,576 bytes) of activations that may be kept on the device at once. */
    readonly activationBudget: number;
    /** Shows the model anew while its source is edited. */
    readonly live: boolean;
    /** Shows dead and duplicate units of the last run as hints at their source lines. */
    readonly unitHints: boolean;
  };
}

/** What a problem of one code is shown as. */
export type SeverityChoice = Severity | 'off';

export type HintContent = 'off' | 'shapes' | 'shapesAndParameters' | 'shapesParametersAndMacs';

/** `lineEnd` moves no code; `call` stands right behind the call's parenthesis. */
export type HintPosition = 'lineEnd' | 'call';

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  hover: { enabled: true },
  inlayHints: { content: 'shapesAndParameters', position: 'lineEnd' },
  codeLens: { enabled: true },
  diagnostics: { enabled: true, severity: {} },
  models: { followCaret: true },
  outline: { enabled: true },
  quiz: { enabled: false },
  reader: { stepBudget: 2_000_000, timeLimit: 10 },
  panel: { backend: 'auto', seed: 42, activationBudget: 512, live: true, unitHints: true },
};

/** The section that all settings stand in. */
export const SECTION = 'layerscope';

/** The values a setting with a closed list may take. */
export const CHOICES: { readonly [key: string]: readonly string[] } = {
  'inlayHints.content': ['off', 'shapes', 'shapesAndParameters', 'shapesParametersAndMacs'] satisfies readonly HintContent[],
  'inlayHints.position': ['lineEnd', 'call'] satisfies readonly HintPosition[],
  'panel.backend': ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'] satisfies readonly BackendChoice[],
};

/** The values that each entry of a setting may take which is an object with keys of a person's choice. */
export const ENTRIES: { readonly [key: string]: readonly string[] } = {
  'diagnostics.severity': ['error', 'warning', 'information', 'hint', 'off'] satisfies readonly SeverityChoice[],
};

/** Smallest and largest value of each number. */
export const LIMITS: { readonly [key: string]: readonly [number, number] } = {
  'reader.stepBudget': [10_000, 100_000_000],
  'reader.timeLimit': [1, 120],
  'panel.seed': [0, 2 ** 32 - 1],
  'panel.activationBudget': [16, 16_384],
};

/** Settings out of whatever a client sends: what is missing or of another kind is the default, numbers are kept in their limits. */
export const readSettings = (section: unknown): Settings => readGroup('', section, DEFAULT_SETTINGS) as Settings;

function readGroup(prefix: string, given: unknown, defaults: object): object {
  const values = asObject(given);
  const read = Object.entries(defaults).map(([name, fallback]: [string, unknown]) => {
    const key = prefix + name;
    const entries = ENTRIES[key];
    if (entries) return [name, readEntries(values[name], entries)];
    return [
      name,
      typeof fallback === 'object' && fallback !== null
        ? readGroup(`${key}.`, values[name], fallback)
        : readValue(key, values[name], fallback),
    ];
  });
  return Object.fromEntries(read) as object;
}

function readValue(key: string, value: unknown, fallback: unknown): unknown {
  if (typeof value !== typeof fallback) return fallback;
  const choices = CHOICES[key];
  if (choices) return choices.includes(String(value)) ? value : fallback;
  if (typeof value !== 'number') return value;
  const [least, most] = LIMITS[key] ?? [-Infinity, Infinity];
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
}

const readEntries = (given: unknown, choices: readonly string[]): object =>
  Object.fromEntries(Object.entries(asObject(given)).filter(([, value]) => typeof value === 'string' && choices.includes(value)));

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
