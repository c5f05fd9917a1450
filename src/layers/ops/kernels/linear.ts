import { backend_util, util, type EinsumAttrs } from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';
import { activated } from './activation';
import { add } from './elementwise';
import { info, transposed, type Info, type Kernels } from './kernel';
import { reshaped } from './reshaping';
import { sum } from './reductions';

interface Product {
  readonly a: Info;
  readonly b: Info;
}

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const size = (shape: readonly number[], fromEnd: number): number => shape[shape.length - fromEnd] as number;

/** All but the last two dimensions made one, as the runtime multiplies; what is no matrix is refused here. */
const stacked = (x: Info, matrix: readonly number[]): Info => reshaped(x, [util.sizeFromShape(x.shape.slice(0, -2)), ...matrix]);

/** Matrices in the last two dimensions, the others broadcast. */
const matMul = ({ a, b }: Product, { transposeA, transposeB }: Transposes): Info => {
  const innerA = size(a.shape, transposeA ? 2 : 1);
  const innerB = size(b.shape, transposeB ? 1 : 2);
  const outer = backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  util.assert(
    innerA === innerB,
    () =>
      `Error in matMul: inner shapes (${innerA}) and (${innerB}) of Tensors with shapes ${a.shape} and ${b.shape}` +
      ` and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const outerA = size(a.shape, transposeA ? 1 : 2);
  const outerB = size(b.shape, transposeB ? 2 : 1);
  stacked(a, transposeA ? [innerA, outerA] : [outerA, innerA]);
  stacked(b, transposeB ? [outerB, innerB] : [innerB, outerB]);
  return info([...outer, outerA, outerB], a.dtype);
};

interface Fused extends Transposes {
  readonly activation?: string;
}

const fusedMatMul = ({ a, b, bias, preluActivationWeights }: Product & FusedInputs, attrs: Fused): Info => {
  const product = matMul({ a, b }, attrs);
  return activated(bias ? add({ a: product, b: bias }) : product, attrs.activation, preluActivationWeights);
};

interface FusedInputs {
  readonly bias?: Info;
  readonly preluActivationWeights?: Info;
}

/** One input of an einsum, its dimensions in the order of the equation and with 1 where it has none. */
const aligned = (input: Info, remaining: number, dims: number[]): Info => {
  const { permutationIndices, expandDims } = backend_util.getEinsumPermutation(remaining, dims);
  const identity = backend_util.isIdentityPermutation(permutationIndices);
  const shape = identity ? [...input.shape] : transposed(input.shape, permutationIndices);
  for (const at of expandDims) shape.splice(at, 0, 1);
  return info(shape, input.dtype);
};

interface EinsumStep {
  /** What it leaves. */
  readonly output: Info;
  /** The sizes of each product that it makes, before a dimension is summed away. */
  readonly multiplied: readonly Info[];
}

/** Step by step as the runtime: what a step brings in is multiplied, then a dimension is summed away. */
export const stepsOfEinsum = (inputs: readonly Info[], { equation }: EinsumAttrs): readonly EinsumStep[] => {
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, inputs.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, inputs as never);
  const { path, steps } = backend_util.getEinsumComputePath(summedDims, idDims);
  if (inputs.some(({ shape }, i) => shape.length !== idDims[i]?.length))
    throw new LimitError('An einsum whose equation names other dimensions than its tensors have is not followed.');
  let out: Info | undefined;
  let remaining = allDims.length;
  return steps.map((terms, step) => {
    const multiplied: Info[] = [];
    for (const term of terms) {
      const next = aligned(inputs[term] as Info, remaining, idDims[term] as number[]);
      if (out) multiplied.push((out = info(backend_util.assertAndGetBroadcastShape(next.shape, out.shape), next.dtype)));
      else out = next;
    }
    const summed = step === steps.length - 1 ? -1 : (path[step] as number);
    if (summed >= 0) out = sum({ x: out as Info }, { axis: summed - (allDims.length - remaining) });
    if (step < steps.length - 1) remaining--;
    return { output: out as Info, multiplied };
  });
};

const einsum = (inputs: readonly Info[], attrs: EinsumAttrs): Info => stepsOfEinsum(inputs, attrs).at(-1)?.output as Info;

const fft = ({ input }: { readonly input: Info }): Info => {
  const total = util.sizeFromShape(input.shape);
  const inner = size(input.shape, 1);
  const rows = reshaped(input, [total / inner, inner]);
  return reshaped(info(rows.shape, 'complex64'), input.shape);
};

export const linear: Kernels = { BatchMatMul: matMul, _FusedMatMul: fusedMatMul, Einsum: einsum, FFT: fft, IFFT: fft };
