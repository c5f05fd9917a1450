import type { GraphLayer } from '../model/graph';
import type { BudgetComment, BudgetMeasure, BudgetTerm, ModelRead, Problem, Reading } from '../model/reading';
import { showCount, type Count } from '../model/shape';
import type { SourceSpan } from '../model/span';
import { condition } from './cases';
import { heaviest, inferenceBytes, type LayerCost } from './cost';
import { FLOAT_BYTES } from './counting';
import { showBytes, showShare } from './units';
import { shortName } from './writing';

export const BUDGET = 'budget';
const SHOWN = 3;

/**
 * What a file's `@budget` comments come to: a warning at each term that a model breaks, with its three heaviest layers, and at what cannot be
 * read; a hint where what is measured is not known, for then nothing is wrong.
 */
export function budgetProblems(reading: Reading): readonly Problem[] {
  return (reading.budgets ?? []).flatMap((budget) => [...faultOf(budget), ...lack(reading, budget), ...broken(reading, budget)]);
}

const faultOf = ({ fault }: BudgetComment): readonly Problem[] =>
  // What does not look like ours may be somebody else's tag.
  fault?.isOurs ? [{ span: fault.span, severity: 'warning', code: BUDGET, message: fault.message }] : [];

const isAbout = ({ about }: BudgetComment, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  about !== undefined && about.start <= start && end <= about.end;

/** A budget that nothing could be held against must not look as if it were kept. */
function lack(reading: Reading, budget: BudgetComment): readonly Problem[] {
  if (budget.terms.length === 0 || reading.models.some(({ name }) => isAbout(budget, name))) return [];
  const isUnread = reading.limits.length > 0 || reading.sites.some(({ name }) => isAbout(budget, name));
  return [
    isUnread
      ? { span: budget.tag, severity: 'hint', code: BUDGET, message: 'the budget is not checked: no model that it is about could be read' }
      : {
          span: budget.tag,
          severity: 'warning',
          code: BUDGET,
          message: 'nothing here builds a model: expected the comment above tf.sequential or tf.model, or above a function that calls one',
        },
  ];
}

function broken(reading: Reading, budget: BudgetComment): readonly Problem[] {
  const models = reading.models.filter(({ name }) => isAbout(budget, name));
  return budget.terms.flatMap((term) => {
    const verdicts = models.map((model) => verdict(reading, term, model));
    const over = verdicts.filter((one) => one?.severity === 'warning');
    // Of several models the one that breaks it says so; that another one is not known says nothing beside it.
    return (over.length > 0 ? over : verdicts).filter((one) => one !== undefined).slice(0, 1);
  });
}

function verdict(reading: Reading, term: BudgetTerm, model: ModelRead): Problem | undefined {
  const { span, measure, limit, orEqual } = term;
  const amount = amountOf(measure, model);
  if (typeof amount !== 'number') {
    const why = amount === undefined || amount === '?' ? whyOpen(model) : `: ${showCount(amount)}`;
    return { span, severity: 'hint', code: BUDGET, message: `${measure} of ${shortName(model.title)} cannot be told${why}` };
  }
  if (orEqual ? amount <= limit : amount < limit) return undefined;
  const show = measure === 'memory' ? showBytes : showCount;
  const by = amount === limit ? `not below ${show(limit)}` : `${show(amount - limit)} over the budget of ${show(limit)}`;
  const heavy = heaviest(model.graph, (cost) => shareIn(measure, cost), SHOWN) ?? [];
  const under = condition(model);
  const layers = heavy.map(({ layer, amount: own }) => `${shortName(layer.name)} ${show(own)} (${showShare(own, amount)})`);
  return {
    span,
    severity: 'warning',
    code: BUDGET,
    message: `${measure} of ${shortName(model.title)}${under && ` (${under})`}: ${show(amount)}, ${by}${layers.length > 0 ? `; heaviest: ${layers.join(', ')}` : ''}`,
    related: heavy.flatMap(({ layer, amount: own }) => {
      const at = placeOf(reading, layer);
      return at ? [{ at, message: `${shortName(layer.name)}: ${show(own)}` }] : [];
    }),
  };
}

const amountOf = (measure: BudgetMeasure, model: ModelRead): Count | undefined =>
  measure === 'params' ? model.totalParams : measure === 'macs' ? model.macs : inferenceBytes(model);

function shareIn(measure: BudgetMeasure, { params, macs, values, isCounted }: LayerCost): Count | undefined {
  if (measure !== 'memory') return measure === 'params' ? params : macs;
  return typeof params === 'number' && values !== undefined ? FLOAT_BYTES * (params + (isCounted ? values : 0)) : undefined;
}

const whyOpen = ({ error, graph }: ModelRead): string => {
  const why = error === undefined ? graph.stop : 'TensorFlow.js refuses the model';
  return why === undefined ? '' : `: ${why}`;
};

/** The factory's name in the source where it is of this file, else where it begins in its own. */
function placeOf(reading: Reading, { site }: GraphLayer): SourceSpan | undefined {
  if (!site) return undefined;
  const here = reading.sites.find(({ id }) => id === site.id);
  if (here) return { path: reading.path, ...here.name };
  const hash = site.id.lastIndexOf('#');
  const start = Number(site.id.slice(hash + 1));
  return Number.isInteger(start) ? { path: site.id.slice(0, hash), start, end: start } : undefined;
}
