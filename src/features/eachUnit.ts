import { dimOf, numbersOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import { showCount, type Shape } from '../model/shape';
import { channels } from '../model/windows';

/** The layers of which each filter or unit adds equally many parameters. */
export const EACH: ReadonlySet<string> = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Dense']);

const AXES: Readonly<Record<string, number>> = { Conv1D: 1, Conv3D: 3 };

/** What one filter or unit adds: `5*5*1 + 1 = 26`; undefined where it does not come out at the count that TensorFlow.js gave. */
export function eachUnit(
  { className }: Site,
  { config, params }: LayerCase,
  input: Shape,
  key: 'filters' | 'units',
): { readonly params: number; readonly text: string; readonly count: number } | undefined {
  const count = dimOf(config, key);
  const kernel = key === 'filters' ? numbersOf(config, 'kernelSize', AXES[className] ?? 2) : [];
  const depth = channels(input, config);
  if (!EACH.has(className) || !kernel || typeof depth !== 'number' || typeof count !== 'number' || typeof params !== 'number')
    return undefined;
  const weights = [...kernel, depth];
  const one = weights.reduce((all, size) => all * size, 1);
  const bias = config['useBias'] === false ? 0 : 1;
  if ((one + bias) * count !== params) return undefined;
  const sum = weights.join('*') + (bias ? ' + 1' : '');
  return { params: one + bias, count, text: `${sum === String(one) ? '' : `${sum} = `}${showCount(one + bias)}` };
}
