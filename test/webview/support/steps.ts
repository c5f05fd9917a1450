import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import { describeSteps } from '../../../webview/engine/describe';
import type { StepInfo } from '../../../webview/engine/contract/program';
import { HEAD, readSource } from '../../support/readSource';

/** The last model that a source defines. */
export const graphOfSource = (source: string): ModelGraph => {
  const model = readSource(HEAD + source).models.at(-1);
  if (!model) throw new Error('The source defines no model.');
  return model.graph;
};

/** The layer list of the last model that a source defines, as the engine tells it. */
export const stepsOfSource = (source: string): readonly StepInfo[] => describeSteps(compile(graphOfSource(source)));

export const exampleSource = (name: string): string =>
  readFileSync(join(__dirname, '../../../examples', `${name}.ts`), 'utf8').replace(/^import .*$/m, '');

/** ResNet-50 (He, Zhang, Ren and Sun, 2015) as people write it: two helpers and two loops. */
export const RESNET_50 = `
  const convBn = (x, filters, size, strides, name) => {
    const y = tf.layers.conv2d({ name: name + '_conv', filters, kernelSize: size, strides, padding: 'same' }).apply(x);
    return tf.layers.batchNormalization({ name: name + '_bn' }).apply(y);
  };
  const relu = (x, name) => tf.layers.activation({ name: name + '_relu', activation: 'relu' }).apply(x);
  function bottleneck(x, filters, strides, project, name) {
    const shortcut = project ? convBn(x, 4 * filters, 1, strides, name + '_0') : x;
    let y = relu(convBn(x, filters, 1, strides, name + '_1'), name + '_1');
    y = relu(convBn(y, filters, 3, 1, name + '_2'), name + '_2');
    y = convBn(y, 4 * filters, 1, 1, name + '_3');
    return relu(tf.layers.add({ name: name + '_add' }).apply([shortcut, y]), name + '_out');
  }
  export function createResNet50() {
    const input = tf.input({ shape: [224, 224, 3], name: 'input' });
    let x = relu(convBn(input, 64, 7, 2, 'conv1'), 'conv1');
    x = tf.layers.maxPooling2d({ name: 'pool1', poolSize: 3, strides: 2, padding: 'same' }).apply(x);
    const blocks = [3, 4, 6, 3];
    for (let stage = 0; stage < 4; stage++) {
      for (let block = 0; block < blocks[stage]; block++) {
        x = bottleneck(x, 64 * 2 ** stage, block === 0 && stage > 0 ? 2 : 1, block === 0, 'conv' + (stage + 2) + '_block' + (block + 1));
      }
    }
    x = tf.layers.globalAveragePooling2d({ name: 'avgpool' }).apply(x);
    return tf.model({ inputs: input, outputs: tf.layers.dense({ name: 'fc', units: 1000 }).apply(x) });
  }`;
