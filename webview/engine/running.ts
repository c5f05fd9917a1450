import type { Channel } from '../../src/protocol/channel';
import type { ShardPart } from '../../src/protocol/panelRequests';
import type { Device, ReadFile } from './backend/types';
import type { EngineContract, PageContract } from './messages';
import type { BuildJob } from './contract/program';
import { Session, type Remains, type Teller } from './session';

/** The engine as its handlers see it: the device, and the one model that is built on it. */
export class Running {
  device: Device | undefined;
  private current: Session | undefined;
  /** Models follow one another: the next is made when the one before has ended. */
  private following: Promise<unknown> = Promise.resolve();

  constructor(private readonly channel: () => Channel<EngineContract, PageContract>) {}

  /** Throws where no model has been built. */
  get session(): Session {
    if (!this.current) throw new Error('No model has been built.');
    return this.current;
  }

  /** The worker has no network: the page reads the panel's files for it. */
  readonly readFile: ReadFile = (name) => this.channel().request('file', { name });

  /** Nor has it files: the page asks the extension for parts of those that the person chose. */
  readonly readShard = (part: ShardPart, signal: AbortSignal): Promise<ArrayBuffer> => this.channel().request('shard', part, signal);

  readonly emit: Channel<EngineContract, PageContract>['emit'] = (name, body, transfer) => this.channel().emit(name, body, transfer);

  replaceSession(job: BuildJob): Promise<Session> {
    const made = this.following.then(async () => {
      if (!this.device) throw new Error('No backend has been started.');
      const before = await this.remains(job);
      const teller: Teller = {
        filling: (bytes, of) => this.emit('filling', { bytes, of }),
        layer: (ran) => this.emit('layer', ran),
        thumbnails: (sheet) => this.emit('thumbnails', sheet, [sheet.bitmap]),
      };
      this.current = new Session(job, this.device, this.readFile, teller, before);
      return this.current;
    });
    this.following = made.catch(() => undefined);
    return made;
  }

  /** Ends the session that there is, and gives what an edit of its model may go on with. */
  private async remains(job: BuildJob): Promise<Remains | undefined> {
    const before = this.current;
    this.current = undefined;
    if (before && job.model !== undefined && before.job.model === job.model && before.job.seed === job.seed) return before.handOver();
    await before?.close();
    return undefined;
  }
}
