import type { LayerCase, Site } from '../model/reading';
import { flagOf, numberOf, textOf } from '../model/config';
import { activationFormula } from './activations';
import { labelled } from './writing';

/** What a layer computes, for those whose options are otherwise easily misread. */
export function layerNotes(site: Site, made: LayerCase): readonly string[] {
  if (site.className === 'Activation') return activation(textOf(made.config, 'activation'));
  if (site.className !== 'BatchNormalization') return [];
  const { config } = made;
  const [epsilon, momentum] = [numberOf(config, 'epsilon'), numberOf(config, 'momentum')];
  const [scale, center] = [flagOf(config, 'scale', true), flagOf(config, 'center', true)];
  if (epsilon === undefined || scale === undefined || center === undefined) return [];
  const formula = `y = ${scale ? 'γ' : ''}(x - μ)/√(σ² + ${epsilon})${center ? ' + β' : ''}`;
  const memory =
    momentum !== undefined && momentum > 0 && momentum < 1
      ? `;  momentum ${momentum}: half forgotten after ${halfLife(momentum)} batches`
      : '';
  return [formula + memory];
}

function activation(name: string | undefined): readonly string[] {
  const formula = activationFormula(name ?? '');
  return formula === undefined ? [] : [labelled('formula', `${name ?? ''}(x) = ${formula}`)];
}

/** Batches after which a moving average has lost half of what it held. */
export const halfLife = (momentum: number): number => Math.round(Math.log(0.5) / Math.log(momentum));
