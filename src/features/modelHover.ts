import type { ModelGraph } from '../model/graph';
import type { ModelRead } from '../model/reading';
import { showCount, showShape, type Count, type Shape } from '../model/shape';
import { condition } from './cases';
import { countLayers, FLOAT_BYTES, isInput, valuesIn } from './counting';
import { showBytes, showLarge } from './units';
import { cut, escapeMarkdown, hoverText, labelled, shortName } from './writing';

const MAX_MODELS = 4;

/** A model's hover. A call that built several models (for several callers, or under a condition) tells of each. */
export function modelHover(models: readonly ModelRead[]): string {
  const shown = models.slice(0, MAX_MODELS);
  const lines = shown.flatMap((model, index) => [...(index > 0 ? [''] : []), ...modelLines(model)]);
  const more = models.length > shown.length ? [`… and ${models.length - shown.length} more`] : [];
  const reasons = [...new Set(shown.flatMap(({ error, graph }) => error ?? graph.stop ?? []))];
  return hoverText([...lines, ...more], reasons.map(escapeMarkdown));
}

function modelLines(model: ModelRead): readonly string[] {
  const under = condition(model);
  const kind = model.graph.kind === 'sequential' ? 'Sequential' : 'Model';
  const layers = countLayers(model.graph);
  return [
    `${kind} ${shortName(model.title)}   ${showFlow(model)}${under ? `   (${under})` : ''}`,
    labelled('layers', `${layers}${kinds(model.graph)}`),
    labelled('params', `${showCount(model.totalParams)}${ownership(model)}`),
    ...costs(model),
    ...(model.readFrom === undefined ? [] : [labelled('from', model.readFrom)]),
  ];
}

const showFlow = ({ inputShapes, outputShapes }: ModelRead): string => `${showAll(inputShapes)} → ${showAll(outputShapes)}`;

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
  return `    ${showCount(trainableParams)} trainable, ${showCount(nonTrainableParams)} not`;
}

function costs(model: ModelRead): readonly string[] {
  const activations = activationValues(model.graph);
  const parts = [
    model.macs === undefined || model.macs === 0 ? '' : `${show(model.macs)} MACs`,
    typeof model.totalParams === 'number' ? `${showBytes(model.totalParams * FLOAT_BYTES)} weights` : '',
    activations === undefined ? '' : `${showBytes(activations * FLOAT_BYTES)} activations`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [labelled('cost', parts.join(' · '))];
}

const show = (count: Count): string => (typeof count === 'number' ? showLarge(count) : count);

/** Values of all outputs for one example; undefined where one is not known. A nested model counts with its own nodes. */
function activationValues(graph: ModelGraph): number | undefined {
  let sum = 0;
  for (const node of graph.nodes) {
    const inner = graph.layers[node.layer]?.model;
    const values = inner ? activationValues(inner) : node.outputShape && valuesIn(node.outputShape);
    if (values === undefined) return undefined;
    sum += values;
  }
  return sum;
}
