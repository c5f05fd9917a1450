import type { ModelGraph } from '../model/graph';
import type { ModelRead } from '../model/reading';
import { showCount, showShape, type Count, type Shape } from '../model/shape';
import { condition } from './cases';
import { activationCost, BATCH, heaviest, TRAINING_FACTOR, weightBytes } from './cost';
import { countLayers, FLOAT_BYTES, isInput } from './counting';
import { grouped } from './grouped';
import { placeLink } from './links';
import { showBytes, showLarge, showShare } from './units';
import { cut, escapeMarkdown, hoverText, labelled, shortName } from './writing';

const MAX_MODELS = 4;

/**
 * A model's hover. A call that built several models (for several callers, or under a condition) tells of each.
 * @param path of the file that is pointed into: of models that others build, it says which
 */
export function modelHover(models: readonly ModelRead[], path?: string): string {
  const groups = alike(models);
  const shown = groups.slice(0, MAX_MODELS);
  const lines = shown.flatMap((group, index) => [...(index > 0 ? [''] : []), ...modelLines(group)]);
  const more = groups.length > shown.length ? [`… and ${groups.length - shown.length} more`] : [];
  const told = shown.flat();
  const reasons = [...new Set(told.flatMap(({ error, graph }) => error ?? graph.stop ?? []))];
  return hoverText([...lines, ...more], [...reasons.map(escapeMarkdown), ...builtElsewhere(told, path)]);
}

/** Models that are told in the same words, under other conditions, together; those that are known first. */
function alike(models: readonly ModelRead[]): readonly (readonly ModelRead[])[] {
  const groups = [...grouped(models, (model) => [showFlow(model), ...figures(model)].join('\n')).values()];
  const isKnown = ([first]: readonly ModelRead[]): number => Number(first !== undefined && first.inputShapes.length > 0);
  return groups.sort((a, b) => isKnown(b) - isKnown(a));
}

function builtElsewhere(models: readonly ModelRead[], path: string | undefined): readonly string[] {
  const files = new Set(models.map(({ id }) => id.slice(0, id.lastIndexOf('#'))));
  if (path === undefined || files.has(path)) return [];
  return [`Built in ${[...files].map((file) => placeLink({ path: file }, undefined)).join(', ')}`];
}

function modelLines(group: readonly ModelRead[]): readonly string[] {
  const [model] = group;
  if (!model) return [];
  const conditions = group.map(condition).filter((one) => one !== '');
  // A model that also exists without a condition has none.
  const under = conditions.length < group.length ? '' : cut([...new Set(conditions)].join(', or '), MAX_CONDITIONS);
  const kind = model.graph.kind === 'sequential' ? 'Sequential' : 'Model';
  return [`${kind} ${shortName(model.title)}   ${showFlow(model)}${under === '' ? '' : `   (${under})`}`, ...figures(model)];
}

const MAX_CONDITIONS = 80;

/** What a model comes to; nothing of one of which nothing is known. */
function figures(model: ModelRead): readonly string[] {
  const layers = countLayers(model.graph);
  return [
    ...(layers === 0 ? [] : [labelled('layers', `${layers}${kinds(model.graph)}`)]),
    ...(model.totalParams === '?' ? [] : [labelled('params', `${showCount(model.totalParams)}${ownership(model)}`)]),
    ...costs(model),
    ...(model.readFrom === undefined ? [] : [labelled('from', model.readFrom)]),
  ];
}

const showFlow = ({ inputShapes, outputShapes }: ModelRead): string =>
  inputShapes.length === 0 && outputShapes.length === 0 ? 'not known' : `${showAll(inputShapes)} → ${showAll(outputShapes)}`;

const showAll = (shapes: readonly Shape[]): string => (shapes.length === 0 ? 'not known' : cut(shapes.map(showShape).join(', '), 80));

/** `: 5 Conv2D, 3 Dense, …`, most frequent first. */
function kinds(graph: ModelGraph): string {
  const counts = new Map<string, number>();
  const count = ({ layers }: ModelGraph): void => {
    for (const layer of layers) {
      if (layer.model) count(layer.model);
      else if (!isInput(layer)) counts.set(layer.className, (counts.get(layer.className) ?? 0) + 1);
    }
  };
  count(graph);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = sorted.slice(0, MAX_KINDS).map(([name, times]) => `${times} ${shortName(name)}`);
  return shown.length === 0 ? '' : `: ${shown.join(', ')}${sorted.length > MAX_KINDS ? ', …' : ''}`;
}

const MAX_KINDS = 6;

function ownership({ totalParams, trainableParams, nonTrainableParams }: ModelRead): string {
  if (totalParams === 0) return '';
  if (trainableParams === totalParams) return '    trainable';
  if (trainableParams === 0) return '    not trainable';
  return `    ${showCount(trainableParams)} trainable, ${showCount(nonTrainableParams)} not`;
}

function costs(model: ModelRead): readonly string[] {
  const weights = weightBytes(model);
  const parts = [
    model.macs === undefined || model.macs === 0 || model.macs === '?' ? '' : `${show(model.macs)} MACs`,
    weights === undefined ? '' : `${showBytes(weights)} weights`,
    shares(model),
  ].filter((part) => part !== '');
  return [...(parts.length === 0 ? [] : [labelled('cost', parts.join(' · '))]), ...memory(model)];
}

const show = (count: Count): string => (typeof count === 'number' ? showLarge(count) : showCount(count));

/** `fc1 has 74.3 % of the params, conv2 12.0 % of the MACs`; nothing of a model of few layers, where all is in sight. */
function shares(model: ModelRead): string {
  if (countLayers(model.graph) < FEW_LAYERS) return '';
  const [params] = heaviest(model.graph, (cost) => cost.params, 1) ?? [];
  const [macs] = heaviest(model.graph, (cost) => cost.macs, 1) ?? [];
  const parts = [
    params && typeof model.totalParams === 'number'
      ? `${shortName(params.layer.name)} ${showShare(params.amount, model.totalParams)} of the params`
      : '',
    macs && typeof model.macs === 'number' ? `${shortName(macs.layer.name)} ${showShare(macs.amount, model.macs)} of the MACs` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `most: ${parts.join(', ')}`;
}

const FEW_LAYERS = 4;

/** Activations of one example, of a batch, and of a batch with a gradient beside each value; and which values those are. */
function memory({ graph }: ModelRead): readonly string[] {
  const cost = activationCost(graph);
  if (!cost || cost.values === 0) return [];
  const bytes = cost.values * FLOAT_BYTES;
  const without = ['input', ...cost.leftOut.map(shortName)].join(', ');
  return [
    labelled(
      'memory',
      `${showBytes(bytes)} activations an example · ${showBytes(BATCH * bytes)} for ${BATCH} · ${showBytes(TRAINING_FACTOR * BATCH * bytes)} to train on ${BATCH} (with gradients)`,
    ),
    labelled('counted', `${showCount(cost.values)} values without ${without}; ${showCount(cost.withInput)} with the input`),
  ];
}
