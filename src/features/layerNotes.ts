import type { LayerCase, Site } from '../model/reading';
import { flagOf, numberOf } from '../model/config';

/** What a layer computes, for those whose options are otherwise easily misread. */
export function layerNotes(site: Site, made: LayerCase): readonly string[] {
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

/** Batches after which a moving average has lost half of what it held. */
export const halfLife = (momentum: number): number => Math.round(Math.log(0.5) / Math.log(momentum));
