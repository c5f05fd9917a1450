import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver';
import type { TextEdit } from '../features/quickFixes/fix';
import { offersAt, problemsAt, type Attempt } from '../features/quickFixes/offers';
import { silencing } from '../features/quickFixes/silence';
import { tried } from '../features/rewrites/rewrite';
import { shapeComments } from '../features/rewrites/shapeComments';
import { uselessBias } from '../features/rewrites/useBias';
import { statementOffers } from '../features/stateIt';
import type { Problem } from '../model/reading';
import type { Span } from '../model/span';
import type { Good, OpenDocument } from './document';
import { toDiagnostics } from './toDiagnostics';

/** What of code actions is asked for, and how each changed text is tried. */
export interface ActionsWanted {
  readonly range: Range;
  isKind(kind: CodeActionKind): boolean;
  pageOf(code: string): string | undefined;
  readonly attempt: Attempt;
}

/**
 * What can be done at a place: the problems' solutions, each tried before; comments that silence them; statements of what is open; rewrites. Nothing
 * while the present text is not read yet.
 */
export async function actionsAt(document: OpenDocument, wanted: ActionsWanted): Promise<CodeAction[]> {
  const { good } = document;
  if (!good || good.version !== document.version) return [];
  const span = { start: document.offsetAt(wanted.range.start), end: document.offsetAt(wanted.range.end) };
  return [
    ...(wanted.isKind(CodeActionKind.QuickFix) ? await quickFixes(document, good, span, wanted) : []),
    ...(wanted.isKind(CodeActionKind.RefactorRewrite) ? await rewrites(document, good, span, wanted) : []),
  ];
}

async function quickFixes(document: OpenDocument, good: Good, span: Span, { attempt, pageOf }: ActionsWanted): Promise<CodeAction[]> {
  const about = (problem: Problem): Pick<CodeAction, 'kind' | 'diagnostics'> => ({
    kind: CodeActionKind.QuickFix,
    diagnostics: toDiagnostics(document, [problem], pageOf),
  });
  const offers = await offersAt(good, span, attempt);
  const silenced = [];
  for (const problem of problemsAt(good.problems, span)) silenced.push(await silencing(good, problem, attempt));
  return [
    ...offers.map(({ title, edits, problem, isPreferred }) => ({ title, ...about(problem), isPreferred, edit: editOf(document, edits) })),
    ...statementOffers(good.reading, good.text, span).map(({ title, offset, text }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      edit: editOf(document, [{ start: offset, end: offset, text }]),
    })),
    ...silenced.flatMap((one) => (one ? [{ title: one.title, ...about(one.problem), edit: editOf(document, one.edits) }] : [])),
  ];
}

async function rewrites(document: OpenDocument, good: Good, span: Span, { attempt }: ActionsWanted): Promise<CodeAction[]> {
  const found = [await shapeComments(good, span, attempt)];
  for (const candidate of uselessBias(good, span)) found.push(await tried(good, candidate, attempt));
  return found.flatMap((one) =>
    one ? [{ title: one.title, kind: CodeActionKind.RefactorRewrite, edit: editOf(document, one.edits) }] : [],
  );
}

const editOf = (document: OpenDocument, edits: readonly TextEdit[]): NonNullable<CodeAction['edit']> => ({
  changes: { [document.uri]: edits.map((edit) => ({ range: document.rangeOf(edit), newText: edit.text })) },
});
