import { layoutOf } from '../draw/layout';
import { shapeList, showCount, showShort } from '../../src/model/shape';
import type { Program, Step, ValueId } from './build/program';
import type { FeedInfo, StepInfo } from './contract/program';
import { rangeOf } from './run/feeds';

/** What the views show of a program: plain data, nothing of TensorFlow.js. */
export const describeSteps = (program: Program): StepInfo[] => {
  const makers = new Map(program.steps.flatMap((step) => step.outputs.map((id) => [id, step.key] as const)));
  return program.steps.map((step) => describe(step, program, makers));
};

export const describeFeeds = (program: Program): FeedInfo[] =>
  program.feeds.map((feed) => ({ name: feed.name, shape: feed.shape, chosen: feed.chosen, range: rangeOf(feed) }));

const describe = (step: Step, program: Program, makers: ReadonlyMap<ValueId, string>): StepInfo => {
  const shape = program.values[step.outputs[0] ?? -1]?.shape;
  const config = step.runs?.getConfig() ?? {};
  const activation = config['activation'];
  return {
    key: step.key,
    inputs: [...new Set(step.inputs.flatMap((id) => makers.get(id) ?? []))],
    name: step.layer.name,
    path: step.path,
    className: step.layer.className,
    shape,
    layout: shape && layoutOf(shape, config['dataFormat'] === 'channelsFirst'),
    params: step.slots.reduce((total, slot) => total + slot.size, 0),
    read: readOf(step),
    shared: step.shared,
    activation: typeof activation === 'string' && activation !== 'linear' ? activation : undefined,
    site: step.layer.site,
    callPath: step.node?.callPath ?? [],
    stop: step.stop,
    unreached: step.unreached,
  };
};

const readOf = (step: Step): StepInfo['read'] => {
  const shapes = step.node?.outputShape;
  const [shape] = shapes ? shapeList(shapes) : [];
  const { params } = step.layer;
  return shape && { shape: showShort(shape), params: params === undefined ? '?' : showCount(params) };
};
