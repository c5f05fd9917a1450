import { layoutOf, type Layout } from '../draw/layout';
import { shapeList, showCount, showShort } from '../../src/model/shape';
import type { StepChange } from './build/changes';
import type { Program, Step, ValueId } from './build/program';
import type { FeedInfo } from './contract/input';
import type { StepInfo } from './contract/program';
import { digitSide } from './inputs/digits';
import { pictureShape } from './inputs/picture';
import { rangeOf } from './run/feeds';

/** What the views show of a program: plain data, nothing of TensorFlow.js. */
export const describeSteps = (program: Program, changes: ReadonlyMap<string, StepChange> = new Map()): StepInfo[] => {
  const makers = new Map(program.steps.flatMap((step) => step.outputs.map((id) => [id, step.key] as const)));
  return program.steps.map((step) => {
    const change = changes.get(step.key);
    return { ...describe(step, program, makers), edit: change?.kind, was: change?.was, mapsBefore: change?.maps };
  });
};

/** How a step's output falls into pictures, for one example of the batch; undefined where its shape is not known. */
export const layoutOfStep = (program: Program, step: Step, example: number): Layout | undefined => {
  const shape = program.values[step.outputs[0] ?? -1]?.shape;
  return shape && layoutOf(shape, step.runs?.getConfig()['dataFormat'] === 'channelsFirst', example);
};

export const describeFeeds = (program: Program): FeedInfo[] =>
  program.feeds.map((feed) => ({
    name: feed.name,
    shape: feed.shape,
    open: feed.open,
    range: rangeOf(feed),
    indicesBelow: feed.indicesBelow,
    digit: digitSide(feed.shape, feed.channelsFirst),
    picture: pictureShape(feed.shape, feed.channelsFirst),
  }));

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
    layout: layoutOfStep(program, step, 0),
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
