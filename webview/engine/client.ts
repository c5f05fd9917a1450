import { Channel, Transferred, type Handlers, type Port } from '../../src/protocol/channel';
import type { ShardPart } from '../../src/protocol/panelRequests';
import type { EngineContract, PageContract } from './messages';

/** Where the host put the panel's files; see the top of `main.tsx`. */
export interface Places {
  readonly engine: string;
  /** With a slash at the end. */
  readonly wasm: string;
  /** With a slash at the end. */
  readonly assets: string;
}

/** The page's end of the engine. */
export type EngineChannel = Channel<PageContract, EngineContract>;

export interface Engine {
  readonly channel: EngineChannel;
  /** Ends the worker at once, whatever it is doing, and frees all that it holds. */
  dispose(): void;
}

/** Reads a file of `dist/panel` by its name there. */
export const readPanelFile = async (places: Places, name: string): Promise<ArrayBuffer> => {
  const assets = 'assets/';
  const address = name.startsWith(assets) ? places.assets + name.slice(assets.length) : places.wasm + name;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The panel's file ${name} cannot be read (${response.status}).`);
  return response.arrayBuffer();
};

/** A webview may not start a worker from its own address: the program is fetched and started from a blob. */
export const startEngine = async (
  places: Places,
  failed: (text: string) => void,
  readShard: (part: ShardPart, signal: AbortSignal) => Promise<ArrayBuffer>,
): Promise<Engine> => {
  const response = await fetch(places.engine);
  if (!response.ok) throw new Error(`The panel's engine cannot be read (${response.status}).`);
  const address = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'layerscope-engine' });
  URL.revokeObjectURL(address);
  worker.onerror = (event) => failed(event.message || 'The panel\u2019s engine failed to start.');
  const handlers: Handlers<PageContract> = {
    file: async ({ name }) => {
      const bytes = await readPanelFile(places, name);
      return new Transferred(bytes, [bytes]);
    },
    shard: async (part, signal) => {
      const bytes = await readShard(part, signal);
      return new Transferred(bytes, [bytes]);
    },
  };
  const channel: EngineChannel = new Channel(worker as unknown as Port, handlers);
  const dispose = (): void => {
    channel.dispose();
    worker.terminate();
  };
  return { channel, dispose };
};
