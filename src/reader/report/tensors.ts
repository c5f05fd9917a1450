import type { ts } from 'ts-morph';
import type { TensorCase, TensorRead } from '../../model/reading';
import type { Shape } from '../../model/shape';
import type { Machine } from '../machine';
import { rankOfTensor, tensorAt, type EagerTensor } from '../tf/tensors/eager';
import type { TensorCall } from '../tf/tensors/log';
import { callerOf } from './caller';
import { Numbers } from './numbers';
import { siteId } from './sites';
import { assignedName, nodeSpanning } from './syntax';
import { whenOf } from './when';

/** Calls of one file that are reported; a file of more is data rather than a program. */
const MAX_READS = 2_000;

/** The calls of one file that give tensors, in the order of the source. */
export function tensorsOf(m: Machine, path: string, file: ts.SourceFile): readonly TensorRead[] {
  const bySite = new Map<number, TensorCall[]>();
  for (const call of m.tensors) {
    const { start } = call.origin.name;
    if (call.origin.path !== path) continue;
    const known = bySite.get(start);
    if (known) known.push(call);
    else if (bySite.size < MAX_READS) bySite.set(start, [call]);
  }
  return [...bySite.values()].map((calls) => readOf(m, path, file, calls)).sort((a, b) => a.name.start - b.name.start);
}

function readOf(m: Machine, path: string, file: ts.SourceFile, calls: readonly TensorCall[]): TensorRead {
  const [first] = calls;
  if (!first) throw new Error('a call without an answer');
  const { name, call } = first.origin;
  const node = nodeSpanning(file, call.start, call.end);
  const variable = node && assignedName(file, node);
  return { id: siteId(path, name), name, call, ...(variable ? { variable } : {}), op: first.op, cases: casesOf(m, path, calls) };
}

function casesOf(m: Machine, path: string, calls: readonly TensorCall[]): readonly TensorCase[] {
  const groups = new Map<string, { readonly shown: TensorCase; readonly calls: TensorCall[] }>();
  for (const call of calls) {
    const shown = shownOf(m, call);
    const key = JSON.stringify([shown.outputs, shown.dtypes, shown.unknown]);
    const known = groups.get(key);
    if (known) known.calls.push(call);
    else groups.set(key, { shown, calls: [call] });
  }
  return [...groups.values()].map(({ shown, calls: same }) => {
    const when = whenOf(same.map(({ origin }) => origin.literals));
    const callers = same.map(({ origin }) => callerOf(m, origin, path));
    const caller = callers.every((one) => one !== undefined) ? callers[0] : undefined;
    return {
      ...shown,
      ...(when === undefined ? {} : { when }),
      ...(caller === undefined ? {} : { caller }),
    };
  });
}

function shownOf(m: Machine, { inputs, outputs }: TensorCall): TensorCase {
  const shapes = outputs.map((tensor) => shapeOf(m, tensor));
  const unknowns = outputs.flatMap((tensor, i) => Numbers.over(m, tensor.dependsOn).namedIn(shapes[i]));
  const unknown = outputs.map((tensor) => tensor.unknown ?? (rankOfTensor(tensor) === undefined ? DIFFERS : undefined)).find(Boolean);
  return {
    inputs: inputs.map((tensor) => shapeOf(m, tensor)),
    outputs: shapes,
    dtypes: outputs.map((tensor) =>
      tensor.isDtypeOpen ? undefined : tensor.outcomes.map((_, k) => tensorAt(tensor, k)?.dtype).find(Boolean),
    ),
    ...(unknowns.length > 0 ? { unknowns: [...new Map(unknowns.map((one) => [one.name, one])).values()] } : {}),
    ...(unknown === undefined ? {} : { unknown }),
  };
}

const DIFFERS = 'its rank differs from one size to another';

export const shapeOf = (m: Machine, tensor: EagerTensor): Shape | undefined =>
  Numbers.over(m, tensor.dependsOn).shape(tensor.outcomes.map((_, k) => tensorAt(tensor, k)?.shape));
