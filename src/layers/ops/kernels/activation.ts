import { LimitError } from '../../limits';
import { prelu } from './elementwise';
import { like, type Info } from './kernel';

const KEEPS_TYPE = new Set(['linear', 'relu', 'elu', 'relu6', 'sigmoid']);

/** What a fused kernel's activation makes of its sum. */
export const activated = (x: Info, activation: string | null | undefined, alpha?: Info): Info => {
  if (!activation || KEEPS_TYPE.has(activation)) return like(x);
  if (activation === 'leakyrelu') return like(x, 'float32');
  if (activation === 'prelu' && alpha) return prelu({ x, alpha });
  throw new LimitError(`Which backends know the fused activation ${JSON.stringify(activation).slice(0, 40)} differs.`);
};
