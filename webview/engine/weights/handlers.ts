import type { Handlers } from '../../../src/protocol/channel';
import type { WeightsRequests } from '../contract/weights';
import { orStop } from '../run/turns';
import type { Running } from '../running';
import { loadWeights } from './file/load';
import { givenPart } from './given';

interface WeightsContract {
  readonly requests: WeightsRequests;
  readonly events: Record<string, never>;
}

/** Weights from a file that a person chose. */
export const weightsHandlers = (engine: Running): Handlers<WeightsContract> => ({
  loadWeights: (opened, signal) => {
    const { session } = engine;
    // No values are wanted, only that nothing runs meanwhile.
    return session.withValues([], signal, (_, either) =>
      loadWeights({
        program: session.program,
        opened,
        read: (shard, from, bytes) => engine.readShard({ file: opened.file, shard, from, bytes }, either),
        pause: (bytes, of) => {
          engine.emit('filling', { bytes, of });
          return orStop(either);
        },
      }),
    );
  },
  givenWeights: (_, signal) => {
    const { session } = engine;
    return session.withValues([], signal, () => givenPart(session.program.slots, 'file'));
  },
});
