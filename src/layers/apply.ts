import * as tfl from '@tensorflow/tfjs-layers';
import { macsOf } from './cost';
import { countsOf, describeLayer, weightsOf } from './describe';
import { checkShapes, checkSize } from './limits';
import { makeLayer } from './make';
import { Memo, structureOf, structureOfConstant } from './memo';
import { applyTo } from './model';
import { copyShape, oneOrList } from './shapes';
import type { Applied, ConcreteShape, Constructed, LayerSpec, Refused } from './spec';
import { withoutWeights, type Outcome } from './weightless';

// Room for all layers of the largest files that people edit, stand-ins included: a memo that is a little too small for a file never answers for it.
const constructed = new Memo<Constructed | Refused>(8_000, 2_000_000);
const applied = new Memo<Applied | Refused>(24_000, 8_000_000);

/** A layer as its factory makes it, before it sees an input. Pure; never throws. */
export const constructLayer = (spec: LayerSpec): Constructed | Refused =>
  constructed.get(structureOfConstant(spec), () =>
    settle(
      withoutWeights(() => {
        checkSize(spec);
        return describeLayer(spec, makeLayer(spec));
      }),
    ),
  );

/**
 * A fresh layer applied to symbolic inputs of these shapes (batch first; several are a list, as merging layers take them).
 * `builtWith` are the input shapes of a shared layer's first application, which decide its weights. An input layer takes no inputs.
 * Pure; never throws: what TensorFlow.js refuses comes back as its own text.
 */
export const applyLayer = (spec: LayerSpec, inputs: readonly ConcreteShape[], builtWith?: readonly ConcreteShape[]): Applied | Refused =>
  applied.get(keyOf(spec, builtWith ? [inputs, builtWith] : [inputs]), () => {
    const outcome = withoutWeights(() => {
      checkSize(spec);
      checkShapes([...inputs, ...(builtWith ?? [])]);
      return applyFresh(spec, inputs, builtWith);
    });
    return settle('value' in outcome ? { ...outcome, value: { ...outcome.value, warnings: outcome.warnings } } : outcome);
  });

/** The empty text, which is not kept, where a part is too deep. */
const keyOf = (spec: LayerSpec, shapes: readonly unknown[]): string => {
  const [layer, all] = [structureOfConstant(spec), structureOf(shapes)];
  return layer === '' || all === '' ? '' : `${layer} ${all}`;
};

const settle = <T>(outcome: Outcome<T>): T | Refused =>
  'value' in outcome ? outcome.value : { error: outcome.error, ...(outcome.limit ? { limit: true } : {}) };

const symbolic = (shapes: readonly ConcreteShape[]): tfl.SymbolicTensor[] => shapes.map((shape) => tfl.input({ batchShape: [...shape] }));

const applyFresh = (spec: LayerSpec, inputs: readonly ConcreteShape[], builtWith?: readonly ConcreteShape[]): Omit<Applied, 'warnings'> => {
  const layer = makeLayer(spec);
  if (builtWith) applyTo(layer, symbolic(builtWith));
  const isSource = inputs.length === 0 && layer.getClassName() === 'InputLayer';
  const outputs = isSource ? [copyShape(layer.batchInputShape)] : applyTo(layer, symbolic(inputs)).map(({ shape }) => copyShape(shape));
  const outputShape = oneOrList(outputs);
  const macs = macsOf(layer, inputs, outputShape);
  // Described once it is built, which settles some options: a layer normalisation's axis -1 is then 3.
  return {
    ...describeLayer(spec, layer),
    outputShape,
    ...countsOf(layer),
    weights: weightsOf(layer),
    ...(macs === undefined ? {} : { macs }),
  };
};
