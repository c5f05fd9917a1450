import type { Handlers } from '../../../src/protocol/channel';
import type { PredictionRequests } from '../contract/predictions';
import type { Running } from '../running';
import { predictionsOf } from './predictions';

export const predictionHandlers = (engine: Running): Handlers<{ requests: PredictionRequests; events: Record<string, never> }> => ({
  predictions: (_, signal) => predictionsOf(engine.session, signal),
});
