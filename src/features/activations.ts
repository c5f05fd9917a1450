/**
 * What an activation makes of each value `x`; Σ goes over the last axis. Formulas and constants are those of tfjs-layers' `activations.ts` (4.22),
 * and a test evaluates each text beside the real function.
 */
const FORMULAS: Readonly<Record<string, string>> = {
  linear: 'x',
  relu: 'max(0, x)',
  relu6: 'min(max(0, x), 6)',
  elu: 'max(0, x) + min(0, exp(x) - 1)',
  selu: '1.0507*(max(0, x) + 1.67326*min(0, exp(x) - 1))',
  sigmoid: '1/(1 + exp(-x))',
  hardSigmoid: 'min(max(0.2*x + 0.5, 0), 1)',
  tanh: 'tanh(x)',
  softmax: 'exp(x)/Σexp(x)',
  logSoftmax: 'x - log(Σexp(x))',
  softplus: 'log(1 + exp(x))',
  softsign: 'x/(1 + |x|)',
  gelu: '0.5*x*(1 + erf(x/√2))',
  gelu_new: '0.5*x*(1 + tanh(√(2/π)*(x + 0.044715*x³)))',
  mish: 'x*tanh(log(1 + exp(x)))',
  swish: 'x/(1 + exp(-x))',
};

export const ACTIVATIONS: readonly string[] = Object.keys(FORMULAS);

/** `max(0, x)`; undefined for a name that TensorFlow.js does not know. */
export const activationFormula = (name: string): string | undefined => (Object.hasOwn(FORMULAS, name) ? FORMULAS[name] : undefined);
