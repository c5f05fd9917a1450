import type { Problem, Reading, Severity } from '../model/reading';
import type { Span } from '../model/span';
import { RULES } from '../rules/all';
import { PROBLEM_KINDS } from '../rules/codes';
import { BUDGET, budgetProblems } from './budget';
import { explained } from './explain/explain';
import { Lines } from './lines';
import { SUPPRESSION, suppressionsOf } from './suppression';

/** What a person wants to see. */
export interface DiagnosticSettings {
  readonly enabled: boolean;
  /** By code; what is not named has the severity of its kind, hints then being off. */
  readonly severity: { readonly [code: string]: SeverityChoice };
}

type SeverityChoice = Severity | 'off';

export const DEFAULT_DIAGNOSTICS: DiagnosticSettings = { enabled: true, severity: {} };

/** With every hint. */
export const ALL_DIAGNOSTICS: DiagnosticSettings = {
  enabled: true,
  severity: Object.fromEntries(PROBLEM_KINDS.flatMap(({ code, severity }) => (severity === 'hint' ? [[code, severity]] : []))),
};

/**
 * All that is wrong with a file: what TensorFlow.js throws, what contradicts the source, and what the rules find, in the order of the source.
 * One cause is one problem. Broken syntax is the language's own business and not among them. Spans are of the text that was read.
 * @param text the text that the reading is about.
 */
export function diagnosticsOf(reading: Reading, text: string, settings: DiagnosticSettings): readonly Problem[] {
  if (!settings.enabled) return [];
  const suppressions = suppressionsOf(text, new Lines(text), isProblemCode);
  const read = reading.problems.filter(({ code }) => code !== 'syntax').map((problem) => explained(reading, text, problem));
  const ruled = RULES.filter((rule) => choiceFor(rule.code, rule.severity, settings) !== 'off').flatMap((rule) =>
    rule.check(reading, text).map((finding): Problem => ({ severity: rule.severity, ...finding, code: rule.code })),
  );
  return distinct([...read, ...ruled, ...budgetProblems(reading), ...suppressions.unknown])
    .filter((problem) => !suppressions.isSilenced(problem, callAround(reading, problem.span)))
    .flatMap((problem) => {
      const severity = choiceFor(problem.code, problem.severity, settings);
      return severity === 'off' ? [] : [{ ...problem, severity }];
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const CODES = new Set(PROBLEM_KINDS.map(({ code }) => code));
/** True for the codes that settings, comments and pages can name. */
export const isProblemCode = (word: string): boolean => CODES.has(word);

/** Comments of ours: a hint says that one does not work, which is a fact and no opinion. */
const COMMENTS = new Set([SUPPRESSION, BUDGET]);

/** The severity that a problem is shown with: hints are opinions and off unless asked for. That a budget cannot be told is no breach of it. */
function choiceFor(code: string, own: Severity, { severity }: DiagnosticSettings): SeverityChoice {
  const chosen = Object.hasOwn(severity, code) ? severity[code] : undefined;
  if (code === BUDGET && own === 'hint') return chosen === 'off' ? 'off' : 'hint';
  return chosen ?? (own === 'hint' && !COMMENTS.has(code) ? 'off' : own);
}

/** Of several problems at one place the first is the cause. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const taken = new Set<string>();
  return problems.filter(({ span: { start, end } }) => {
    const key = `${start}-${end}`;
    return !taken.has(key) && taken.add(key);
  });
}

const callAround = ({ sites }: Reading, { start, end }: Span): Span | undefined =>
  sites.find(({ call }) => call.start <= start && end <= call.end)?.call;
