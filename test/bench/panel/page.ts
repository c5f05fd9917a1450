/** The page of the panel's bench: drives both workers and takes the times, so that nothing of the test's own connection is in them. */
import type { ModelGraph } from '../../../src/model/graph';
import { Channel, type Contract, type Port } from '../../../src/protocol/channel';
import type { BackendName } from '../../../src/protocol/panel';
import { startEngine, type Engine } from '../../../webview/engine/client';
import type { StepInfo } from '../../../webview/engine/contract/program';
import type { InputChoice } from '../../../webview/engine/contract/input';
import type { Reads } from '../../webview/support/readCounter';
import type { Drawn, PanelBench, PeerContract, Rounds } from './contract';

/** A worker whose GPU can be waited for, and whose reads are known from what it sends. */
class Counted {
  private readonly waiting = new Map<number, () => void>();
  private next = 0;
  private reads: Reads = { readPixels: 0, getBufferSubData: 0, mapAsync: 0 };

  constructor(private readonly worker: Worker) {
    worker.addEventListener('message', ({ data }: MessageEvent<{ fenced?: number; reads?: Reads }>) => {
      if (data.reads) this.reads = data.reads;
      if (data.fenced !== undefined) this.waiting.get(data.fenced)?.();
    });
  }

  /** Resolves when the worker's GPU has done all that was asked of it. */
  fence(): Promise<void> {
    const id = this.next++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.worker.postMessage({ fence: id });
    });
  }

  get readsSoFar(): number {
    const { readPixels, getBufferSubData, mapAsync } = this.reads;
    return readPixels + getBufferSubData + mapAsync;
  }
}

interface Sides {
  readonly engine: Engine;
  readonly ours: Counted;
  readonly peer: Channel<Contract & { requests: Record<string, never> }, PeerContract>;
  readonly theirs: Counted;
}

const SEED = 42;
const WARM_UP = 2;

const { dataset } = document.body;
const places = { engine: dataset['engine'] ?? '', wasm: dataset['wasm'] ?? '', assets: dataset['assets'] ?? '' };
const workers: Counted[] = [];
const canvases = new Map<string, ImageBitmapRenderingContext>();
let sides: Sides | undefined;
let steps: readonly StepInfo[] = [];
let inputSize = 0;
let inputs = 0;

/** Keeps hold of the workers, and listens before anyone else does: what an answer counted is known before it is answered to. */
const { Worker: Plain } = window;
window.Worker = class extends Plain {
  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    workers.push(new Counted(this));
  }
};

const started = (): Sides => {
  if (!sides) throw new Error('The bench was not started.');
  return sides;
};

/** A canvas a picture, as the panel's views have them; they are not on the screen. */
const show = (name: string, bitmap: ImageBitmap): void => {
  let context = canvases.get(name);
  if (!context) {
    context = document.createElement('canvas').getContext('bitmaprenderer') ?? undefined;
    if (!context) throw new Error('There is no canvas for bitmaps.');
    canvases.set(name, context);
  }
  context.transferFromImageBitmap(bitmap);
};

/** Values that were never fed in before, so that nothing of an earlier run can be used again. */
const freshInput = (): { readonly values: Float32Array; readonly input: InputChoice } => {
  const seed = ++inputs;
  const values = Float32Array.from({ length: inputSize }, (_, k) => (Math.imul(k + seed * 7919, 2654435761) >>> 0) / 2 ** 32);
  return { values, input: { kind: 'values', name: `bench ${seed}`, values, gray: false } };
};

const run = async (input: InputChoice, drawn: Drawn): Promise<void> => {
  const { channel } = started().engine;
  const off = channel.on('thumbnails', ({ bitmap, thumbnails: [first] }) => show(first?.key ?? '', bitmap));
  await channel.request('run', { input, ratio: 1, ...(drawn === 'panel' ? {} : { visible: [] }) });
  off();
  if (drawn === 'panel') await drawTiles(steps[1]?.key ?? '');
  if (drawn === 'maps') await Promise.all(steps.map(({ key }) => drawTiles(key, 1)));
};

/** As the panel asks for the tiles of its selected layer. */
const drawTiles = async (key: string, zoom?: 1): Promise<void> => {
  const look = { scale: 'own', map: 'auto' } as const;
  const job = { key, room: { width: 640, ratio: 1 }, limit: 64, label: 16, look, ...(zoom ? { zoom } : {}) };
  const { bitmaps } = await started().engine.channel.request('picture', job);
  bitmaps.forEach((bitmap, band) => show(`${key}/${band}`, bitmap));
};

const timed = async (work: () => Promise<unknown>, side: Counted): Promise<number> => {
  const since = performance.now();
  await work();
  await side.fence();
  return performance.now() - since;
};

/** Lets two sides take turns; the first rounds, in which shaders are compiled, do not count. */
const alternate = async (
  rounds: number,
  ours: (round: number) => Promise<number>,
  peer: (round: number) => Promise<number>,
): Promise<Rounds> => {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < WARM_UP + rounds; round++) {
    const [our, their] = [await ours(round), await peer(round)];
    if (round < WARM_UP) continue;
    times.ours.push(our);
    times.peer.push(their);
  }
  return times;
};

const buildOurs = async (graph: ModelGraph): Promise<void> => {
  const { channel } = started().engine;
  const built = await channel.request('build', { graph, seed: SEED, model: graph.name, activationBudget: 512 * 2 ** 20 });
  if (built.refused !== undefined) throw new Error(built.refused);
  steps = built.steps;
  await channel.request('fill', {});
};

const bench: PanelBench = {
  start: async (backend: BackendName, peerProgram) => {
    const engine = await startEngine(
      places,
      (text) => console.error(text),
      () => Promise.reject(new Error('No file was chosen.')),
    );
    const worker = new Worker(URL.createObjectURL(new Blob([peerProgram], { type: 'text/javascript' })), { name: 'peer' });
    worker.onerror = ({ message }) => console.error(message);
    const [ours, theirs] = workers;
    if (!ours || !theirs) throw new Error('The engine started no worker.');
    sides = { engine, ours, peer: new Channel(worker as unknown as Port, {}), theirs };
    const report = await engine.channel.request('start', { backend, avoid: [] });
    if (report.name !== backend) throw new Error(`${backend} does not start: ${report.passedOver.join('; ')}`);
    await sides.peer.request('start', { backend, wasm: places.wasm });
  },
  build: async (graph) => {
    const { peer, engine } = started();
    await buildOurs(graph);
    inputSize = (steps[0]?.shape ?? []).reduce((total, size) => total * size, 1);
    await peer.request('prepare', { graph, seed: SEED });
    await peer.request('build', { graph });
    const { values, input } = freshInput();
    await run(input, 'panel');
    const { output } = await engine.channel.request('numbers', {});
    const expected = await peer.request('output', { values });
    const worst = Math.max(...expected.map((value, k) => Math.abs(value - (output?.values[k] ?? Number.NaN))));
    if (!(worst <= 1e-3 * Math.max(...expected))) throw new Error(`The two sides are different nets: an output differs by ${worst}.`);
  },
  besidePredict: (drawn, rounds) => {
    const { ours, peer, theirs } = started();
    return alternate(
      rounds,
      () => timed(() => run(freshInput().input, drawn), ours),
      () => timed(() => peer.request('predict', { values: freshInput().values }), theirs),
    );
  },
  besideLayerModels: async (drawn, rounds) => {
    const { ours, peer, theirs } = started();
    await peer.request('layerModels', {});
    return alternate(
      rounds,
      () => timed(() => run(freshInput().input, drawn), ours),
      () => timed(() => peer.request('drawLayers', { values: freshInput().values, drawn }), theirs),
    );
  },
  edits: async (edited, selected, rounds) => {
    const { ours, peer, theirs } = started();
    const { input, values } = freshInput();
    for (const graph of edited) await peer.request('prepare', { graph, seed: SEED });
    await run(input, 'panel');
    const graphOf = (round: number): ModelGraph => {
      const graph = edited[round % edited.length];
      if (!graph) throw new Error('There is no edit.');
      return graph;
    };
    const ourEdit = async (graph: ModelGraph): Promise<void> => {
      await buildOurs(graph);
      await run(input, 'panel');
      await drawTiles(steps.find(({ name }) => name === selected)?.key ?? '');
    };
    const theirEdit = async (graph: ModelGraph): Promise<void> => {
      await peer.request('build', { graph });
      await peer.request('predict', { values });
    };
    return alternate(
      rounds,
      (round) => timed(() => ourEdit(graphOf(round)), ours),
      (round) => timed(() => theirEdit(graphOf(round)), theirs),
    );
  },
  reads: async () => {
    const { engine, ours, peer, theirs } = started();
    await peer.request('layerModels', {});
    await Promise.all([ours.fence(), theirs.fence()]);
    const [ourStart, theirStart] = [ours.readsSoFar, theirs.readsSoFar];
    await run(freshInput().input, 'panel');
    await run(freshInput().input, 'maps');
    await ours.fence();
    const drawn = ours.readsSoFar;
    await engine.channel.request('numbers', {});
    if (ours.readsSoFar === drawn) throw new Error('The counter does not count: figures were read, and it saw nothing.');
    await peer.request('drawLayers', { values: freshInput().values, drawn: 'maps' });
    await theirs.fence();
    return { ours: drawn - ourStart, peer: theirs.readsSoFar - theirStart };
  },
  stop: () => sides?.engine.dispose(),
};

(window as unknown as { panelBench: PanelBench }).panelBench = bench;
