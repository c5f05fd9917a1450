import type { LayerCase, OptionSite, Problem, Reading, Site } from '../../model/reading';
import { isShapeList, showShape, type Shape } from '../../model/shape';
import { sizeArithmetic } from '../sizeArithmetic';

type Related = NonNullable<Problem['related']>[number];

/** `this is [null, 28, 28, 128]`, as the reader has it. */
const IS = /^this is (\[.*\])$/;

/** What a branch is called where it meets the others, in their order; undefined for an expression. */
export type Names = readonly (string | undefined)[];

/**
 * The lines that made shapes which do not go together: each by the option that decided a size in which they differ, with its arithmetic; else
 * by its name and shape.
 */
export function madeShapes(reading: Reading, related: readonly Related[], names: Names): readonly Related[] {
  const shapes = related.map(({ message }) => IS.exec(message)?.[1]);
  return related.flatMap((one, i) => {
    const shape = shapes[i];
    if (shape === undefined) return [one];
    const name = names.length === related.length ? names[i] : undefined;
    const said = { at: one.at, message: `${name ?? 'this'} is ${shape}` };
    const other = shapes.find((it) => it !== undefined && it !== shape);
    const made = one.at.path === reading.path ? madeAt(reading, one, shape, other) : undefined;
    return made ? [{ at: { path: reading.path, ...made.option.span }, message: made.message(name) }] : [said];
  });
}

interface Made {
  readonly option: OptionSite;
  readonly message: (name: string | undefined) => string;
}

/** The option of the layer call at a place that made a shape what it is. */
function madeAt(reading: Reading, { at }: Related, shape: string, other: string | undefined): Made | undefined {
  const site = reading.sites.find(({ call }) => call.start === at.start && call.end === at.end);
  const one = site?.cases.find((it) => it.outputShape !== undefined && !isShapeList(it.outputShape) && showShape(it.outputShape) === shape);
  if (!site || !one?.outputShape || isShapeList(one.outputShape)) return undefined;
  return bySize(site, one, one.outputShape, shape, other) ?? byChannels(site, one.outputShape, shape, other);
}

/** `strides: 2 makes it (56 + 0 + 1 - 3)/2 + 1 = 28`, where the sizes of rows and columns are what differs. */
function bySize(site: Site, { config, inputShape }: LayerCase, output: Shape, shape: string, other: string | undefined): Made | undefined {
  if (!inputShape || isShapeList(inputShape)) return undefined;
  if (other !== undefined && sizesOf(other) === sizesOf(shape)) return undefined;
  const [sum] = sizeArithmetic(site.className, config, inputShape, output);
  const option = ['strides', 'poolSize', 'kernelSize', 'size', 'padding', 'cropping']
    .map((key) => site.options.find((it) => it.key === key))
    .find((it) => it !== undefined);
  if (sum === undefined || !option) return undefined;
  return { option, message: (name) => `${option.key} makes ${name ?? 'this'} ${sum.replace(/ {3}\(.*$/, '')}, so ${shape}` };
}

/** `filters makes y [null, 28, 28, 128]`, where only the channels differ. */
function byChannels(site: Site, output: Shape, shape: string, other: string | undefined): Made | undefined {
  if (other === undefined || output.length < 2) return undefined;
  const option = site.options.find(({ key }) => key === 'filters' || key === 'units');
  return option && { option, message: (name) => `${option.key} makes ${name ?? 'this'} ${shape}` };
}

/** All but batch and channels. */
const sizesOf = (shape: string): string => shape.slice(1, -1).split(', ').slice(1, -1).join(', ');
