import type { LayerCase, ModelRead, Site } from '../model/reading';
import { showCount } from '../model/shape';
import { FLOAT_BYTES, isMerge, totalOf, valuesIn } from './counting';
import { paramArithmetic } from './paramArithmetic';
import { sights } from './receptiveField';
import { showBytes, showShare } from './units';
import { labelled } from './writing';

export function paramsLine(made: LayerCase, site: Site, model: ModelRead | undefined): readonly string[] {
  const { params, trainableParams, count } = made;
  if (params === undefined || params === 0) return [];
  const each = paramArithmetic(site.className, made.config, made.inputShape, params);
  const times = count > 1 ? ` each, ${showCount(totalOf([made], 'params') ?? '?')} in all` : '';
  return [
    labelled(
      'params',
      each +
        times +
        ownership(totalOf([made], 'params') ?? params, count > 1 ? totalOf([made], 'trainableParams') : trainableParams, model),
    ),
  ];
}

/** `    trainable, 0.06 % of the model`. */
export function ownership(params: number | string, trainable: number | string | undefined, model: ModelRead | undefined): string {
  const share =
    typeof params === 'number' && typeof model?.totalParams === 'number' && model.totalParams > 0
      ? `${showShare(params, model.totalParams)} of the model`
      : '';
  const parts = [trained(params, trainable), share].filter((part) => part !== '');
  return parts.length > 0 ? `    ${parts.join(', ')}` : '';
}

function trained(params: number | string, trainable: number | string | undefined): string {
  if (trainable === undefined) return '';
  if (trainable === params) return 'trainable';
  if (trainable === 0) return 'not trainable';
  const rest = typeof params === 'number' && typeof trainable === 'number' ? `, ${showCount(params - trainable)} not` : '';
  return `${showCount(trainable)} trainable${rest}`;
}

export const shareOf = (part: number | string, whole: number | string | undefined): string =>
  typeof part === 'number' && typeof whole === 'number' && whole > 0 ? ` (${showShare(part, whole)})` : '';

export function costLine(made: LayerCase, site: Site, model: ModelRead | undefined): readonly string[] {
  const values = made.outputShape && valuesIn(made.outputShape);
  const parts = [
    made.macs === undefined || made.macs === 0 ? '' : `${showCount(made.macs)} MACs${shareOf(made.macs, model?.macs)}`,
    values === undefined ? '' : `${showBytes(values * FLOAT_BYTES)} activations`,
    sight(site, made, model),
  ].filter((part) => part !== '');
  return parts.length > 0 ? [labelled('cost', `${parts.join(' · ')}${made.count > 1 ? ' each' : ''}`)] : [];
}

/** `sees 11×11 of the input, step 4`, for a layer that stands in one place of one model. */
function sight(site: Site, made: LayerCase, model: ModelRead | undefined): string {
  if (!model || made.count !== 1 || isMerge(made.outputShape)) return '';
  const nodes = model.graph.nodes.flatMap((node, index) => (model.graph.layers[node.layer]?.site?.id === site.id ? [index] : []));
  const axes = nodes.length === 1 ? sights(model.graph)[nodes[0] ?? -1] : undefined;
  if (!axes || axes.every(({ size }) => size === 1)) return '';
  const steps = [...new Set(axes.map(({ step }) => step))];
  return `sees ${axes.map(({ size }) => size).join('×')} of the input, step ${steps.join('×')}`;
}
