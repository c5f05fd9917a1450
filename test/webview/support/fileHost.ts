import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openModelFile } from '../../../src/extension/files/modelFile';
import type { OpenFiles } from '../../../src/extension/files/openFiles';
import { readTextFile } from '../../../src/extension/files/textFile';
import { PanelChannel } from '../../../src/extension/panelChannel';
import type { Handlers } from '../../../src/protocol/channel';
import type { ChannelMessage, HostContract } from '../../../src/protocol/panelRequests';
import type { PanelServer } from './server';
import type { Files } from './savedModel';

/** The extension's own code behind a page, with a folder in the place of dialogs: whatever is asked for, `chosen` is what a person chose. */
export class FileHost {
  /** Paths in the dialogs; undefined is a person who chooses nothing. */
  readonly chosen: { weights?: string; classNames?: string } = {};
  /** By model, as the extension's memory has it. */
  readonly remembered = new Map<string, string>();
  readonly saved: { readonly name: string; readonly bytes: Uint8Array }[] = [];

  /** Parts of shards that are still to be given before the next one waits; undefined where none waits. */
  private left: number | undefined;
  private wait: { readonly over: Promise<void>; readonly end: () => void } | undefined;
  private readonly waiting: (() => void)[] = [];

  private constructor(
    readonly folder: string,
    private readonly server: PanelServer,
  ) {}

  /** @param stage whose server the page of the panel is from */
  static async open({ server }: { readonly server: PanelServer }): Promise<FileHost> {
    return new FileHost(await mkdtemp(join(tmpdir(), 'layerscope-')), server);
  }

  /** Answers this page from now on; to be called after each load of it. */
  async answer(page: Page): Promise<void> {
    const channel = new PanelChannel(
      (message) => void page.evaluate(receive, this.encoded(message)).catch(() => undefined),
      (files) => this.handlers(files),
    );
    if (!channels.has(page))
      await page.exposeFunction('toExtension', (message: ChannelMessage) => channels.get(page)?.receive(decoded(message)));
    channels.set(page, channel);
    await page.evaluate(() => {
      const { sent, toExtension } = window as unknown as { sent: unknown[]; toExtension: (message: unknown) => void };
      sent.push = (message: { type: string; wire?: { takes?: { png?: unknown } } }) => {
        const { wire, ...rest } = message;
        const png = wire?.takes?.png;
        if (message.type !== 'channel') sent[sent.length] = message;
        else if (!(png instanceof ArrayBuffer)) toExtension(message);
        else {
          const base64 = btoa(Array.from(new Uint8Array(png), (byte) => String.fromCharCode(byte)).join(''));
          toExtension({ ...rest, wire: { ...wire, takes: { ...wire?.takes, png: { base64 } } } });
        }
        return sent.length;
      };
    });
  }

  /** Writes a model's files, and has them chosen. */
  choose({ json, shards }: Files, name = 'model.json'): Promise<void> {
    return this.chooseWritten(JSON.stringify(json), shards, name);
  }

  /** The same with a `model.json` that may be anything. */
  async chooseWritten(text: string, shards: Files['shards'], name = 'model.json'): Promise<void> {
    for (const { path, bytes } of shards) await writeFile(join(this.folder, path), bytes);
    this.chosen.weights = join(this.folder, name);
    await writeFile(this.chosen.weights, text);
  }

  async chooseText(name: string, text: string): Promise<void> {
    this.chosen.classNames = join(this.folder, name);
    await writeFile(this.chosen.classNames, text);
  }

  /** After so many more parts of shards the next one is kept back until `resume`. */
  pauseAfter(parts: number): void {
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    this.wait = { over, end };
    this.left = parts;
  }

  /** Resolves when a part is being kept back. */
  paused(): Promise<void> {
    return new Promise((resolve) => {
      if (this.left !== undefined && this.left < 0) resolve();
      else this.waiting.push(resolve);
    });
  }

  resume(): void {
    this.left = undefined;
    this.wait?.end();
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** Bytes cannot cross to the page as they are: it fetches them. */
  private encoded(message: ChannelMessage): object {
    const text = JSON.stringify(message, (_, value: unknown) =>
      value instanceof ArrayBuffer ? { offered: this.server.offer(value) } : value,
    );
    return JSON.parse(text) as object;
  }

  private async turn(): Promise<void> {
    if (this.left === undefined || --this.left >= 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
    await this.wait?.over;
  }

  private handlers(files: OpenFiles): Handlers<HostContract> {
    return {
      chooseWeights: async () => (this.chosen.weights === undefined ? null : files.add(await openModelFile(this.chosen.weights))),
      rememberWeights: ({ model, file }) => {
        this.remembered.set(model, files.pathOf(file) ?? '');
        return null;
      },
      reopenWeights: async ({ model }) => {
        const path = this.remembered.get(model);
        return path === undefined ? null : files.add(await openModelFile(path));
      },
      forgetWeights: ({ model }) => {
        this.remembered.delete(model);
        return null;
      },
      readShard: async (part) => {
        await this.turn();
        return files.read(part);
      },
      closeWeights: async ({ file }) => {
        await files.close(file);
        return null;
      },
      chooseClassNames: () => (this.chosen.classNames === undefined ? null : readTextFile(this.chosen.classNames)),
      reopenClassNames: () => (this.chosen.classNames === undefined ? null : readTextFile(this.chosen.classNames)),
      save: ({ name, png }) => {
        this.saved.push({ name, bytes: new Uint8Array(png) });
        return { name };
      },
    };
  }
}

/** Who answers a page; what was once put into a page for good asks here. */
const channels = new WeakMap<Page, PanelChannel>();

/** A picture's bytes as they were in the page. */
const decoded = (message: ChannelMessage): ChannelMessage => {
  const { takes } = message.wire as { takes?: { png?: { base64?: string } } };
  const base64 = takes?.png?.base64;
  if (base64 === undefined) return message;
  const png = Uint8Array.from(Buffer.from(base64, 'base64')).buffer;
  return { ...message, wire: { ...(message.wire as object), takes: { ...takes, png } } };
};

const receive = async (message: object): Promise<void> => {
  const { wire } = message as { wire: { gives?: { offered?: string } | null } };
  if (typeof wire.gives?.offered === 'string') Object.assign(wire, { gives: await (await fetch(wire.gives.offered)).arrayBuffer() });
  window.postMessage(message);
};
