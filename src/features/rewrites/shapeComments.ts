import type { ModelRead, Reading, Site } from '../../model/reading';
import { isShapeList, type Shape } from '../../model/shape';
import { touches, type Span } from '../../model/span';
import { applyEdits, before, type TextEdit } from '../quickFixes/fix';
import type { Attempt, Read } from '../quickFixes/offers';
import type { Rewrite } from './rewrite';

/** Rounds in which comments that do not hold, or are about nothing, are left out again. */
const MAX_ROUNDS = 3;

/**
 * `// @shape [batch, 28, 28, 6]` behind each line of a model that makes layers of one shape. The whole text is read again, and only comments that
 * agree with it are written. undefined where no model's name is touched, or nothing can be written.
 */
export async function shapeComments(read: Read, span: Span, attempt: Attempt): Promise<Rewrite | undefined> {
  const { reading, text, problems } = read;
  const model = reading.models.find(({ name, variable }) => [name, variable].some((one) => one && touches(one, span.start)));
  let edits = model ? sitesIn(reading, model).flatMap((site) => commentAt(site, text)) : [];
  edits = edits.filter(({ start }, i) => edits.findIndex((other) => other.start === start) === i).sort((a, b) => a.start - b.start);
  for (let round = 0; round < MAX_ROUNDS && edits.length > 0; round++) {
    const now = await attempt(applyEdits(text, edits));
    if (!now) return undefined;
    const wrong = now.problems.filter(({ code }) => code === 'shape-statement').map(({ span: at }) => before(edits, at.start));
    if (wrong.length === 0)
      return now.problems.length <= problems.length && now.limits === reading.limits.length
        ? { title: `Write the shape beside each layer (${edits.length} ${edits.length === 1 ? 'comment' : 'comments'})`, edits }
        : undefined;
    edits = edits.filter(({ start }) => !wrong.includes(start));
  }
  return undefined;
}

/** The sites of this file whose layers are in the model. */
function sitesIn({ sites }: Reading, { graph }: ModelRead): readonly Site[] {
  const ids = new Set<string>();
  const visit = ({ layers }: ModelRead['graph']): void =>
    layers.forEach(({ site, model }) => {
      if (site) ids.add(site.id);
      if (model) visit(model);
    });
  visit(graph);
  return sites.filter(({ id }) => ids.has(id));
}

/** Behind the last line of the statement or list item that the call ends; none where it goes on, has a comment, or has several shapes. */
function commentAt(site: Site, text: string): readonly TextEdit[] {
  const shapes = site.cases.map(({ outputShape }) => (outputShape && !isShapeList(outputShape) ? spelt(outputShape) : undefined));
  const [shape] = shapes;
  if (shape === undefined || shapes.some((one) => one !== shape)) return [];
  const end = text.indexOf('\n', site.call.end);
  const line = (end < 0 ? text.slice(site.call.end) : text.slice(site.call.end, end)).trimEnd();
  if (!/^(?:\s*\)?\s*\.apply\([^()'"`]*\)(?:\s+as\s+[\w$.]+)?)?\)*[;,]?$/.test(line)) return [];
  const at = site.call.end + line.length;
  return [{ start: at, end: at, text: ` // @shape ${shape}` }];
}

/** `[batch, 28, 28, 6]`; undefined where a size has no name. */
function spelt([batch, ...sizes]: Shape): string | undefined {
  if (sizes.some((size) => size === '?' || (typeof size === 'string' && !/^[\w\s.*+()-]+$/.test(size)))) return undefined;
  return `[${[batch === null ? 'batch' : String(batch), ...sizes.map((size) => String(size))].join(', ')}]`;
}
