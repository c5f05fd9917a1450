import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver';
import type { Problem, Severity } from '../model/reading';
import { oneLine } from '../features/writing';
import type { OpenDocument } from './document';
import { fileUri } from './uris';

const SOURCE = 'layerscope';
const MAX_MESSAGE = 1_000;

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Problems of a document's last reading, where they stand now; what is gone is left out. */
export const toDiagnostics = (
  document: OpenDocument,
  problems: readonly Problem[],
  pageOf: (code: string) => string | undefined,
): Diagnostic[] => problems.flatMap((problem) => toDiagnostic(document, problem, pageOf));

function toDiagnostic(document: OpenDocument, problem: Problem, pageOf: (code: string) => string | undefined): Diagnostic[] {
  const range = document.present(problem.span);
  if (!range) return [];
  const href = pageOf(problem.code);
  const related = (problem.related ?? []).flatMap(({ at, message }) => {
    // Of another file only the path is at hand, so it is pointed at as a whole, and the message says where.
    const here = at.path === document.path ? document.present(at) : START;
    const uri = at.path === document.path ? document.uri : fileUri(at.path);
    return here ? [{ location: { uri, range: here }, message: said(message) }] : [];
  });
  return [
    {
      range,
      severity: SEVERITIES[problem.severity],
      source: SOURCE,
      code: problem.code,
      ...(href !== undefined && { codeDescription: { href } }),
      message: said(problem.message),
      relatedInformation: related,
    },
  ];
}

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** About the file as a whole: its first line carries it. */
export const limited = (reason: string): Diagnostic => ({
  range: START,
  severity: DiagnosticSeverity.Information,
  source: SOURCE,
  code: 'limit',
  message: said(reason),
});

const said = (message: string): string => {
  const line = oneLine(message);
  return line.length <= MAX_MESSAGE ? line : `${line.slice(0, MAX_MESSAGE)}…`;
};
