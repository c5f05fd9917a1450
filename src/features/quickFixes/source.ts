import type { OptionSite, Site } from '../../model/reading';
import type { Span } from '../../model/span';
import type { TextEdit } from './fix';
import { itemsIn } from './scan';

/** Code in the manner of the program around it: its quotes, its indentation, its name for TensorFlow.js. */

export const optionOf = ({ options }: Site, key: string): OptionSite | undefined => options.find((option) => option.key === key);

/** `'same'` or `"same"`, as the program quotes most of its texts. */
export function quoted(text: string, word: string): string {
  const count = (quote: string): number => text.split(quote).length;
  return count('"') > count("'") ? `"${word}"` : `'${word}'`;
}

export const lineBreakOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

export const indentationAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';

/** Gives an option a value: in its place where it is written, else behind the last one. undefined where the options are not written in the call. */
export function withOption(site: Site, text: string, key: string, value: string): TextEdit | undefined {
  const known = optionOf(site, key);
  // `{ padding }`: the value is the name itself.
  if (known) return isShorthand(known) ? { ...known.span, text: `${key}: ${value}` } : { ...known.value, text: value };
  const last = site.options.at(-1);
  if (last) return { start: last.span.end, end: last.span.end, text: `,${gapBefore(text, last)}${key}: ${value}` };
  const [open, inner] = [text.indexOf('(', site.name.end), text.slice(site.name.end, site.call.end)];
  if (/^\(\s*\)$/.test(inner)) return { start: open + 1, end: site.call.end - 1, text: `{ ${key}: ${value} }` };
  return /^\(\s*\{\s*\}\s*\)$/.test(inner) ? { start: open + 1, end: site.call.end - 1, text: `{ ${key}: ${value} }` } : undefined;
}

const isShorthand = ({ span, value }: OptionSite): boolean => span.start === value.start;

/** What stands between an option and the comma or bracket before it: a blank, or a line break and an indentation. */
function gapBefore(text: string, { span }: OptionSite): string {
  const blank = /\s*$/.exec(text.slice(0, span.start))?.[0] ?? '';
  return blank.includes('\n') ? blank.slice(blank.lastIndexOf('\n') - (blank.includes('\r\n') ? 1 : 0)) : ' ';
}

/** Takes an option out, with the comma that parted it from its neighbour. */
export function withoutOption(site: Site, text: string, key: string): TextEdit | undefined {
  const option = optionOf(site, key);
  if (!option) return undefined;
  const { start, end } = option.span;
  const behind = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  if (behind > 0) return { start, end: end + behind, text: '' };
  const ahead = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return { start: start - ahead, end, text: '' };
}

/** `tf.layers.`, as the site's own call is written; undefined where the factory stands alone, for then others may not be at hand. */
export function prefixOf({ call, name }: Site, text: string): string | undefined {
  const prefix = text.slice(call.start, name.start);
  return /^[\w$.\s]*\.\s*$/.test(prefix) ? prefix : undefined;
}

/** `tf.layers.flatten()`. */
export const layerCode = (prefix: string, factory: string, options: readonly string[] = []): string =>
  `${prefix}${factory}(${options.length === 0 ? '' : `{ ${options.join(', ')} }`})`;

/** ` as tf.SymbolicTensor` where the program writes such casts, for then it needs them. */
export function castOf(text: string): string {
  const name = /\bas\s+((?:[\w$]+\.)?SymbolicTensor)\b/.exec(text)?.[1];
  return name === undefined ? '' : ` as ${name}`;
}

/** The opening parenthesis of the one call that applies the site's layers; undefined where there are several, or none is seen. */
export function applicationOf(site: Site, text: string): number | undefined {
  const uses = site.applications.length > 0 ? site.applications : unreadUses(site, text);
  const opens = uses.flatMap(({ start, end }) => {
    const call = (text.slice(start, end) === 'apply' ? /^\s*\(/ : /^\s*\??\.\s*apply\s*\(/).exec(text.slice(end, end + MAX_GAP));
    return call ? [end + call[0].length - 1] : [];
  });
  const [only, ...others] = new Set(opens);
  return others.length === 0 ? only : undefined;
}

const MAX_GAP = 200;

/** What the site's layer is applied to, where that is in one place. */
export function argumentOf(site: Site, text: string): Span | undefined {
  const open = applicationOf(site, text);
  return open === undefined ? undefined : itemsIn(text, open)?.items[0];
}

/** Where a layer that TensorFlow.js refuses would be applied: right behind its call, else by the name of its variable. */
function unreadUses({ call, variable }: Site, text: string): readonly Span[] {
  if (/^\s*\.\s*apply\s*\(/.test(text.slice(call.end))) return [{ start: call.end, end: call.end }];
  const name = variable && text.slice(variable.start, variable.end);
  if (name === undefined || !/^[\w$]+$/.test(name)) return [];
  return [...text.matchAll(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?=\\s*\\.\\s*apply\\s*\\()`, 'g'))].map(({ index }) => ({
    start: index,
    end: index + name.length,
  }));
}

/** Options that say what a model's first layer takes. */
const INPUT_OPTIONS = ['inputShape', 'batchInputShape', 'inputDType', 'dtype'];

/**
 * Puts a layer before the site's: in front of it in a list or among `add` calls, around what it is applied to. What the site says of the model's
 * input moves to the new layer. undefined where the program builds in another way.
 */
export function insertedBefore(
  site: Site,
  text: string,
  factory: string,
  options: readonly string[] = [],
): readonly TextEdit[] | undefined {
  const prefix = prefixOf(site, text);
  if (prefix === undefined) return undefined;
  const moved = INPUT_OPTIONS.filter((key) => key !== 'dtype').flatMap((key) => optionOf(site, key) ?? []);
  const code = layerCode(prefix, factory, [...options, ...moved.map(({ span }) => text.slice(span.start, span.end))]);
  const removals = moved.flatMap(({ key }) => withoutOption(site, text, key) ?? []);
  const argument = argumentOf(site, text);
  if (argument) {
    const cast = castOf(text);
    return [
      { start: argument.start, end: argument.start, text: `${code}.apply(` },
      { start: argument.end, end: argument.end, text: `)${cast}` },
    ];
  }
  const before = text.slice(0, site.call.start);
  const adds = /(^|\n)([ \t]*)([\w$.]+)\.add\(\s*$/.exec(before.slice(-500));
  if (adds) {
    const start = lineStart(text, before.lastIndexOf('.add('));
    const semicolon = text.slice(site.call.end).startsWith(');') ? ';' : '';
    const line = `${adds[2] ?? ''}${adds[3] ?? ''}.add(${code})${semicolon}${lineBreakOf(text)}`;
    return [{ start, end: start, text: line }, ...removals];
  }
  if (!/[[,]\s*(?:\/\/[^\n]*\n\s*)?$/.test(before.slice(-500))) return undefined;
  const blank = /\s*$/.exec(before)?.[0] ?? '';
  const gap = blank.includes('\n') ? lineBreakOf(text) + indentationAt(text, site.call.start) : ' ';
  return [{ start: site.call.start, end: site.call.start, text: `${code},${gap}` }, ...removals];
}

/** A name that the program does not use yet. */
export function freshName(text: string, ...wanted: readonly string[]): string {
  const isFree = (name: string): boolean => !new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text);
  const free = wanted.find(isFree);
  if (free !== undefined) return free;
  let number = 2;
  while (!isFree(`${wanted[0] ?? 'layer'}${number}`)) number++;
  return `${wanted[0] ?? 'layer'}${number}`;
}
