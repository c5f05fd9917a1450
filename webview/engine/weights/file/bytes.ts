import { CHUNK, type Shard } from '../../../../src/protocol/panelRequests';
import type { WeightGroup } from './manifest';

/** Reads a part of a shard: an index into the host's list, and bytes from its beginning. */
export type ReadPart = (shard: number, from: number, bytes: number) => Promise<ArrayBuffer>;

/**
 * The bytes of a group, in order, wherever its shards begin. Asks for the next part only when the one before was used, so that no more
 * than one is in memory; what is skipped is not read.
 */
export class GroupBytes {
  /** Where each shard begins in the group. */
  private readonly begins: readonly number[];
  private at = 0;
  private part: { readonly from: number; readonly bytes: Uint8Array } = { from: 0, bytes: new Uint8Array(0) };

  constructor(
    private readonly group: WeightGroup,
    private readonly shards: readonly Shard[],
    private readonly read: ReadPart,
  ) {
    let begin = 0;
    this.begins = group.shards.map((index) => {
      begin += shards[index]?.bytes ?? 0;
      return begin - (shards[index]?.bytes ?? 0);
    });
  }

  skipTo(at: number): void {
    this.at = at;
  }

  /** The next bytes, in a buffer of their own. */
  async take(count: number): Promise<ArrayBuffer> {
    const taken = new Uint8Array(count);
    let done = 0;
    while (done < count) {
      const offset = this.at - this.part.from;
      if (offset < 0 || offset >= this.part.bytes.length) {
        await this.next();
        continue;
      }
      const piece = this.part.bytes.subarray(offset, offset + count - done);
      taken.set(piece, done);
      done += piece.length;
      this.at += piece.length;
    }
    return taken.buffer;
  }

  private async next(): Promise<void> {
    const k = this.begins.findIndex((begin, index) => this.at >= begin && this.at < begin + this.sizeOf(index));
    const shard = this.group.shards[k];
    const begin = this.begins[k];
    if (shard === undefined || begin === undefined) throw new Error('The weights end before their list does.');
    const from = this.at - begin;
    const bytes = Math.min(CHUNK, this.sizeOf(k) - from);
    const buffer = await this.read(shard, from, bytes);
    if (buffer.byteLength !== bytes) throw new Error('A shard gave less than it has.');
    this.part = { from: this.at, bytes: new Uint8Array(buffer) };
  }

  private sizeOf(k: number): number {
    return this.shards[this.group.shards[k] ?? -1]?.bytes ?? 0;
  }
}
