import type { Handlers } from '../../../src/protocol/channel';
import type { PictureRequests } from '../contract/picture';
import type { ProgramRequests } from '../contract/program';
import type { RunRequests } from '../contract/run';
import type { Running } from '../running';

interface SessionContract {
  readonly requests: ProgramRequests & RunRequests & PictureRequests;
  readonly events: Record<string, never>;
}

/** Building, running and drawing: what the session itself does. */
export const sessionHandlers = (engine: Running): Handlers<SessionContract> => ({
  build: async (job, signal) => (await engine.replaceSession(job)).build(signal),
  fill: (_, signal) => engine.session.fill(signal),
  run: (job, signal) => engine.session.run(job, signal),
  picture: (job, signal) => engine.session.picture(job, signal),
  numbers: () => engine.session.numbers(),
  maps: ({ key }, signal) => engine.session.maps(key, signal),
});
