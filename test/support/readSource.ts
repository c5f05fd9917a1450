import assert from 'node:assert/strict';
import { LineIndex } from '../../src/cli/lines';
import type { LayerCase, ModelRead, Reading, Site } from '../../src/model/reading';
import { isShapeList, showShape } from '../../src/model/shape';
import { readFile } from '../../src/reader/read';
import { DEFAULT_SETTINGS, type ReaderSettings } from '../../src/reader/workspace';
import { MemoryWorkspace } from './memoryWorkspace';

export const HEAD = "import * as tf from '@tensorflow/tfjs';\n";

/** Reads `/main.ts`, given as a text, or several files of which `/main.ts` is read. */
export function readSource(
  source: string | { readonly [path: string]: string },
  settings: ReaderSettings = DEFAULT_SETTINGS,
  path = '/main.ts',
): Reading {
  return readFile(path, new MemoryWorkspace(typeof source === 'string' ? { [path]: source } : source), settings).reading;
}

export function onlyModel(reading: Reading): ModelRead {
  const [model, ...more] = reading.models;
  assert.ok(model, `no model was read: ${JSON.stringify(reading.limits)}`);
  assert.equal(more.length, 0, 'one model was expected');
  return model;
}

/** `[null, 28, 28, 6] 156 ×2 when useBn`, as the annotations in the tests' sources have it. */
export function showCase(one: LayerCase): string {
  const shape =
    one.outputShape === undefined
      ? '?'
      : isShapeList(one.outputShape)
        ? one.outputShape.map(showShape).join(' ')
        : showShape(one.outputShape);
  const parts = [shape, String(one.params ?? '?')];
  if (one.count > 1) parts.push(`×${one.count}`);
  if (one.when !== undefined) parts.push(`when ${one.when}`);
  if (one.caller !== undefined) parts.push(`from ${one.caller}`);
  return parts.join(' ');
}

const showSite = (site: Site): string => site.cases.map(showCase).join(' | ') || `unknown: ${site.unknown ?? ''}`;

/**
 * Checks a source annotated like this: a line `//   ^ text` below a line says what the site that starts above the caret answers.
 * Every site must be annotated, and nothing else may be.
 */
export function check(annotated: string, others: { readonly [path: string]: string } = {}): Reading {
  const source = HEAD + annotated;
  const reading = readSource({ ...others, '/main.ts': source });
  const lines = new LineIndex(source);
  const expected = new Map<string, string>();
  let code = 0;
  source.split('\n').forEach((line, i) => {
    const match = /^(\s*\/\/\s*)\^+ (.*)$/.exec(line);
    if (match) expected.set(`${code}:${(match[1] ?? '').length + 1}`, match[2] ?? '');
    else code = i + 1;
  });
  const actual = new Map(
    reading.sites.map((site) => {
      const { line, column } = lines.at(site.name.start);
      return [`${line}:${column}`, showSite(site)];
    }),
  );
  assert.deepEqual(Object.fromEntries(actual), Object.fromEntries(expected));
  return reading;
}
