import type * as tf from '@tensorflow/tfjs-core';
import type { Handlers } from '../../../src/protocol/channel';
import type { BatchNormRequests } from '../contract/batchNorm';
import type { Running } from '../running';
import type { RunView } from '../runView';
import { isBatchNorm, type BatchNormLayer } from './layer';
import { channelReport, identityReport, reportOf } from './report';

export const batchNormHandlers = (engine: Running): Handlers<{ requests: BatchNormRequests; events: Record<string, never> }> => ({
  batchNorm: ({ key }, signal) =>
    withLayer(engine.session, key, signal, ({ layer, input, training }) => reportOf(key, layer, input, training)),
  batchNormChannel: (job, signal) =>
    withLayer(engine.session, job.key, signal, ({ layer, ...values }, either) => channelReport(job, layer, values, either)),
  batchNormIdentity: ({ key }, signal) =>
    withLayer(engine.session, key, signal, ({ layer, input, training }) => identityReport(layer, input, training)),
});

interface LayerValues {
  readonly layer: BatchNormLayer;
  readonly input: tf.Tensor;
  readonly output: tf.Tensor;
  readonly training: boolean;
}

const withLayer = <T>(
  run: RunView,
  key: string,
  signal: AbortSignal,
  use: (values: LayerValues, signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  run.withStep(key, signal, ({ step, inputs: [input], outputs: [output] }, either) => {
    if (!isBatchNorm(step.runs) || !input || !output) throw new Error('This layer is no batch normalization.');
    return use({ layer: step.runs, input, output, training: run.training }, either);
  });
