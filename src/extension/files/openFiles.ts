import { open, type FileHandle } from 'node:fs/promises';
import { CHUNK, type OpenedWeights, type ShardPart } from '../../protocol/panelRequests';
import type { FoundShard, ModelFile } from './modelFile';

/** Model files that the panel has open, by number. It reads their shards part by part, one part at a time. */
export class OpenFiles {
  readonly #files = new Map<number, ModelFile>();
  #next = 1;
  /** The shard that was read last: parts of one follow one another. */
  #reading: { readonly place: string; readonly handle: FileHandle } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  add(model: ModelFile): OpenedWeights {
    const file = this.#next++;
    this.#files.set(file, model);
    const shards = model.shards.map(({ path, bytes, refused }) => ({ path, bytes, ...(refused === undefined ? {} : { refused }) }));
    return { file, name: model.name, text: model.text, shards };
  }

  /** Where an open file lies; undefined for one that is not open. */
  pathOf(file: number): string | undefined {
    return this.#files.get(file)?.path;
  }

  /** Rejects with a sentence for people where the part cannot be read as it was announced. */
  read(part: ShardPart): Promise<ArrayBuffer> {
    const mine = this.#turn.then(() => this.#read(part));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  close(file: number): Promise<void> {
    this.#files.delete(file);
    const mine = this.#turn.then(() => this.#release());
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  closeAll(): Promise<void> {
    this.#files.clear();
    return this.close(0);
  }

  async #read({ file, shard, from, bytes }: ShardPart): Promise<ArrayBuffer> {
    const found = this.#files.get(file)?.shards[shard];
    if (!found) throw new Error('The weights file is not open any more.');
    const { path, place } = found;
    if (place === undefined) throw new Error(`The shard ${path} ${found.refused ?? 'cannot be read'}.`);
    const isRange = Number.isSafeInteger(from) && Number.isSafeInteger(bytes) && from >= 0 && bytes > 0;
    if (!isRange || bytes > CHUNK || from + bytes > found.bytes) throw new Error(`The shard ${path} has no such part.`);
    const handle = await this.#open(found, place);
    const buffer = new ArrayBuffer(bytes);
    let done = 0;
    while (done < bytes) {
      const { bytesRead } = await handle.read(new Uint8Array(buffer), done, bytes - done, from + done);
      if (bytesRead === 0) throw new Error(`The shard ${path} became shorter while it was read.`);
      done += bytesRead;
    }
    return buffer;
  }

  async #open({ path, bytes }: FoundShard, place: string): Promise<FileHandle> {
    if (this.#reading?.place === place) return this.#reading.handle;
    await this.#release();
    const handle = await open(place, 'r');
    const { size } = await handle.stat();
    if (size !== bytes) {
      await handle.close();
      throw new Error(`The shard ${path} has changed since the weights file was opened.`);
    }
    this.#reading = { place, handle };
    return handle;
  }

  async #release(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await reading?.handle.close();
  }
}
