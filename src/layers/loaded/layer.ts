import { classNameOf, factoryNames } from '../factories';
import { field, isList, isRecord, refuse, shown, type Json, type JsonRecord } from './json';
import { InnerLayer, type LoadedLayer, type LoadedModel, type LoadedRecord, type LoadedValue } from './spec';

const MODELS = new Set(['Model', 'Functional', 'Sequential']);

/** Options of which a layer is made again, by class. */
const INNER: ReadonlyMap<string, string> = new Map([
  ['TimeDistributed', 'layer'],
  ['Bidirectional', 'layer'],
  ['RNN', 'cell'],
]);

const factories = new Map<string, string>();

/** `conv2d` for `Conv2D`: of several factories of one class the one that is called like it. */
function factoryFor(className: string): string | undefined {
  if (factories.size === 0) {
    for (const factory of factoryNames()) {
      const made = classNameOf(factory);
      if (made !== undefined && (!factories.has(made) || factory.toLowerCase() === made.toLowerCase())) factories.set(made, factory);
    }
  }
  return factories.get(className);
}

/** What reads a model inside a model; given by whoever reads models, so that the two need not import one another. */
export type ReadModel = (className: string, config: Json, depth: number) => LoadedModel;

const MAX_NESTING = 20;

/** One `{className, config}` of a topology, its spelling already TensorFlow.js'. */
export function readLayer(data: Json | undefined, readModel: ReadModel, depth: number): LoadedLayer {
  if (depth > MAX_NESTING) refuse(`layers are inside one another more than ${MAX_NESTING} deep`);
  if (!isRecord(data)) return refuse(`there is ${shown(data)} where a layer belongs`);
  const className = field(data, 'className');
  const config = field(data, 'config');
  if (typeof className !== 'string' || config === undefined || config === null)
    return refuse('a layer of it has no class_name or no config');
  if (MODELS.has(className)) return { kind: 'model', model: readModel(className, config, depth + 1) };
  if (!isRecord(config)) return refuse(`the config of a ${shownName(className)} is ${shown(config)}`);
  const factory = factoryFor(className);
  if (factory === undefined) return { kind: 'custom', className, config };
  return { kind: 'factory', factory, options: optionsOf(className, config, readModel, depth) };
}

export const shownName = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

function optionsOf(className: string, config: JsonRecord, readModel: ReadModel, depth: number): LoadedRecord {
  const inner = (data: Json | undefined): LoadedValue => new InnerLayer(readLayer(data, readModel, depth + 1));
  if (className === 'StackedRNNCells') {
    const cells = field(config, 'cells');
    if (!isList(cells)) return refuse('a StackedRNNCells has no list of cells');
    return { cells: cells.map(inner) };
  }
  const key = INNER.get(className);
  return key === undefined ? config : { ...config, [key]: inner(field(config, key)) };
}
