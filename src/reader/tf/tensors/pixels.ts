import type { Machine } from '../../machine';
import type { CallPlace } from '../../values/native';
import { Unknown, type Value } from '../../values/values';
import { originOf } from '../makeLayer';
import { unknownTensor, type OpCall } from './eager';
import { noteTensor } from './log';
import { tensorOfSizes } from './partial';

/** `tf.browser.fromPixels(image, numChannels = 3)`: as high and wide as the image, which is known when the page runs. */
export function fromPixels(m: Machine, args: readonly Value[], at: CallPlace): Value {
  const [image, channels] = args.map((arg) => m.settle(arg));
  const call: OpCall = { op: 'browser.fromPixels', isMethod: false, args: [], at };
  const why = 'the size of an image is known when the page runs';
  const name = image instanceof Unknown && image.name !== '?' ? image.name : 'image';
  const key = image instanceof Unknown ? `pixels:${image.key}` : m.freshKey('pixels');
  const [height, width] = ['height', 'width'].map((side) => m.numberOf(new Unknown(`${key}.${side}`, `${name}.${side}`, why)));
  const depth = channels === undefined ? 3 : channels;
  const made =
    typeof depth === 'number' && height && width
      ? tensorOfSizes([height, width, depth], 'int32', call, undefined)
      : unknownTensor('the number of channels is not known', { kind: 'op', call, index: 0 });
  noteTensor(m, 'fromPixels', [], made, originOf(m, at));
  return made;
}
