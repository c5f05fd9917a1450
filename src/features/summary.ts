import type { LayerOrigin } from '../model/graph';
import type { ModelRead } from '../model/reading';
import { shapeList, showCount, showShape, type Count } from '../model/shape';
import { condition } from './cases';
import { activationCost, BATCH, TRAINING_FACTOR, weightBytes } from './cost';
import { FLOAT_BYTES } from './counting';
import { documentTable, type DocumentLine } from './documentTable';
import { modelRows, type ModelRow } from './modelRows';
import { showBytes, showShare } from './units';
import { shortName } from './writing';

/**
 * A model as `model.summary()` prints it, with what it costs and where each layer was made.
 * @param path of the file that the model is of: lines of other files have their file's name
 * @param line of the model's own call, 1-based
 */
export function summaryLines(model: ModelRead, path: string, line: number): readonly DocumentLine[] {
  const all = activationCost(model.graph)?.values;
  const rows = modelRows(model.graph).map((row) => [
    { text: `${shortName(row.name)} (${shortName(row.className)})` },
    { text: showOutput(row.output) },
    { text: countText(row.params) },
    { text: shareText(row.params, model.totalParams) },
    { text: countText(row.macs) },
    { text: shareText(row.macs, model.macs) },
    { text: row.values === undefined ? '' : showBytes(row.values * FLOAT_BYTES) },
    { text: shareText(row.values, all) },
    { text: lineOf(row.site, path), site: row.site?.id },
  ]);
  return [
    heading(model, path, line),
    { text: '' },
    ...documentTable(
      [
        { head: 'Layer (type)' },
        { head: 'Output shape' },
        { head: 'Params', isNumber: true },
        { head: 'Share', isNumber: true },
        { head: 'MACs', isNumber: true },
        { head: 'Share', isNumber: true },
        { head: 'Activations', isNumber: true },
        { head: 'Share', isNumber: true },
        { head: 'Line', isNumber: true },
      ],
      rows,
    ),
    ...totals(model).map((text) => ({ text })),
  ];
}

function heading(model: ModelRead, path: string, line: number): DocumentLine {
  const place = `${path.split('/').at(-1) ?? path}:${line}`;
  const title = `${shortName(model.title)} · `;
  const kind = model.graph.kind === 'sequential' ? 'sequential' : 'functional';
  const under = condition(model);
  return {
    text: `${title}${place} · ${kind}${under && ` · ${under}`}`,
    links: [{ start: title.length, end: title.length + place.length, site: model.id }],
  };
}

/** The last three lines of `model.summary()`, and what it does not say. */
export function totals(model: ModelRead): readonly string[] {
  const weights = weightBytes(model);
  const activations = activationCost(model.graph);
  const memory = [
    weights === undefined ? '' : `${showBytes(weights)} weights`,
    activations ? `${showBytes(activations.values * FLOAT_BYTES)} activations` : '',
  ].filter((part) => part !== '');
  const batch = activations && activations.values > 0 ? BATCH * activations.values * FLOAT_BYTES : undefined;
  return [
    `Total params: ${showCount(model.totalParams)}`,
    `Trainable params: ${showCount(model.trainableParams)}`,
    `Non-trainable params: ${showCount(model.nonTrainableParams)}`,
    ...(model.macs === undefined ? [] : [`MACs: ${showCount(model.macs)} an example`]),
    ...(memory.length === 0 ? [] : [`Memory: ${memory.join(', ')} an example`]),
    ...(batch === undefined
      ? []
      : [
          `Memory: ${showBytes(batch)} activations for a batch of ${BATCH}, ${showBytes(TRAINING_FACTOR * batch)} with its gradients, to train`,
        ]),
    ...(model.error === undefined ? [] : [`TensorFlow.js refuses the model: ${model.error}`]),
    ...(model.graph.stop === undefined ? [] : [`Not known: ${model.graph.stop}`]),
  ];
}

export const showOutput = (output: ModelRow['output']): string =>
  output === undefined ? '?' : typeof output === 'string' ? output : shapeList(output).map(showShape).join(', ');

/** `9.3 %` of what all come to; nothing of what is nothing, or not known. */
const shareText = (part: Count | undefined, whole: Count | undefined): string =>
  typeof part === 'number' && typeof whole === 'number' && part > 0 && whole > 0 ? showShare(part, whole) : '';

export const countText = (count: Count | undefined): string => (count === undefined ? '?' : showCount(count));

/** `14`, and `blocks.ts:14` in another file. */
export function lineOf(site: LayerOrigin | undefined, path: string): string {
  if (!site) return '';
  const file = site.id.slice(0, site.id.lastIndexOf('#'));
  return file === path ? String(site.line) : `${file.split('/').at(-1) ?? file}:${site.line}`;
}
