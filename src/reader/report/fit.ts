import { UNKNOWN_SIZE } from '../../model/shape';

/** An unknown and the values that stood in for it. */
export interface Named {
  readonly name: string;
  readonly samples: readonly number[];
}

/** Exponents by unknown: [1, 0] is the first unknown itself, [] of zeros the constant. */
type Monomial = readonly number[];

/** A formula must hold on so many samples beyond those that determine it. */
const CHECKS = 2;
const MAX_DENOMINATOR = 16;
/** Of more unknowns than this no smaller sets are tried. */
const MAX_UNKNOWNS = 8;

/**
 * The number, or the polynomial over the unknowns, that gives exactly these samples; "?" where none does. Samples that are undefined are values of
 * the unknowns that TensorFlow.js refuses; what is left must still determine the formula and check it.
 */
export function fit(samples: readonly (number | undefined)[], unknowns: readonly Named[]): number | string {
  const [only] = samples;
  if (samples.length === 1) return only === undefined || Number.isNaN(only) ? UNKNOWN_SIZE : only;
  const rows = samples.flatMap((value, k) => (value === undefined || Number.isNaN(value) ? [] : [{ value, k }]));
  const [first] = rows;
  if (!first) return UNKNOWN_SIZE;
  if (rows.length > CHECKS && rows.every(({ value }) => value === first.value)) return first.value;
  for (const some of subsets(unknowns)) {
    const found = fitOver(rows, some);
    // A formula over something without a name would say nothing.
    if (found !== undefined) return some.some(({ name }) => name === UNKNOWN_SIZE) ? UNKNOWN_SIZE : found;
  }
  return UNKNOWN_SIZE;
}

/** The formula over all of these unknowns that gives every row; undefined where none of those tried does. */
function fitOver(rows: readonly { readonly value: number; readonly k: number }[], unknowns: readonly Named[]): number | string | undefined {
  for (const basis of bases(unknowns.length)) {
    if (rows.length < basis.length + CHECKS) return undefined;
    const coefficients = solve(
      rows.map(({ k }) => basis.map((monomial) => evaluate(monomial, unknowns, k))),
      rows.map(({ value }) => value),
    );
    if (coefficients) return render(basis, coefficients, unknowns);
  }
  return undefined;
}

/** Of many unknowns that something may depend on it mostly depends on few: a formula over fewer of them is checked by more samples. */
function subsets(unknowns: readonly Named[]): readonly (readonly Named[])[] {
  if (unknowns.length <= 2 || unknowns.length > MAX_UNKNOWNS) return [unknowns];
  const pairs = unknowns.flatMap((a, i) => unknowns.slice(i + 1).map((b) => [a, b]));
  const triples = unknowns.flatMap((a, i) => unknowns.slice(i + 1).flatMap((b, j) => unknowns.slice(i + j + 2).map((c) => [a, b, c])));
  return [...unknowns.map((one) => [one]), ...pairs, ...triples, unknowns];
}

const evaluate = (monomial: Monomial, unknowns: readonly Named[], k: number): number =>
  monomial.reduce((product, power, i) => product * (unknowns[i]?.samples[k] ?? NaN) ** power, 1);

/** Sets of monomials, small ones first. */
function bases(count: number): readonly (readonly Monomial[])[] {
  const unit = (i: number): Monomial => Array.from({ length: count }, (_, j) => (i === j ? 1 : 0));
  const times = (a: Monomial, b: Monomial): Monomial => a.map((power, i) => power + (b[i] ?? 0));
  const constant: Monomial = Array.from({ length: count }, () => 0);
  const units = Array.from({ length: count }, (_, i) => unit(i));
  const products = units.flatMap((a, i) => units.slice(i + 1).map((b) => times(a, b)));
  const squares = units.map((a) => times(a, a));
  const linear = [...units, constant];
  const all = [linear, [...products, ...linear], [...squares, ...linear], [...products, ...squares, ...linear]];
  if (count === 1) all.push([...units.map((a) => times(times(a, a), a)), ...squares, ...linear]);
  return all;
}

/** Solves rows * x = values; undefined where the rows do not determine x, or no small fractions solve all of them exactly. */
function solve(rows: readonly (readonly number[])[], values: readonly number[]): readonly number[] | undefined {
  const width = rows[0]?.length ?? 0;
  const matrix = rows.map((row, i) => [...row, values[i] ?? NaN]);
  for (let column = 0; column < width; column++) {
    const pivot = bestRow(matrix, column);
    if (pivot < 0) return undefined;
    swap(matrix, column, pivot);
    eliminate(matrix, column);
  }
  const solution = Array.from({ length: width }, (_, i) => asFraction((matrix[i]?.[width] ?? NaN) / (matrix[i]?.[i] ?? NaN)));
  if (!solution.every((value) => value !== undefined)) return undefined;
  const exact = rows.every((row, i) => {
    const sum = row.reduce((all, factor, j) => all + factor * (solution[j] ?? NaN), 0);
    return Math.abs(sum - (values[i] ?? NaN)) <= 1e-9 * Math.max(1, Math.abs(sum));
  });
  return exact ? solution : undefined;
}

function bestRow(matrix: readonly (readonly number[])[], column: number): number {
  let best = -1;
  for (let i = column; i < matrix.length; i++) {
    const size = Math.abs(matrix[i]?.[column] ?? 0);
    if (size > 1e-9 && (best < 0 || size > Math.abs(matrix[best]?.[column] ?? 0))) best = i;
  }
  return best;
}

function swap(matrix: number[][], a: number, b: number): void {
  const [rowA, rowB] = [matrix[a], matrix[b]];
  if (!rowA || !rowB) return;
  matrix[a] = rowB;
  matrix[b] = rowA;
}

function eliminate(matrix: number[][], column: number): void {
  const pivot = matrix[column];
  if (!pivot) return;
  matrix.forEach((row, i) => {
    if (i === column) return;
    const factor = (row[column] ?? 0) / (pivot[column] ?? NaN);
    if (factor !== 0) pivot.forEach((value, j) => (row[j] = (row[j] ?? 0) - factor * value));
  });
}

/** The fraction with a small denominator that a rounded solution stands for. */
function asFraction(value: number): number | undefined {
  for (let denominator = 1; denominator <= MAX_DENOMINATOR; denominator++) {
    const numerator = Math.round(value * denominator);
    if (Math.abs(value * denominator - numerator) <= 1e-6 * Math.max(1, Math.abs(numerator) * 1e-3)) return numerator / denominator;
  }
  return undefined;
}

/** `18*units^2 + 2*units`: highest powers first, the constant last. */
function render(basis: readonly Monomial[], coefficients: readonly number[], unknowns: readonly Named[]): string | number {
  const degree = (monomial: Monomial): number => monomial.reduce((sum, power) => sum + power, 0);
  const terms = basis
    .map((monomial, i) => ({ monomial, coefficient: coefficients[i] ?? 0 }))
    .filter(({ coefficient }) => coefficient !== 0)
    .sort((a, b) => degree(b.monomial) - degree(a.monomial));
  if (terms.length === 0) return 0;
  return terms
    .map(({ monomial, coefficient }, i) => {
      const sign = coefficient < 0 ? (i === 0 ? '-' : ' - ') : i === 0 ? '' : ' + ';
      return sign + renderTerm(monomial, Math.abs(coefficient), unknowns);
    })
    .join('');
}

function renderTerm(monomial: Monomial, coefficient: number, unknowns: readonly Named[]): string {
  const factors = monomial.flatMap((power, i) => (power === 0 ? [] : [(unknowns[i]?.name ?? '?') + (power === 1 ? '' : `^${power}`)]));
  let denominator = 1;
  while (!Number.isInteger(coefficient * denominator)) denominator++;
  const numerator = Math.round(coefficient * denominator);
  const product = numerator === 1 && factors.length > 0 ? factors : [String(numerator), ...factors];
  return product.join('*') + (denominator === 1 ? '' : `/${denominator}`);
}
