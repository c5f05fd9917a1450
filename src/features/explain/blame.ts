import type { OptionSite, Site } from '../../model/reading';

/** Which option of a layer's call a refusal of TensorFlow.js is about, told by its words. undefined where it is about none that is written. */
export function blamedOption(message: string, site: Site, text: string): OptionSite | undefined {
  const written = ({ value }: OptionSite): string => text.slice(value.start, value.end);
  for (const [pattern, keys] of KEYS) {
    if (!pattern.test(message)) continue;
    return keys.map((key) => site.options.find((option) => option.key === key)).find((option) => option !== undefined);
  }
  // `Unknown activation: rellu`, `full is not a valid PaddingMode`: the value is what TensorFlow.js names.
  const value = /^Unknown [\w ]+: ([\w-]+)/.exec(message)?.[1] ?? /^(\S+) is not a valid /.exec(message)?.[1];
  const named = value === undefined ? undefined : site.options.find((option) => unquoted(written(option)) === value);
  return named ?? site.options.find(({ key }) => !VAGUE.has(key) && new RegExp(`(?<![\\w$])${escaped(key)}(?![\\w$])`).test(message));
}

/** What speaks of an option without naming it. */
const KEYS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^Negative dimension size/, ['kernelSize', 'poolSize', 'size', 'cropping']],
  [/is not a valid PaddingMode/, ['padding']],
  [/is not a valid DataFormat/, ['dataFormat']],
  [/is not a valid InterpolationFormat/, ['interpolation']],
  [/is not a valid BidirectionalMergeMode/, ['mergeMode']],
  [/^Invalid permutation/, ['dims']],
  [/[Tt]he name ".*" is used/, ['name']],
];

/** Words that TensorFlow.js uses for other things than these options. */
const VAGUE = new Set(['name', 'axis', 'axes', 'input', 'shape', 'mode', 'dtype', 'layer', 'layers', 'size', 'inputShape']);

const unquoted = (value: string): string => value.replace(/^(['"`])(.*)\1$/s, '$2');

const escaped = (key: string): string => key.replace(/[^\w]/g, '\\$&');
