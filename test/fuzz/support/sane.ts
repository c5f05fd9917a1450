import assert from 'node:assert/strict';
import { hoverAt } from '../../../src/features/hover';
import { inlayHints } from '../../../src/features/inlayHints';
import type { Reading } from '../../../src/model/reading';
import { readFile } from '../../../src/reader/read';
import { DEFAULT_SETTINGS } from '../../../src/reader/workspace';
import { MemoryWorkspace } from '../../support/memoryWorkspace';
import type { Files } from './realRun';

/** One piece of work may be charged after the last step that was allowed; no more than this. */
const LAST_CHARGE = 2_000;

/** Reads each file of a program that may be anything, and checks what holds of every reading. */
export function readSanely(files: Files): readonly Reading[] {
  const workspace = new MemoryWorkspace(files);
  return Object.entries(files).map(([path, text]) => {
    const { reading, steps } = readFile(path, workspace, DEFAULT_SETTINGS);
    const budget = DEFAULT_SETTINGS.stepBudget * Math.max(1, text.length / 250_000);
    assert.ok(steps <= budget + LAST_CHARGE, `${steps} steps of ${budget}`);
    assert.deepEqual(
      reading.limits.filter((limit) => limit.startsWith('the reader failed')),
      [],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(structuredClone(reading))), JSON.parse(JSON.stringify(reading)));
    checkSpans(reading, text);
    const whole = { start: 0, end: text.length };
    for (const content of ['shapes', 'shapesAndParameters'] as const) inlayHints(reading, whole, content);
    for (const { name, call } of reading.sites) for (const offset of [name.start, call.end]) hoverAt(reading, text, offset);
    for (const { name } of reading.models) hoverAt(reading, text, name.start);
    return reading;
  });
}

function checkSpans(reading: Reading, text: string): void {
  const spans = [
    ...reading.sites.flatMap(({ name, call, variable, applications }) => [name, call, ...(variable ? [variable] : []), ...applications]),
    ...reading.models.flatMap(({ name, call, scope }) => [name, call, scope]),
    ...reading.problems.map(({ span }) => span),
  ];
  for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
}
