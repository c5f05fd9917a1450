/** The worker's entry: it owns TensorFlow.js, the backend and the one canvas that everything is drawn on. */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { Channel, type Port } from '../../src/protocol/channel';
import { deviceHandlers } from './backend/handlers';
import { batchNormHandlers } from './batchNorm/handlers';
import { histogramHandlers } from './histograms/handlers';
import { mapsHandlers } from './maps/handlers';
import type { EngineContract, PageContract } from './messages';
import { predictionHandlers } from './predictions/handlers';
import { pixelHandlers } from './pixel/handlers';
import { sessionHandlers } from './run/handlers';
import { Running } from './running';
import { weightsHandlers } from './weights/handlers';
import { unitHandlers } from './units/handlers';

const engine: Running = new Running(() => channel);

const channel = new Channel<EngineContract, PageContract>(self as unknown as Port, {
  ...deviceHandlers(engine),
  ...sessionHandlers(engine),
  ...weightsHandlers(engine),
  ...unitHandlers(engine),
  ...histogramHandlers(engine),
  ...batchNormHandlers(engine),
  ...predictionHandlers(engine),
  ...mapsHandlers(engine),
  ...pixelHandlers(engine),
});
