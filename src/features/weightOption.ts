import type { LayerCase, Site } from '../model/reading';
import { isShapeList } from '../model/shape';
import { activationFormula } from './activations';
import { textOf } from '../model/config';
import { fansOf, fillingOf, short } from './initializers';
import { penaltyFormula, whyIgnored } from './training/penalties';
import { labelled } from './writing';
import { weightShape } from './weightShapes';

/** Options that say what values weights begin with, what they cost, and what becomes of the sums: by the layer's configuration as TensorFlow.js has it. */
export function weightOption(site: Site, made: LayerCase, key: string): readonly string[] {
  if (/[aA]ctivation$/.test(key)) return activation(made, key);
  if (key.endsWith('Regularizer')) return regularizer(site, made, key);
  return key.endsWith('Initializer') ? initializer(site, made, key) : [];
}

function activation({ config }: LayerCase, key: string): readonly string[] {
  const formula = activationFormula(textOf(config, key) ?? '');
  return formula === undefined ? [] : [labelled('formula', `${textOf(config, key) ?? ''}(x) = ${formula}`)];
}

function regularizer({ className }: Site, { config }: LayerCase, key: string): readonly string[] {
  const why = whyIgnored({ className, option: key });
  if (why !== undefined) return [labelled('penalty', `none: ${why}`)];
  const formula = penaltyFormula(config[key]);
  if (formula === undefined) return [];
  return [labelled('penalty', formula === '' ? 'none: its rate is 0' : `${formula}   added to the loss while training`)];
}

function initializer(site: Site, made: LayerCase, key: string): readonly string[] {
  if (site.cases.length > 1) return ofMany(site, key);
  const { config, inputShape } = made;
  const shape = inputShape && !isShapeList(inputShape) ? weightShape(site.className, key, config, inputShape) : undefined;
  const filling = fillingOf(config[key], shape);
  if (!filling) return [];
  const fans = shape && fansOf(shape);
  const deviation = filling.deviation === undefined ? '' : `; deviation ${short(filling.deviation)}`;
  return [
    labelled('begins', filling.text + deviation),
    ...(fans && filling.deviation !== undefined
      ? [labelled('', `kernel ${shape.join('×')}: fan in ${fans.into}, fan out ${fans.out}`)]
      : []),
  ];
}

/** The fans differ from case to case: the rule, and from where to where the deviations go. */
function ofMany(site: Site, key: string): readonly string[] {
  const fillings = site.cases.map(({ config, inputShape }) => {
    const shape = inputShape && !isShapeList(inputShape) ? weightShape(site.className, key, config, inputShape) : undefined;
    return fillingOf(config[key], shape);
  });
  const [first] = fillings;
  if (!first || !fillings.every((one) => one !== undefined)) return [];
  const texts = new Set(fillings.map(({ rule, text }) => rule ?? text));
  const deviations = fillings.flatMap(({ deviation }) => (deviation === undefined ? [] : [deviation]));
  if (texts.size > 1) return [];
  const [least, most] = [Math.min(...deviations), Math.max(...deviations)];
  const spread = deviations.length < fillings.length ? '' : `; deviation ${least === most ? '' : `${short(least)} … `}${short(most)}`;
  return [labelled('begins', (first.rule ?? first.text) + spread)];
}
