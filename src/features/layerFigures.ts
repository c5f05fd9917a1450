import type { LayerCase, ModelRead, Site } from '../model/reading';
import { showCount } from '../model/shape';
import { flagOf } from '../model/config';
import { activationCost, keepsValues } from './cost';
import { FLOAT_BYTES, totalOf, valuesIn } from './counting';
import { paramArithmetic } from './paramArithmetic';
import { sightOf } from './sight';
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
        ownership(
          totalOf([made], 'params') ?? params,
          count > 1 ? totalOf([made], 'trainableParams') : trainableParams,
          model,
          statistics(site, made),
        ),
    ),
  ];
}

/** `    trainable, 0.06 % of the model`. */
export function ownership(
  params: number | string,
  trainable: number | string | undefined,
  model: ModelRead | undefined,
  names?: { readonly learned: string; readonly kept: string },
): string {
  const share =
    typeof params === 'number' && typeof model?.totalParams === 'number' && model.totalParams > 0
      ? `${showShare(params, model.totalParams)} of the model`
      : '';
  const parts = [trained(params, trainable, names), share].filter((part) => part !== '');
  return parts.length > 0 ? `    ${parts.join(', ')}` : '';
}

/** What a batch normalisation learns, and what it only keeps. */
export function statistics({ className }: Site, { config }: LayerCase): { readonly learned: string; readonly kept: string } | undefined {
  const [scale, center] = [flagOf(config, 'scale', true), flagOf(config, 'center', true)];
  if (className !== 'BatchNormalization' || scale === undefined || center === undefined) return undefined;
  return { learned: [...(scale ? ['γ'] : []), ...(center ? ['β'] : [])].join(', '), kept: 'moving mean, variance' };
}

function trained(
  params: number | string,
  trainable: number | string | undefined,
  names: { readonly learned: string; readonly kept: string } | undefined,
): string {
  if (trainable === undefined) return '';
  if (trainable === params) return 'trainable';
  if (trainable === 0) return 'not trainable';
  const rest = typeof params === 'number' && typeof trainable === 'number' ? `, ${showCount(params - trainable)} not` : '';
  const [learned, kept] = names ? [` (${names.learned})`, rest === '' ? '' : ` (${names.kept})`] : ['', ''];
  return `${showCount(trainable)} trainable${learned}${rest}${kept}`;
}

export const shareOf = (part: number | string, whole: number | string | undefined): string =>
  typeof part === 'number' && typeof whole === 'number' && whole > 0 ? ` (${showShare(part, whole)})` : '';

export function costLine(made: LayerCase, site: Site, model: ModelRead | undefined): readonly string[] {
  const values = made.outputShape && valuesIn(made.outputShape);
  const parts = [
    made.macs === undefined || made.macs === 0 || made.macs === '?' ? '' : `${showCount(made.macs)} MACs${shareOf(made.macs, model?.macs)}`,
    values === undefined ? '' : `${showBytes(values * FLOAT_BYTES)} activations${activationShare(site, made, values, model)}`,
    sightOf(site, made.count, made.outputShape, model),
  ].filter((part) => part !== '');
  return parts.length > 0 ? [labelled('cost', `${parts.join(' · ')}${made.count > 1 ? ' each' : ''}`)] : [];
}

/** Of all that the model keeps for one example; nothing of layers that keep nothing of their own. */
function activationShare({ className }: Site, { count }: LayerCase, values: number, model: ModelRead | undefined): string {
  const all = model && keepsValues(className) ? activationCost(model.graph)?.values : undefined;
  // One layer's share, of several that are alike as well: the figure beside it is of one.
  return all === undefined || all === 0 || count > 1 ? '' : ` (${showShare(values, all)})`;
}
