import type { PlainObject } from '../model/plain';
import { isShapeList, type Shape, type Shapes } from '../model/shape';
import { numberOf, numbersOf, textOf } from '../model/config';
import { frameOf } from '../model/frames';
import { AXIS_NAMES, showSlide, slide, spatial, windowsOf } from '../model/windows';

/**
 * How a layer's output size follows from its input, spelt out. Each line holds a sum that was checked against the shape that TensorFlow.js gave;
 * where it does not come out, nothing is said.
 */
export function sizeArithmetic(className: string, config: PlainObject, input: Shapes, output: Shapes): readonly string[] {
  if (isShapeList(output)) return [];
  if (isShapeList(input)) return className === 'Concatenate' ? concatenated(config, input, output) : [];
  const lines = slid(className, config, input, output);
  return lines.length > 0 ? lines : (Object.hasOwn(OTHERS, className) && OTHERS[className]?.(config, input, output)) || [];
}

function slid(className: string, config: PlainObject, input: Shape, output: Shape): readonly string[] {
  const windows = windowsOf(className, config, input);
  const sizes = windows && spatial(output, windows.length, config);
  if (!windows || !sizes) return [];
  const names = AXIS_NAMES[windows.length] ?? [];
  const lines = windows.map((window, axis) => {
    const result = slide(window);
    if (!result || result.out !== sizes[axis]) return undefined;
    return { sum: showSlide(window, result), note: `(${window.padding}; ${unread(result.unread, names[axis] ?? 'element')})` };
  });
  if (!lines.every((line) => line !== undefined)) return [];
  const [first, ...rest] = lines;
  // A square layer has one answer, and speaks of rows.
  if (first && rest.every((line) => line.sum === first.sum)) return [`${first.sum}   ${lines[names.indexOf('row')]?.note ?? first.note}`];
  return lines.map((line, axis) => `${names[axis] ?? ''}s ${line.sum}   ${line.note}`);
}

export const unread = (count: number, name: string): string =>
  count === 0 ? `every ${name} is read` : `${count} ${name}${count === 1 ? '' : 's'} unread`;

type Arithmetic = (config: PlainObject, input: Shape, output: Shape) => readonly string[];

/** `name`s the axes where they differ. */
function perAxis(sums: readonly (string | undefined)[], sizes: readonly unknown[] | undefined): readonly string[] {
  const names = AXIS_NAMES[sums.length] ?? [];
  // A sum ends in its result, which must be the one that was computed elsewhere.
  if (!sizes || !sums.every((sum, axis): sum is string => sum?.endsWith(` = ${String(sizes[axis])}`) ?? false)) return [];
  return sums.every((sum) => sum === sums[0]) ? sums.slice(0, 1) : sums.map((sum, axis) => `${names[axis] ?? ''}s ${sum}`);
}

const upsampled: Arithmetic = (config, input, output) => {
  const factors = numbersOf(config, 'size', 2);
  const sizes = spatial(input, 2, config);
  return perAxis(sizes?.map((size, axis) => times(size, factors?.[axis])) ?? [], spatial(output, 2, config));
};

const times = (size: unknown, factor: number | undefined): string | undefined =>
  typeof size === 'number' && factor !== undefined ? `${size}*${factor} = ${size * factor}` : undefined;

const transposed: Arithmetic = (config, input, output) => {
  const kernel = numbersOf(config, 'kernelSize', 2);
  const strides = numbersOf(config, 'strides', 2);
  const valid = textOf(config, 'padding') === 'valid';
  const sums = spatial(input, 2, config)?.map((size, axis) => {
    const [extent, stride] = [kernel?.[axis], strides?.[axis]];
    if (typeof size !== 'number' || extent === undefined || stride === undefined) return undefined;
    return valid
      ? `${size}*${stride} + max(${extent} - ${stride}, 0) = ${size * stride + Math.max(extent - stride, 0)}`
      : times(size, stride);
  });
  return perAxis(sums ?? [], spatial(output, 2, config)).map((sum) => `${sum}   (${valid ? 'valid' : 'same'})`);
};

/** Zero padding and cropping: `sign` of what is put on before and after each axis. */
const framed =
  (key: 'padding' | 'cropping', sign: 1 | -1): Arithmetic =>
  (config, input, output) => {
    const frame = frameOf(config, key);
    const sums = spatial(input, 2, config)?.map((size, axis) => {
      const [before, after] = frame?.[axis] ?? [];
      if (typeof size !== 'number' || before === undefined || after === undefined) return undefined;
      const operator = sign > 0 ? '+' : '-';
      return `${size} ${operator} ${before} ${operator} ${after} = ${size + sign * (before + after)}`;
    });
    return perAxis(sums ?? [], spatial(output, 2, config));
  };

const flattened: Arithmetic = (_config, input, output) => {
  const sizes = input.slice(1);
  if (sizes.length < 2 || !sizes.every((size) => typeof size === 'number')) return [];
  const product = sizes.reduce((all, size) => all * size, 1);
  return product === output[1] ? [`${sizes.join('*')} = ${product.toLocaleString('en-US')}`] : [];
};

function concatenated(config: PlainObject, inputs: readonly Shape[], output: Shape): readonly string[] {
  const given = numberOf(config, 'axis') ?? -1;
  const axis = given < 0 ? output.length + given : given;
  const parts = inputs.map((shape) => shape[axis]);
  if (!parts.every((part) => typeof part === 'number') || parts.length > 16) return [];
  const sum = parts.reduce((all, part) => all + part, 0);
  return sum === output[axis] ? [`${parts.join(' + ')} = ${sum}   (axis ${axis})`] : [];
}

const OTHERS: Readonly<Record<string, Arithmetic>> = {
  UpSampling2D: upsampled,
  Conv2DTranspose: transposed,
  ZeroPadding2D: framed('padding', 1),
  Cropping2D: framed('cropping', -1),
  Flatten: flattened,
};
