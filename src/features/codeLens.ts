import type { ModelRead, Reading } from '../model/reading';
import { showCount } from '../model/shape';
import type { Span } from '../model/span';
import { grouped } from './grouped';
import { helperLenses } from './helperLens';
import { Lines } from './lines';
import { modelFigures } from './modelFigures';
import { cut, shortName } from './writing';

/** What stands above a line: parts beside each other, those with an action to be clicked. */
export interface Lens {
  /** 0-based offset of what it stands above. */
  readonly anchor: number;
  readonly parts: readonly LensPart[];
}

export interface LensPart {
  readonly text: string;
  readonly action?: LensAction;
}

/** What a click does: something with a model (`ModelRead.id`), or a way to a place of the file. */
export type LensAction =
  | { readonly kind: 'run' | 'summary' | 'compare'; readonly id: string; readonly title: string }
  | { readonly kind: 'go'; readonly to: Span };

const MAX_NAMES = 3;
const MAX_REASON = 80;

/**
 * The lenses of a file, above its models and above the helpers that are called to make layers.
 * @param earlier the file as it was at git's HEAD, to tell how the parameters changed since
 */
export function codeLenses(reading: Reading, text: string, earlier?: Reading): readonly Lens[] {
  const lines = new Lines(text);
  const calls = grouped(reading.models, ({ name }) => name.start);
  const models = [...calls.values()].map((built) => modelLens(reading, text, built, lines, earlier));
  return [...models, ...helperLenses(reading)].sort((a, b) => a.anchor - b.anchor);
}

function modelLens(reading: Reading, text: string, built: readonly ModelRead[], lines: Lines, earlier: Reading | undefined): Lens {
  const sound = built.filter(({ error, graph }) => error === undefined && graph.stop === undefined);
  const shown = sound[0] ?? built[0];
  if (!shown) throw new Error('a lens of no model');
  const act = (kind: 'run' | 'summary' | 'compare', words: string): LensPart => ({
    text: words,
    action: { kind, id: shown.id, title: shown.title },
  });
  const anchor = anchorOf(reading, shown, text);
  const summary = act('summary', 'Summary');
  if (sound.length === 0) {
    const errors = errorsIn(reading, shown, lines);
    const rest = errors ? [errors] : [summary, ...reasonOf(shown)];
    return { anchor, parts: [act('run', runUpTo(reading, shown, lines)), ...rest] };
  }
  const open = (shown.leftOpen ?? []).map(({ name }) => shortName(name));
  const asked = open.slice(0, MAX_NAMES).join(', ') + (open.length > MAX_NAMES ? ', …' : '');
  const figures = { text: [modelFigures(sound), change(reading, sound, earlier)].filter((part) => part !== '').join(' · ') };
  return {
    anchor,
    parts:
      open.length > 0
        ? [act('run', `▶ Run… (asks ${asked})`), summary, figures]
        : [act('run', '▶ Run'), summary, act('compare', 'Compare…'), figures],
  };
}

/** Above the function, where it builds this model alone; else above the model's own call. */
function anchorOf({ models }: Reading, { name, call, variable, scope }: ModelRead, text: string): number {
  const others = models.filter(
    (other) => other.scope.start === scope.start && other.scope.end === scope.end && other.name.start !== name.start,
  );
  const isFunction = scope.start > 0 && BEFORE_A_FUNCTION.test(text.slice(text.lastIndexOf('\n', scope.start - 1) + 1, scope.start));
  return isFunction && others.length === 0 ? scope.start : Math.min(call.start, variable?.start ?? call.start);
}

/** What may stand before a function on its line where it is a thing of its own; before a callback stands the call that it is given to. */
const BEFORE_A_FUNCTION = /^\s*(?:export\s+(?:default\s+)?)?(?:[\w$.'"]+\s*[:=]\s*)?$/;

/** `▶ Run up to line 20`: the last layer, by the order in which they run, before the first of unknown output. */
function runUpTo({ path }: Reading, { graph }: ModelRead, lines: Lines): string {
  const failing = graph.nodes.findIndex(({ outputShape }) => outputShape === undefined);
  const before = graph.nodes.slice(0, failing < 0 ? undefined : failing).toReversed();
  for (const { layer } of before) {
    const id = graph.layers[layer]?.site?.id;
    if (id?.startsWith(`${path}#`)) return `▶ Run up to line ${lines.lineOf(Number(id.slice(path.length + 1)))}`;
  }
  return '▶ Run';
}

/** `1 shape error (line 21)`: what is wrong in the model's function, or at one of its layers. */
export function errorsIn({ problems, sites }: Reading, { scope, graph }: ModelRead, lines: Lines): LensPart | undefined {
  const own = new Set(graph.layers.map(({ site }) => site?.id));
  const helpers = sites.filter(({ id }) => own.has(id)).map(({ call }) => call);
  const errors = problems.filter(
    ({ severity, span }) => severity === 'error' && [scope, ...helpers].some(({ start, end }) => start <= span.start && span.end <= end),
  );
  const [first] = errors;
  if (!first) return undefined;
  const kind = errors.every(({ code }) => code === 'shape-mismatch') ? 'shape error' : 'error';
  const at = [...new Set(errors.map(({ span }) => lines.lineOf(span.start)))];
  const where = `${at.length === 1 ? 'line' : 'lines'} ${at.slice(0, MAX_NAMES).join(', ')}${at.length > MAX_NAMES ? ', …' : ''}`;
  return { text: `${errors.length} ${kind}${errors.length === 1 ? '' : 's'} (${where})`, action: { kind: 'go', to: first.span } };
}

const reasonOf = ({ error, graph }: ModelRead): readonly LensPart[] => {
  const reason = error ?? graph.stop;
  return reason === undefined ? [] : [{ text: cut(shortName(reason), MAX_REASON) }];
};

/** `+8,320 params since HEAD`, where the file had one model of that name then and has one now. */
function change({ models }: Reading, built: readonly ModelRead[], earlier: Reading | undefined): string {
  const [now, ...more] = built;
  if (!now || more.length > 0 || models.filter(({ title }) => title === now.title).length > 1) return '';
  const [then, ...others] = (earlier?.models ?? []).filter(({ title }) => title === now.title);
  if (!then || others.length > 0 || typeof then.totalParams !== 'number' || typeof now.totalParams !== 'number') return '';
  const grown = now.totalParams - then.totalParams;
  return grown === 0 ? '' : `${grown > 0 ? '+' : '-'}${showCount(Math.abs(grown))} params since HEAD`;
}
