import { resolve } from 'node:path';
import { comparedOf, type ComparedLayer } from '../../src/features/compare/compared';
import type { Net, NetLayer } from '../../src/features/compare/nets';
import { withoutTraining } from '../../src/features/compare/options';
import type { ModelRead } from '../../src/model/reading';
import { isShapeList, type Count, type Shape } from '../../src/model/shape';
import { DiskWorkspace } from '../../src/project/diskWorkspace';
import { slashed } from '../../src/project/paths';
import { readFile } from '../../src/reader/read';
import { NETS, type NetEntry } from './list';

const root = slashed(resolve(__dirname, '../..'));
const workspace = new DiskWorkspace(root);
const models = new Map<string, readonly ModelRead[]>();

const known = (count: Count | undefined, what: string): number => {
  if (typeof count !== 'number') throw new Error(`not known: ${what}`);
  return count;
};

function modelOf({ program, name }: NetEntry): ModelRead {
  const read = models.get(program) ?? readFile(`${root}/${program}`, workspace).reading.models;
  models.set(program, read);
  const model = read.find(({ graph }) => graph.name === name);
  if (!model || model.graph.stop !== undefined || model.error !== undefined) throw new Error(`${program} builds no whole model '${name}'`);
  return model;
}

function netOf(entry: NetEntry): Net {
  const { id, title, authors, year, top5Error } = entry;
  const made = comparedOf(modelOf(entry), title, '');
  return {
    ...{ id, title, authors, year },
    ...(top5Error !== undefined && { top5Error }),
    layerCount: made.layerCount,
    depth: known(made.depth, `${title}: depth`),
    sizes: made.sizes,
    inputs: made.inputs,
    outputs: made.outputs,
    totalParams: known(made.totalParams, `${title}: parameters`),
    trainableParams: known(made.trainableParams, `${title}: trainable parameters`),
    macs: known(made.macs, `${title}: multiply-accumulates`),
    activations: known(made.activations, `${title}: activations`),
    layers: made.layers.map(layerOf),
  };
}

const layerOf = ({ name, className, output, params, trainableParams, macs, options }: ComparedLayer): NetLayer => [
  name,
  className,
  shapeOf(output, name).slice(1),
  known(params, `parameters of ${name}`),
  known(trainableParams, `trainable parameters of ${name}`),
  known(macs, `multiply-accumulates of ${name}`),
  withoutTraining(options),
];

function shapeOf(output: ComparedLayer['output'], name: string): Shape {
  if (output === undefined || output === 'multiple' || isShapeList(output)) throw new Error(`${name} has not one shape`);
  return output;
}

/** A line for each net's figures and one for each of its layers, so that a change can be read. */
export function netsAsText(): string {
  const nets = NETS.map(netOf).map(({ layers, ...net }) => {
    const rows = layers.map((layer) => `    ${JSON.stringify(layer)}`).join(',\n');
    return `  ${JSON.stringify(net).slice(0, -1)},"layers":[\n${rows}\n  ]}`;
  });
  return `[\n${nets.join(',\n')}\n]\n`;
}
