import type { OptionSite, Reading, Site } from '../model/reading';
import { touches, type Span } from '../model/span';
import { helperHover } from './helperHover';
import type { HoverAnswer } from '../model/hoverAnswer';
import { layerHover } from './layerHover';
import { Lines } from './lines';
import { makerHover } from './makerHover';
import { modelHover } from './modelHover';
import { optionLine } from './optionLine';
import { tensorHover } from './tensorHover';
import { trainingHover } from './training/trainingHover';

/** Answers on a layer's callee, variable, applications and options, on a model's callee and variable, on calls that give tensors, on compile and fit, and on functions that build layers. `text` is the text that was read. */
export function hoverAt(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  return (
    onModel(reading, offset) ??
    onLayer(reading, text, offset) ??
    onModelUse(reading, offset) ??
    onTensor(reading, text, offset) ??
    onOption(reading, text, offset) ??
    trainingHover(reading, text, offset) ??
    makerHover(reading, text, offset) ??
    helperHover(reading, text, offset)
  );
}

function onModel(reading: Reading, offset: number): HoverAnswer | undefined {
  const [first, ...others] = reading.models.filter((model) => spanAt([callee(model), model.variable], offset));
  if (!first) return undefined;
  const span = spanAt([callee(first), first.variable], offset);
  // One call may have built several models; another model of the same name is another matter.
  if (!span) return undefined;
  return { span, markdown: modelHover([first, ...others.filter(({ name }) => name.start === first.name.start)]), about: [first.id] };
}

/** A variable that holds a model, or a call that gives one, in this file or in one that imports it. */
function onModelUse(reading: Reading, offset: number): HoverAnswer | undefined {
  const use = reading.modelUses?.find(({ span }) => touches(span, offset));
  return use && { span: use.span, markdown: modelHover(use.models, reading.path), about: use.models.map(({ id }) => id) };
}

function onLayer(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const spans = ({ name, call, variable, applications }: Site): readonly (Span | undefined)[] => [
    callee({ name, call }),
    variable,
    ...applications,
  ];
  // The narrowest wins: a wrapper's callee may hold what it wraps.
  const found = narrowest(reading.sites.map((site) => ({ site, span: spanAt(spans(site), offset) })));
  return found && { span: found.span, markdown: layerHover(reading, found.site, text, new Lines(text)), about: [found.site.id] };
}

function onTensor(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const found = narrowest(reading.tensors.map((read) => ({ read, span: spanAt([read.name, read.variable], offset) })));
  if (!found) return undefined;
  const refusals = reading.problems.filter(({ span }) => span.start === found.read.name.start).map(({ message }) => message);
  return { span: found.span, markdown: tensorHover(found.read, text, refusals), about: [] };
}

function onOption(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const found = narrowest(
    reading.sites.flatMap((site) =>
      site.options.map((option) => ({ site, option, span: touches(option.span, offset) ? option.span : undefined })),
    ),
  );
  return (
    found && {
      span: found.span,
      markdown: layerHover(reading, found.site, text, new Lines(text), optionLine(found.site, found.option as OptionSite)),
      about: [found.site.id],
    }
  );
}

/** From the call's start to the end of the factory's name: `tf.layers.conv2d`. A chain's earlier calls are not part of it. */
function callee({ name, call }: { readonly name: Span; readonly call: Span }): Span {
  return name.start - call.start > MAX_CALLEE ? name : { start: call.start, end: name.end };
}

const MAX_CALLEE = 40;

const spanAt = (spans: readonly (Span | undefined)[], offset: number): Span | undefined =>
  spans.find((span) => span && touches(span, offset));

function narrowest<T extends { readonly span: Span | undefined }>(found: readonly T[]): (T & { readonly span: Span }) | undefined {
  const hits = found.filter((hit): hit is T & { readonly span: Span } => hit.span !== undefined);
  return hits.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}
