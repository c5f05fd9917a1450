import type { Tensor } from '@tensorflow/tfjs-core';
import { Transferred, type Handlers } from '../../../src/protocol/channel';
import { layoutOf } from '../../draw/layout';
import { product } from '../../draw/strides';
import type { Program, Step, ValueId } from '../build/program';
import type { FieldPart, PixelJob, PixelMap, PixelMapJob, PixelReport, PixelRequests } from '../contract/pixel';
import type { Running } from '../running';
import type { RunView } from '../runView';
import { recompute, type Recomputed } from './arithmetic';
import { inSteps, operand } from './arithmeticTypes';
import { receptiveField, unreadOfValue, type ReceptiveField } from './receptiveField';
import { NOTHING } from './region';
import { readElement, readExample } from './values';

/** The largest map that is read as numbers, values. */
const MOST_VALUES = 1 << 22;

interface PixelContract {
  readonly requests: PixelRequests;
  readonly events: Record<string, never>;
}

export const pixelHandlers = (engine: Running): Handlers<PixelContract> => ({
  pixel: (job, signal) => pixel(engine.session, job, signal),
  pixelMap: async (job, signal) => {
    const map = await pixelMap(engine.session, job, signal);
    return new Transferred(map, [map.values.buffer]);
  },
  pixelValue: ({ key, at, example = 0 }, signal) =>
    engine.session.withValues(outputOf(engine.session.step(key)), signal, ([output]) => {
      if (!output) throw new Error('This layer did not run.');
      checkPlace(output, at, example);
      return readElement(output, example, at);
    }),
});

const outputOf = (step: Step): ValueId[] => step.outputs.slice(0, 1);

/** Throws where the tensor has no such element: the page may ask about a layer that has become smaller meanwhile. */
const checkPlace = (tensor: Tensor, at: readonly number[], example: number): void => {
  const [batch = 0, ...sizes] = tensor.shape;
  const inside =
    at.length === sizes.length && at.every((index, axis) => Number.isInteger(index) && index >= 0 && index < (sizes[axis] ?? 0));
  if (!inside || !isExample(example, batch)) throw new Error('This layer has no such element.');
};

const isExample = (example: number, batch: number): boolean => Number.isInteger(example) && example >= 0 && example < batch;

const pixel = (view: RunView, job: PixelJob, signal: AbortSignal): Promise<PixelReport> =>
  view.withStep(job.key, signal, async ({ step, inputs, outputs }, either) => {
    const [output] = outputs;
    if (!output) throw new Error('This layer did not run.');
    checkPlace(output, job.at, job.example ?? 0);
    const recomputed = await ofStep(step, inputs, output, job, view.training);
    either.throwIfAborted();
    const { program } = view;
    const field = receptiveField(program, step, job.at, view.training);
    const feeds = program.feeds.map((feed) => partOf(program, feed.value, field));
    const parents = step.inputs.map((id) => partOf(program, id, field));
    return { ...job, recomputed, inputs: feeds, parents, unknown: field.unknown.map((one) => one.layer.name) };
  });

const ofStep = async (
  step: Step,
  inputs: readonly Tensor[],
  output: Tensor,
  { at, channel, example = 0 }: PixelJob,
  training: boolean,
): Promise<Recomputed> => {
  if (step.runs) return recompute({ layer: step.runs, inputs, output, example, training }, at, channel);
  const device = await readElement(output, example, at);
  return { arithmetic: inSteps([operand('input', device)], device), device, tolerance: 0, agrees: true };
};

const partOf = (program: Program, id: ValueId, field: ReceptiveField): FieldPart => {
  const step = program.steps.find((one) => one.outputs.includes(id));
  return {
    key: step?.key ?? '',
    name: step?.layer.name ?? '',
    shape: program.values[id]?.shape ?? [],
    region: field.regions.get(id) ?? NOTHING,
    unread: unreadOfValue(program, id),
  };
};

const pixelMap = (view: RunView, { key, map, example = 0 }: PixelMapJob, signal: AbortSignal): Promise<PixelMap> => {
  const step = view.step(key);
  const channelsFirst = step.runs?.getConfig()['dataFormat'] === 'channelsFirst';
  return view.withValues(outputOf(step), signal, async ([output]) => {
    if (!output) throw new Error('This layer did not run.');
    const { shape } = output;
    const layout = layoutOf(shape, channelsFirst);
    if (layout.values > MOST_VALUES) throw new Error('This map is too large to be shown as numbers.');
    if (!Number.isInteger(map) || map < 0 || map >= layout.count || !isExample(example, shape[0] ?? 0))
      throw new Error('This layer has no such map.');
    const { width, height } = layout;
    const values = new Float32Array(width * height).fill(Number.NaN);
    const sizes = shape.slice(1);
    // Only the map's own channel is cut out on the device; sequences and strips are one map as they are.
    const channel = channelsFirst ? 0 : sizes.length - 1;
    const one = layout.kind === 'maps';
    const begin = sizes.map((_, axis) => (one && axis === channel ? map : 0));
    const size = sizes.map((full, axis) => (!one || isPicture(axis, sizes.length, channelsFirst) ? full : 1));
    const part = await readExample(output, example, begin, size);
    const [rowStride, columnStride] = one ? [width, 1] : [layout.rowStride, layout.columnStride];
    const count = Math.min(layout.values, product(size));
    for (let k = 0; k < count; k++) values[k] = part.values[Math.floor(k / width) * rowStride + (k % width) * columnStride] ?? Number.NaN;
    return { key, map, example, width, height, values };
  });
};

/** True for rows and columns: the last two axes before the channels, or the last two of all where channels come first. */
const isPicture = (axis: number, rank: number, channelsFirst: boolean): boolean =>
  axis >= (channelsFirst ? rank - 2 : rank - 3) && axis < (channelsFirst ? rank : rank - 1);
