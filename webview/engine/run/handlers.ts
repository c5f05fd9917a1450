import type { Handlers } from '../../../src/protocol/channel';
import type { ProgramRequests } from '../contract/program';
import type { RunRequests } from '../contract/run';
import type { Running } from '../running';

interface SessionContract {
  readonly requests: ProgramRequests & RunRequests;
  readonly events: Record<string, never>;
}

/** Building and running: what the session itself does. */
export const sessionHandlers = (engine: Running): Handlers<SessionContract> => ({
  build: async (job, signal) => (await engine.replaceSession(job)).build(signal),
  fill: (_, signal) => engine.session.fill(signal),
  run: (job, signal) => engine.session.run(job, signal),
  thumbnails: (job, signal) => engine.session.thumbnails(job, signal),
  numbers: (_, signal) => engine.session.numbers(signal),
});
