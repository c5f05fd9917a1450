/** What can be shown of a layer beside its output, by its class alone: the views ask this before anything is computed. */

/** Layers that apply an activation to what they computed, as the last thing that they do. */
const FUSED: readonly string[] = [
  'Conv1D',
  'Conv2D',
  'Conv3D',
  'Conv2DTranspose',
  'Conv3DTranspose',
  'DepthwiseConv2D',
  'SeparableConv2D',
  'Dense',
];

/** True where there is something before the activation. A recurrent layer's activations are inside of its loop, and custom layers have none. */
export const hasFused = (className: string, activation: string | undefined): boolean =>
  activation !== undefined && activation !== 'linear' && FUSED.includes(className);

/** True where a pooling's winners can be marked. */
export const hasWinners = (className: string): boolean => /^MaxPooling[123]D$/.test(className);
