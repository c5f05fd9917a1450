import type { PlainObject } from '../../../src/model/plain';
import type { LayerCase, ModelRead, Problem, Reading, Site } from '../../../src/model/reading';
import type { Span } from '../../../src/model/span';

/** Readings made by hand, for what an editor is told of states that are hard to reach by source alone. */

export const PATH = '/p/net.ts';

/** Where `word` stands in `text` (its `nth` time, from 0). */
export function spanOf(text: string, word: string, nth = 0): Span {
  let start = -1;
  for (let found = 0; found <= nth; found++) start = text.indexOf(word, start + 1);
  if (start < 0) throw new Error(`'${word}' is not in the text`);
  return { start, end: start + word.length };
}

export const reading = (parts: Partial<Reading>): Reading => ({
  path: PATH,
  sites: [],
  models: [],
  tensors: [],
  trainings: [],
  problems: [],
  limits: [],
  ...parts,
});

export const made = (parts: Partial<LayerCase> & { readonly config?: PlainObject }): LayerCase => ({
  name: 'conv2d_Conv2D1',
  count: 1,
  config: {},
  calls: [],
  ...parts,
});

/** A site whose call is `call`, to be found in `text`; its name is the factory. */
export function site(text: string, call: string, parts: Partial<Site>): Site {
  const span = spanOf(text, call);
  const factory = parts.factory ?? 'conv2d';
  const name = spanOf(call, factory);
  const at = { start: span.start + name.start, end: span.start + name.end };
  return {
    id: `${PATH}#${at.start}`,
    name: at,
    call: span,
    applications: [],
    options: [],
    factory,
    className: 'Conv2D',
    cases: [],
    ...parts,
  };
}

/** A model whose call is `call`; its scope is the whole text. */
export function model(text: string, call: string, parts: Partial<ModelRead>): ModelRead {
  const span = spanOf(text, call);
  const name = spanOf(call, /model|sequential/.exec(call)?.[0] ?? call);
  const at = { start: span.start + name.start, end: span.start + name.end };
  return {
    id: `${PATH}#${at.start}`,
    name: at,
    call: span,
    scope: { start: 0, end: text.length },
    title: 'createModel',
    totalParams: 0,
    trainableParams: 0,
    nonTrainableParams: 0,
    graph: { name: 'sequential_1', kind: 'sequential', layers: [], nodes: [], inputs: [], outputs: [] },
    inputShapes: [],
    outputShapes: [],
    ...parts,
  };
}

export const problem = (span: Span, message: string): Problem => ({ span, severity: 'error', code: 'shape-mismatch', message });
