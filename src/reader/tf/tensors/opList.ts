import { isOp } from '../../../layers/ops/names';
import type { OpBatch, OpList, OpNumber, OpOperand, OpRef, OpStep } from '../../../model/ops';
import type { Shape } from '../../../model/shape';
import type { Machine } from '../../machine';
import { Num } from '../../values/num';
import { Unknown } from '../../values/values';
import type { EagerTensor, OpCall } from './eager';
import { EagerTensor as Tensor } from './eager';
import { isInputList, OpRecord, type OpInput } from './inputs';
import { isOpenSize, openSize } from './openSizes';

/** A list longer than this is no layer that a panel should run. */
const MAX_STEPS = 400;

/** Thrown where a tensor has no place in a straight line of ops. */
class NoList extends Error {}

/** Methods that are another function of `tf`, with the arguments that this one takes. */
const AS_FUNCTION: Readonly<Record<string, (self: OpInput, rest: readonly OpInput[]) => readonly [string, readonly OpInput[]]>> = {
  toFloat: (self) => ['cast', [self, 'float32']],
  toInt: (self) => ['cast', [self, 'int32']],
  toBool: (self) => ['cast', [self, 'bool']],
  flatten: (self) => ['reshape', [self, [-1]]],
  as1D: (self) => ['reshape', [self, [-1]]],
  asScalar: (self) => ['reshape', [self, []]],
  as2D: (self, rest) => ['reshape', [self, rest]],
  as3D: (self, rest) => ['reshape', [self, rest]],
  as4D: (self, rest) => ['reshape', [self, rest]],
  as5D: (self, rest) => ['reshape', [self, rest]],
  asType: (self, rest) => ['cast', [self, ...rest]],
  // The method's tensor is what is taken where the condition holds; the function has the condition first.
  where: (self, [condition, other]) => ['where', [condition, self, other]],
  resizeBilinear: (self, rest) => ['image.resizeBilinear', [self, ...rest]],
  resizeNearestNeighbor: (self, rest) => ['image.resizeNearestNeighbor', [self, ...rest]],
  concat: (self, [others, axis]) => [
    'concat',
    [[self, ...(isInputList(others ?? null) ? (others as readonly OpInput[]) : [others])], axis],
  ],
  stack: (self, [others, axis]) => ['stack', [[self, ...(isInputList(others ?? null) ? (others as readonly OpInput[]) : [others])], axis]],
};

/** The straight line of ops that leads to these tensors; why there is none, where there is none. `shapeOf` tells a tensor's shape for people. */
export function opListOf(
  m: Machine,
  outputs: readonly EagerTensor[],
  shapeOf?: (tensor: EagerTensor) => Shape | undefined,
): OpList | string {
  const builder = new Builder(m, shapeOf);
  try {
    const refs = outputs.map((tensor) => builder.refTo(tensor));
    return { steps: builder.steps, outputs: refs };
  } catch (error) {
    if (error instanceof NoList) return error.message;
    throw error;
  }
}

class Builder {
  readonly steps: OpStep[] = [];
  readonly #indices = new Map<OpCall, number>();

  constructor(
    private readonly m: Machine,
    private readonly shapeOf: ((tensor: EagerTensor) => Shape | undefined) | undefined,
  ) {}

  refTo({ source, unknown, outcomes }: EagerTensor): OpRef {
    if (outcomes.length === 0) throw new NoList(unknown ?? 'a shape in it is not known');
    if (source.kind === 'input') return { $input: source.index };
    if (source.kind === 'weight') return { $weight: source.name };
    if (source.kind === 'other') throw new NoList(source.why);
    return { $step: this.#stepOf(source.call), index: source.index };
  }

  #stepOf(call: OpCall): number {
    const known = this.#indices.get(call);
    if (known !== undefined) return known;
    const [op, inputs] = asFunction(call);
    const args = inputs.map((input) => this.#operand(input));
    if (this.steps.length >= MAX_STEPS) throw new NoList(`it has more than ${MAX_STEPS} ops`);
    const shapes = (call.outputs ?? []).map((tensor) => this.shapeOf?.(tensor) ?? []);
    const { path, start, end } = call.at;
    this.steps.push({ op, args, outputShape: shapes.length === 1 ? (shapes[0] ?? []) : shapes, at: { path, start, end } });
    this.#indices.set(call, this.steps.length - 1);
    return this.steps.length - 1;
  }

  #operand(input: OpInput): OpOperand {
    if (input instanceof Tensor) return this.refTo(input);
    if (input instanceof Num) return this.#number(input);
    if (input instanceof Unknown) throw new NoList(`${input.name}: ${input.reason}`);
    if (isInputList(input)) return input.map((item) => this.#operand(item));
    if (input instanceof OpRecord) return Object.fromEntries([...input.entries].map(([key, item]) => [key, this.#operand(item)]));
    // JSON has no word for these.
    if (typeof input === 'number' && !Number.isFinite(input)) return { $number: String(input) as OpNumber['$number'] };
    return input === undefined ? null : input;
  }

  /** A number that the batch decides, where it does so in a straight line; else one that the source leaves open. */
  #number(num: Num): OpOperand {
    const keys = [...num.dependsOn];
    if (!keys.some(isOpenSize)) return { $unknown: num.text, reason: 'it depends on a number that the source does not tell' };
    const batch = openSize(this.m, 0);
    const line = keys.length === 1 && batch.dependsOn.has(keys[0] ?? '') ? lineThrough(batch.samples, num.samples) : undefined;
    if (!line) throw new NoList('a size in it depends on the batch in a way that is not followed');
    return line;
  }
}

function asFunction({ op, isMethod, args }: OpCall): readonly [string, readonly OpInput[]] {
  const [self, ...rest] = args;
  const known = isMethod && Object.hasOwn(AS_FUNCTION, op) ? AS_FUNCTION[op]?.(self, rest) : undefined;
  if (!known && !isOp(op)) throw new NoList(`${op} is no function of TensorFlow.js`);
  return known ?? [op, args];
}

/** `factor*x + plus` that gives all of `y`; undefined where none does. */
export function lineThrough(x: readonly number[], y: readonly number[]): OpBatch | undefined {
  const [x0 = 0, x1 = 0] = x;
  const [y0 = NaN, y1 = NaN] = y;
  const factor = (y1 - y0) / (x1 - x0);
  const plus = y0 - factor * x0;
  return x.every((value, k) => Math.abs(factor * value + plus - (y[k] ?? NaN)) < 1e-6) ? { $batch: factor, plus } : undefined;
}
