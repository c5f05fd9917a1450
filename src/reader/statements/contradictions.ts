import { isRefused } from '../../layers/spec';
import { showShape, type Shape } from '../../model/shape';
import type { Machine } from '../machine';
import { sameValue } from '../state/choose';
import { Arr } from '../state/heap';
import { LayerValue, ModelValue, TensorValue, type Application } from '../tf/entities';
import type { CallPlace } from '../values/native';
import { isNumeric, Num } from '../values/num';
import { Unknown, clip, type Value } from '../values/values';
import type { Claim } from './book';
import type { NameStatement, Statement } from './fileStatements';
import { lineOf } from './values';

/** A known value beside the one that is stated. */
export function checkValue(m: Machine, statement: NameStatement, value: Value, stated: Value, at: CallPlace): void {
  if (agree(value, stated)) return;
  const [shown, told] = [show(value), show(stated)];
  if (shown === undefined || told === undefined) return;
  report(m, statement, at, `${clip(statement.text)} is ${shown} here${placeIn(m, statement, at)}, the comment states ${told}`);
}

/** Compares the shapes that comments state with those that came out. */
export function checkShapes(m: Machine): void {
  const alive = new Set(m.applications);
  for (const claim of m.statements.claims) {
    const wrong = applicationsOf(claim, alive)
      .map((application) => shapeOf(application, claim))
      .find((shape) => shape && !agreeShapes(shape, claim.stated));
    if (!wrong) continue;
    const { statement, name, at } = claim;
    const what = name === undefined ? 'the shape is' : `${clip(name)} is`;
    const told = statement.file.text.slice(statement.span.start, statement.span.end).replace(/^[^[]*/, '');
    report(m, statement, at, `${what} ${showShape(wrong)} here${placeIn(m, statement, at)}, the comment states ${clip(told)}`);
  }
}

function applicationsOf({ of }: Claim, alive: ReadonlySet<Application>): readonly Application[] {
  if (of instanceof TensorValue) return [of.application];
  if (of instanceof LayerValue) return of.history.filter((application) => alive.has(application) && application.literals.length === 0);
  if (of.versions) return [];
  const last = of.kind === 'sequential' ? of.state.applications.at(-1) : of.outputs.length === 1 ? of.outputs[0]?.application : undefined;
  return last ? [last] : [];
}

/** The shape of what a claim is about: numbers where they are known, null where a size is open or depends on something unknown. */
function shapeOf({ outcomes }: Application, { of }: Claim): Shape | undefined {
  const index = of instanceof TensorValue ? of.index : of instanceof ModelValue ? (of.outputs[0]?.index ?? 0) : 0;
  const shapes = outcomes.map((outcome) => {
    if (isRefused(outcome)) return undefined;
    const list = outcome.outputShape;
    return (Array.isArray(list[0]) ? list[index] : list) as Shape | undefined;
  });
  const known = shapes.filter((shape) => shape !== undefined);
  const [first] = known;
  if (!first || known.some((shape) => shape.length !== first.length)) return undefined;
  return first.map((size, axis) => (known.every((shape) => shape[axis] === size) ? size : null));
}

/** Sizes that either side leaves open agree with any. */
const agreeShapes = (actual: Shape, stated: readonly Value[]): boolean =>
  actual.length === stated.length &&
  actual.every((size, axis) => {
    const other = stated[axis];
    return size === null || typeof other !== 'number' || size === other;
  });

function agree(value: Value, stated: Value): boolean {
  if (value instanceof Unknown || stated instanceof Unknown || value instanceof Num || stated instanceof Num) return true;
  if (value instanceof Arr && stated instanceof Arr) {
    if (value.open || value.versions) return true;
    return value.items.length === stated.items.length && value.items.every((item, i) => agree(item, stated.items[i]));
  }
  return sameValue(value, stated);
}

/** A value as the source writes it; undefined for what has no short form. */
function show(value: Value): string | undefined {
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (isNumeric(value)) return clip(value.text);
  if (value instanceof Unknown) return clip(value.name);
  if (!(value instanceof Arr) || value.open || value.versions) return undefined;
  const items = value.items.map(show);
  return items.every((item) => item !== undefined) ? clip(`[${items.join(', ')}]`) : undefined;
}

/** ` (train.ts:8)`, and in the comment's own file ` (line 8)`. */
function placeIn(m: Machine, statement: Statement, at: CallPlace): string {
  const file = m.modules.get(at.path)?.file;
  if (!file) return '';
  const line = lineOf(file, at.start);
  return file === statement.file ? ` (line ${line})` : ` (${at.path.split('/').at(-1) ?? ''}:${line})`;
}

const MAX_MESSAGE = 600;

function report(m: Machine, { file, span }: Statement, at: CallPlace, message: string): void {
  const path = file.fileName;
  if (m.problems.some((one) => one.path === path && one.problem.code === CODE && one.problem.span.start === span.start)) return;
  m.problems.push({
    path,
    problem: {
      span,
      severity: 'warning',
      code: CODE,
      message: message.slice(0, MAX_MESSAGE),
      related: [{ at: { path: at.path, start: at.start, end: at.end }, message: 'the source tells otherwise here' }],
    },
  });
}

const CODE = 'shape-statement';
