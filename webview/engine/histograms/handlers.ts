import type { Handlers } from '../../../src/protocol/channel';
import type { HistogramRequests } from '../contract/histograms';
import type { Running } from '../running';
import { outputDistributions, weightDistributions } from './layer';

export const histogramHandlers = (engine: Running): Handlers<{ requests: HistogramRequests; events: Record<string, never> }> => ({
  outputHistograms: ({ key }, signal) => {
    const { session } = engine;
    return session.withValues(session.step(key).outputs, signal, outputDistributions);
  },
  // No value is wanted, but no run is to change the weights meanwhile.
  weightHistograms: ({ key }, signal) => {
    const { session } = engine;
    return session.withValues([], signal, (_, either) => weightDistributions(session.step(key).runs, either));
  },
});
