/** Maps a uniform number in (0, 1) to a number of a distribution. */
export type Distribution = (uniform: number) => number;

export const uniformBetween =
  (low: number, high: number): Distribution =>
  (uniform) =>
    low + (high - low) * uniform;

export const normal =
  (mean: number, std: number): Distribution =>
  (uniform) =>
    mean + std * inverseNormal(uniform);

/** TensorFlow.js redraws what lies more than two standard deviations from the mean; so the distribution is cut there, and narrower than `std` says. */
export const truncatedNormal =
  (mean: number, std: number): Distribution =>
  (uniform) =>
    mean + std * inverseNormal(BELOW_MINUS_2 + (1 - 2 * BELOW_MINUS_2) * uniform);

/** The part of a normal distribution below two standard deviations under its mean. */
const BELOW_MINUS_2 = 0.02275013194817921;

/** The inverse of the normal distribution function (Acklam's rational approximation, relative error below 1.2e-9). */
export const inverseNormal = (p: number): number => {
  if (p < TAIL) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - TAIL) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const above = (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q;
  return above / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1);
};

const tail = (q: number): number =>
  (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5]) / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1);

const TAIL = 0.02425;
const A = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239] as const;
const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572] as const;
const C = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
] as const;
const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416] as const;
