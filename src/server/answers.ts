import { MarkupKind, type Hover, type InlayHint, type Position, type Range } from 'vscode-languageserver';
import { hoverAt } from '../features/hover';
import { grouped } from '../features/grouped';
import { fitLine } from '../features/hintLines';
import { inlayHints, type Hint, type HintContent } from '../features/inlayHints';
import { Lines } from '../features/lines';
import { meantAt } from '../features/meantAt';
import { modelAt } from '../features/modelAt';
import type { HoverAnswer } from '../model/hoverAnswer';
import type { Given, LeftOpen, ModelRead, Reading } from '../model/reading';
import type { ModelAgainParams, ModelAtResult, SitesAtResult } from '../protocol/lsp';
import type { Settings } from '../protocol/settings';
import type { Good, OpenDocument } from './document';
import { renamed, splitId } from './handles';
import { questionFor, QUESTION_HOVER, QUESTION_TOOLTIP, type Quiz } from './quiz';

/** Answers out of the last good reading, carried to where its places stand now. Each is three steps: position to offset, the feature, span to range. */

/** @param quiz where answers are kept back. */
export function hover(document: OpenDocument, position: Position, quiz?: Quiz): Hover | null {
  const { good } = document;
  const offset = document.map.back(document.offsetAt(position));
  const answer = good && offset !== undefined ? hoverAt(good.reading, good.text, offset) : undefined;
  const range = answer && document.present(answer.span);
  if (!answer || !range) return null;
  const isKept = quiz !== undefined && keptBack(document, quiz).some((id) => answer.about.includes(id));
  return hoverOf(isKept ? { ...answer, markdown: QUESTION_HOVER } : answer, range);
}

export const hoverOf = ({ markdown }: HoverAnswer, range: Range): Hover => ({
  contents: { kind: MarkupKind.Markdown, value: markdown },
  range,
});

/** The places whose hints show a `?`: only what can be asked for is kept back. */
function keptBack(document: OpenDocument, quiz: Quiz): readonly string[] {
  const { good } = document;
  if (!good) return [];
  const all = allHints(good, QUIZ_CONTENT);
  return all.filter(({ id, isAnswer }) => isAnswer && quiz.hides(document, id)).map(({ id }) => id);
}

/** What a quiz asks for where hints are switched off. */
const QUIZ_CONTENT = 'shapesAndParameters';

/** @param quiz where answers are kept back; then there are hints even where they are switched off. */
export const hints = (document: OpenDocument, settings: Settings['inlayHints'], quiz?: Quiz): InlayHint[] =>
  placedHints(document, settings, quiz).map(({ hint, offset }): InlayHint => {
    const position = document.positionAt(offset);
    return quiz && hint.isAnswer && quiz.hides(document, hint.id)
      ? { position, label: questionFor(document, hint), tooltip: QUESTION_TOOLTIP, paddingLeft: true }
      : { position, label: hint.label, tooltip: hint.tooltip, paddingLeft: true };
  });

/** The places (`Hint.id`) whose hints stand on a line (0-based). */
export const hintsOn = (document: OpenDocument, settings: Settings['inlayHints'], quiz: Quiz, line: number): readonly string[] =>
  placedHints(document, settings, quiz).flatMap(({ hint, offset }) => (document.positionAt(offset).line === line ? [hint.id] : []));

const hintsOf = new WeakMap<Reading, Map<HintContent, readonly Hint[]>>();

/** The hints of a reading: they are asked for at every change and every scrolling, and what they say is the same until the next reading. */
function allHints({ reading, text }: Good, content: HintContent): readonly Hint[] {
  const made = hintsOf.get(reading) ?? new Map<HintContent, readonly Hint[]>();
  hintsOf.set(reading, made);
  const known = made.get(content) ?? inlayHints(reading, { start: 0, end: text.length }, content);
  made.set(content, known);
  return known;
}

/** All hints, with where they stand now. */
function placedHints(document: OpenDocument, { content, position }: Settings['inlayHints'], quiz: Quiz | undefined): readonly Placed[] {
  const { good } = document;
  const shown = content === 'off' && quiz ? QUIZ_CONTENT : content;
  if (!good || shown === 'off') return [];
  const lines = new Lines(document.text);
  const map = document.map;
  const placed = allHints(good, shown).flatMap((hint) => {
    const call = map.forward(hint.anchor, 'end');
    const offset = call === undefined ? undefined : position === 'call' ? call : lines.endOfLine(call);
    return offset === undefined ? [] : [{ hint, offset }];
  });
  // A quiz's question marks are short enough, and each is clicked by itself.
  return quiz ? placed : [...grouped(placed, ({ offset }) => lines.lineOf(offset)).values()].flatMap(together);
}

/** The hints of one line. */
function together(placed: readonly Placed[]): readonly Placed[] {
  const fitted = fitLine(placed.map(({ hint }) => hint));
  return placed.flatMap(({ hint, offset }) => {
    const shown = fitted.find(({ id }) => id === hint.id);
    return shown ? [{ hint: shown, offset }] : [];
  });
}

interface Placed {
  readonly hint: Hint;
  readonly offset: number;
}

/** The ids of one reading's places become names that last; those in other files are theirs to name. */
export type NameOf = (id: string) => string;

export function modelUnder(document: OpenDocument, position: Position, nameOf: NameOf): ModelAtResult {
  const { good, refusal } = document;
  if (!good) return { reason: refusal?.reason ?? 'This file has not been read yet.' };
  const offset = document.offsetAt(position);
  const line = document.lineAround(offset);
  const back = (at: number): number | undefined => document.map.back(at);
  // A caret in new text means what stands before it.
  const then = back(offset) ?? back(line.start) ?? 0;
  const meant = modelAt(good.reading, then, { start: back(line.start) ?? then, end: back(line.end) ?? then });
  return 'reason' in meant ? meant : runnable(document, meant.model, nameOf);
}

export function modelAgain(document: OpenDocument, params: ModelAgainParams, nameOf: NameOf): ModelAtResult {
  const found = meantAgain(document.good?.reading, params, nameOf);
  if (found) return runnable(document, found, nameOf);
  return { reason: document.refusal?.reason ?? 'The model is no longer in its file.' };
}

/** Of what is given, all that is about names which the model's source leaves open: what the source tells by now counts for itself. */
export function givenFor(document: OpenDocument, params: ModelAgainParams, nameOf: NameOf): readonly Given[] {
  const open = leftOpenOf(document, params, nameOf);
  return (params.given ?? []).filter(({ name }) => open.some((one) => one.name === name));
}

function leftOpenOf(document: OpenDocument, params: ModelAgainParams, nameOf: NameOf): readonly LeftOpen[] {
  const { reading } = document.good ?? {};
  const found = meantAgain(reading, params, nameOf);
  return (reading?.models ?? []).filter(({ id }) => id === found?.id).flatMap(({ leftOpen = [] }) => leftOpen);
}

/** The model out of a reading of the document's last good text with what was given; the one without it where it is not in that reading. */
export function modelGiven(
  document: OpenDocument,
  reading: Reading | undefined,
  given: readonly Given[],
  params: ModelAgainParams,
  nameOf: NameOf,
): ModelAtResult {
  const found = meantAgain(reading, params, nameOf);
  if (!found) return modelAgain(document, params, nameOf);
  const open = leftOpenOf(document, params, nameOf);
  const answered = given.flatMap(({ name }) => open.find((one) => one.name === name) ?? []);
  return runnable(document, { ...found, leftOpen: [...answered, ...(found.leftOpen ?? [])] }, nameOf, given);
}

/** The model that the client was given before: the one of that name, else the only one that is called so. */
export function meantAgain(
  reading: Reading | undefined,
  { id, title }: Pick<ModelAgainParams, 'id' | 'title'>,
  nameOf: NameOf,
): ModelRead | undefined {
  const models = reading?.models ?? [];
  const named = models.filter((model) => nameOf(model.id) === id);
  if (named.length > 0) return named.find(({ error, graph }) => error === undefined && graph.stop === undefined) ?? named[0];
  const titled = models.filter((model) => model.title === title);
  return titled.length === 1 ? titled[0] : undefined;
}

function runnable(document: OpenDocument, model: ModelRead, nameOf: NameOf, given: readonly Given[] = []): ModelAtResult {
  const now = document.present(model.name);
  return {
    found: {
      uri: document.uri,
      version: document.good?.version ?? document.version,
      id: nameOf(model.id),
      title: model.title,
      line: now?.start.line ?? 0,
      totalParams: model.totalParams,
      leftOpen: model.leftOpen ?? [],
      given,
      graph: renamed(model.graph, nameOf),
    },
  };
}

export function sitesUnder(document: OpenDocument, position: Position, nameOf: NameOf): SitesAtResult {
  const { good } = document;
  const offset = document.offsetAt(position);
  const line = document.lineAround(offset);
  const [then, start, end] = [offset, line.start, line.end].map((at) => document.map.back(at));
  if (!good || then === undefined) return { sites: [] };
  const around = { start: start ?? then, end: end ?? then };
  const meant = modelAt(good.reading, then, around);
  return {
    sites: meantAt(good.reading, good.text, then, around).map(nameOf),
    ...('model' in meant && { model: nameOf(meant.model.id) }),
  };
}

/** Names places by their documents: those that are open know lasting names. */
export const naming =
  (documentOf: (path: string) => OpenDocument | undefined): NameOf =>
  (id) => {
    const place = splitId(id);
    return (place && documentOf(place.path)?.handles.of(place.offset)) ?? id;
  };
