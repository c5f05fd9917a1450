import type { WeightsInfo } from '../engine/contract/program';
import type { UnitReport } from '../engine/contract/units';

const count = (value: number): string => value.toLocaleString('en-US');

/** Units that are a copy of an earlier one. */
export const copiesIn = ({ copies }: UnitReport): number => copies.reduce((total, group) => total + group.length - 1, 0);

/** `3 of 64 dead, 2 duplicates`; undefined where there is nothing to say. */
export const unitsText = (report: UnitReport): string | undefined => {
  const copies = copiesIn(report);
  const parts = [
    ...(report.dead.length > 0 ? [`${count(report.dead.length)} of ${count(report.units)} dead`] : []),
    ...(copies > 0 ? [`${report.cut ? 'at least ' : ''}${count(copies)} ${copies === 1 ? 'duplicate' : 'duplicates'}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
};

/** Units are named up to so many. */
const NAMED = 8;

const listed = (units: readonly number[]): string =>
  units.slice(0, NAMED).join(', ') + (units.length > NAMED ? ` and ${count(units.length - NAMED)} more` : '');

/** What was seen, and with which weights: what the finding holds for. */
export const evidence = ({ inputs }: UnitReport, weights: WeightsInfo | undefined): string => {
  const seen = `seen over ${count(inputs)} ${inputs === 1 ? 'input' : 'inputs'}`;
  if (weights?.kind === 'fresh') return `${seen}, with fresh random weights (seed ${weights.seed})`;
  const partly = weights !== undefined && weights.kind !== 'none' && weights.fresh > 0;
  return partly ? `${seen}, with weights that are partly fresh and random` : seen;
};

/** The finding in whole sentences; undefined where there is nothing to say. */
export const unitsSentence = (name: string, report: UnitReport, weights: WeightsInfo | undefined): string | undefined => {
  const { dead, copies, units } = report;
  const text = [
    ...(dead.length > 0 ? [`${count(dead.length)} of ${count(units)} units of ${name} are zero everywhere (${listed(dead)}).`] : []),
    ...(copies.length > 0
      ? [
          `${report.cut ? 'At least ' : ''}${count(copiesIn(report))} of ${count(units)} units of ${name} are duplicates of others (${copies
            .slice(0, NAMED)
            .map((group) => listed(group).replaceAll(', ', ' = '))
            .join('; ')}${copies.length > NAMED ? '; …' : ''}).`,
        ]
      : []),
  ];
  return text.length === 0 ? undefined : `${text.join(' ')} This was ${evidence(report, weights)}.`;
};
