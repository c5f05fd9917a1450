import type { ModelRead, Reading, Site } from '../model/reading';
import type { Span } from '../model/span';
import { errorsIn } from './codeLens';
import { layersMade } from './counting';
import { grouped } from './grouped';
import { helperText } from './helperLens';
import { siteHint } from './inlayHints';
import { Lines } from './lines';
import { callEnd, nameAt } from './names';
import { modelSize } from './modelFigures';
import { isAutomatic, modelSteps, type ModelStep } from './modelSteps';
import { stepsText } from './stepText';
import { shortName } from './writing';

/** Something of a file that an editor lists beside functions and classes. */
export interface OutlineSymbol {
  readonly kind: 'model' | 'helper' | 'layer' | 'calls';
  readonly name: string;
  readonly detail: string;
  /** All of it; symbols below it lie within. */
  readonly span: Span;
  /** Where a click leads, within `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

type Symbols = readonly OutlineSymbol[];

/**
 * Models with their layers below them, and the helpers that make layers, each where it stands in this file. What a helper made for a model is one
 * entry at the helper's call; the helper lists its lines.
 */
export function documentSymbols(reading: Reading, text: string): Symbols {
  const file = new File(reading, text);
  const calls = [...grouped(reading.models, ({ name }) => name.start).values()];
  return nested([...calls.map((built) => file.model(built)), ...file.helpers()]);
}

/** One that lies in another one's span is below it. */
function nested(symbols: Symbols): Symbols {
  const open = [...symbols].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const roots: OutlineSymbol[] = [];
  for (let at = open.length - 1; at >= 0; at--) {
    const symbol = open[at];
    if (!symbol) continue;
    const around = open.slice(0, at).findLast(({ span }) => isWithin(symbol.span, span));
    if (around) open[open.indexOf(around)] = { ...around, children: inOrder([...around.children, symbol]) };
    else roots.unshift(symbol);
  }
  return roots;
}

const inOrder = (symbols: Symbols): Symbols => [...symbols].sort((a, b) => a.selection.start - b.selection.start);

class File {
  /** Spans of named functions that make layers. */
  readonly #helpers: readonly Span[];
  constructor(
    private readonly reading: Reading,
    private readonly text: string,
  ) {
    this.#helpers = reading.sites.flatMap(({ helperSpan }) => helperSpan ?? []);
  }

  /** The models that one call built: the sound one shown, its size a range where they differ. */
  model(built: readonly ModelRead[]): OutlineSymbol {
    const sound = built.filter(({ error, graph }) => error === undefined && graph.stop === undefined);
    const shown = sound[0] ?? built[0];
    if (!shown) throw new Error('a symbol of no model');
    const isAlone = !this.reading.models.some(({ scope, name }) => sameSpan(scope, shown.scope) && name.start !== shown.name.start);
    const isFunction = isAlone && !this.#isWholeFile(shown.scope);
    const children = inOrder([...this.#ownLayers(shown, isAlone), ...this.#calledBy(shown)]);
    const span = isFunction
      ? shown.scope
      : hull([shown.call, ...(shown.variable ? [shown.variable] : []), ...children.map((one) => one.span)]);
    const name = isFunction ? shown.title : this.#variableOf(shown);
    return {
      kind: 'model',
      name: shortName(name),
      detail: sound.length > 0 ? modelSize(sound) : this.#whyUnsound(shown),
      span,
      selection: isFunction ? this.#named(name, span) : (shown.variable ?? shown.name),
      children,
    };
  }

  #whyUnsound(model: ModelRead): string {
    const errors = errorsIn(this.reading, model, new Lines(this.text));
    if (errors) return `✗ ${errors.text}`;
    return model.error === undefined ? '?' : '✗ refused by TensorFlow.js';
  }

  /** Functions that make layers and build no model themselves. */
  helpers(): Symbols {
    const { sites, models } = this.reading;
    const groups = grouped(
      sites.filter(({ helperSpan }) => helperSpan !== undefined),
      ({ helperSpan }) => helperSpan?.start ?? 0,
    );
    return [...groups.values()].flatMap((own): Symbols => {
      const [{ helper, helperSpan: span } = {}] = own;
      if (helper === undefined || !span || models.some(({ name, scope }) => isWithin(name, span) && isWithin(scope, span))) return [];
      const children = own.filter(({ call }) => isWithin(call, span)).map((site) => this.#layer(site));
      return [{ kind: 'helper', name: shortName(helper), detail: helperText(own), span, selection: this.#named(helper, span), children }];
    });
  }

  /** Layers whose lines stand in the model's own function. */
  #ownLayers(model: ModelRead, isAlone: boolean): Symbols {
    const made = new Set(modelSteps(model.graph).map(({ site }) => site?.id));
    const others = this.reading.models.filter(({ name }) => name.start !== model.name.start);
    return this.reading.sites
      .filter(({ call }) => !others.some((other) => isWithin(call, other.call)))
      .filter(({ id, call }) => this.#isDirectlyIn(call, model.scope) && (made.has(id) || (isAlone && !this.#isWholeFile(model.scope))))
      .map((site) => this.#layer(site));
  }

  /** The calls in the model's own function that made layers elsewhere. */
  #calledBy(model: ModelRead): Symbols {
    const placed = modelSteps(model.graph).flatMap((step) => {
      const at = this.#callIn(model.scope, step);
      return at === undefined ? [] : [{ step, at }];
    });
    return [...grouped(placed, ({ at }) => at)].map(([at, made]) => {
      const selection = nameAt(this.text, at);
      const steps = made.map(({ step }) => step);
      return {
        kind: 'calls',
        name: shortName(this.#textOf(selection)),
        detail: stepsText(steps),
        span: { start: at, end: callEnd(this.text, selection.end) },
        selection,
        children: [],
      };
    });
  }

  /** The last call of the model's own function on the way to a layer that is made elsewhere. */
  #callIn(scope: Span, { callPath, site }: ModelStep): number | undefined {
    const offsets = [...callPath, ...(site ? [site.id] : [])].map((id) => this.#offsetOf(id));
    const own = offsets.findLastIndex((offset) => offset !== undefined && this.#isDirectlyIn({ start: offset, end: offset }, scope));
    // Where that is the layer's own line, there it is listed.
    return own < 0 || (site && own === offsets.length - 1) ? undefined : offsets[own];
  }

  #layer(site: Site): OutlineSymbol {
    const [hint] = siteHint(this.reading, site, 'shapesAndParameters');
    const [only] = site.cases;
    const isNamed = only && layersMade(site) === 1 && !isAutomatic(only.name, site.className);
    const name = isNamed ? `${shortName(only.name)} ${site.className}` : site.className;
    return { kind: 'layer', name: shortName(name), detail: hint?.label ?? '→ ?', span: site.call, selection: site.name, children: [] };
  }

  #isWholeFile = ({ start, end }: Span): boolean => start === 0 && end >= this.text.trimEnd().length;

  /** True in a function itself, not in another one that stands in it. */
  #isDirectlyIn(span: Span, scope: Span): boolean {
    return (
      isWithin(span, scope) && !this.#helpers.some((other) => isWithin(other, scope) && !sameSpan(other, scope) && isWithin(span, other))
    );
  }

  #offsetOf(id: string): number | undefined {
    const { path } = this.reading;
    return id.startsWith(`${path}#`) ? Number(id.slice(path.length + 1)) : undefined;
  }

  #variableOf = ({ variable, title }: ModelRead): string => (variable ? this.#textOf(variable) : title);

  #textOf = ({ start, end }: Span): string => this.text.slice(start, end);

  /** Where a function's name stands in it; its beginning where it has none there. */
  #named(name: string, span: Span): Span {
    const last = name.split('.').at(-1) ?? name;
    const head = this.text.slice(span.start, Math.min(span.end, span.start + MAX_HEAD));
    const found = new RegExp(`(?<![\\p{L}\\p{N}_$])${last.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}(?![\\p{L}\\p{N}_$])`, 'u').exec(head);
    const start = span.start + (found?.index ?? 0);
    return { start, end: start + (found ? last.length : 0) };
  }
}

/** Characters in which a function's name is looked for. */
const MAX_HEAD = 300;

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

const sameSpan = (one: Span, other: Span): boolean => one.start === other.start && one.end === other.end;

const hull = (spans: readonly Span[]): Span => ({
  start: Math.min(...spans.map(({ start }) => start)),
  end: Math.max(...spans.map(({ end }) => end)),
});
