/** Drives the engine without the panel's views: what a test in Node asks for is done here, and answered in plain data. */
import type { ModelGraph } from '../../../src/model/graph';
import { startEngine, type Engine } from '../../../webview/engine/client';
import type { BatchNormReport } from '../../../webview/engine/contract/batchNorm';
import type { BackendReport, Memory } from '../../../webview/engine/contract/device';
import type {
  MapFigures,
  MapPlace,
  MapsJob,
  Picture,
  PictureJob,
  WeightSheet,
  WeightSheetsJob,
} from '../../../webview/engine/contract/picture';
import type { Built } from '../../../webview/engine/contract/program';
import type { InputChoice } from '../../../webview/engine/contract/input';
import type { LayerRan, Numbers, Ran, ThumbnailsJob } from '../../../webview/engine/contract/run';
import type { BackendChoice } from '../../../src/protocol/panel';
import type { Statistics } from '../../../webview/draw/painter';
import type { Reads } from '../support/readCounter';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA bytes, base64. */
  readonly data: string;
}

export type DrawnPicture = Pick<Picture, 'key' | 'atlas' | 'layout' | 'look'> & { readonly bands: readonly Pixels[] };

/** A picture with the filters and biases over its tiles, each compared as a picture of its own. */
export interface DrawnTiles {
  readonly picture: DrawnPicture;
  readonly shows: Picture['shows'];
  readonly drawn: readonly number[];
  readonly filters: DrawnPicture | undefined;
  readonly bias: DrawnPicture | undefined;
}
export type DrawnSheet = DrawnPicture & Pick<WeightSheet, 'name' | 'shape' | 'axes'>;
export type RanLayer = LayerRan & { readonly thumbnail: Pixels | undefined };

export interface Bench {
  start(backend: BackendChoice): Promise<BackendReport>;
  /**
   * @param model the same name as of the model before: what an edit leaves as it was is kept
   * @param batch examples; 1 where it is left out
   */
  build(graph: ModelGraph, seed: number, activationBudget?: number, model?: string, batch?: number): Promise<Built>;
  /**
   * @param visible steps whose thumbnails are drawn; all, where it is left out
   * @param example the one that is shown; the first where it is left out
   */
  run(
    input: InputChoice,
    visible?: readonly string[],
    example?: number,
  ): Promise<{ readonly ran: Ran; readonly layers: readonly RanLayer[] }>;
  picture(job: PictureJob): Promise<DrawnPicture>;
  thumbnails(job: ThumbnailsJob): Promise<readonly { readonly key: string; readonly content: number }[]>;
  numbers(): Promise<Numbers>;
  maps(key: string): Promise<readonly Statistics[]>;
  tiles(job: PictureJob): Promise<DrawnTiles>;
  mapFigures(job: MapsJob): Promise<MapFigures>;
  mapValue(job: MapsJob & { readonly at: MapPlace }): Promise<number>;
  weightSheets(job: WeightSheetsJob): Promise<readonly DrawnSheet[]>;
  batchNorm(key: string): Promise<BatchNormReport>;
  memory(): Promise<Memory>;
  /** Asks for a run and aborts it at its first layer. Answers with how it ended. */
  aborted(input: InputChoice): Promise<string>;
  /** What the worker sent so far, in order, each with the reads that it had made by then (where the engine is the counted one). */
  messages(): readonly SentMessage[];
  stop(): void;
}

export interface SentMessage {
  /** `layer`, `filling`; empty for answers. */
  readonly name: string;
  /** What an answer held, by the names of its parts. */
  readonly holds: readonly string[];
  readonly reads: Reads;
}

const sent: SentMessage[] = [];

/** Listens in on the worker that the engine's client starts. */
window.Worker = class extends Worker {
  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    this.addEventListener('message', (event: MessageEvent<{ name?: string; gives?: object | null; reads: Reads }>) => {
      const { name = '', gives, reads } = event.data;
      sent.push({ name, holds: Object.keys(gives ?? {}), reads });
    });
  }
};

const { dataset } = document.body;
const places = { engine: dataset['engine'] ?? '', wasm: dataset['wasm'] ?? '', assets: dataset['assets'] ?? '' };
let engine: Engine | undefined;

const channel = (): Engine['channel'] => {
  if (!engine) throw new Error('The engine was not started.');
  return engine.channel;
};

/** @param cut the part that is wanted; all, where it is left out */
const pixelsOf = (bitmap: ImageBitmap, cut = { x: 0, y: 0, width: bitmap.width, height: bitmap.height }): Pixels => {
  const { x, y, width, height } = cut;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  const bytes = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  let binary = '';
  for (let from = 0; from < bytes.length; from += 8192) binary += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return { width, height, data: btoa(binary) };
};

const bench: Bench = {
  start: async (backend) => {
    engine = await startEngine(
      places,
      (text) => {
        throw new Error(text);
      },
      () => Promise.reject(new Error('No file was chosen.')),
    );
    return engine.channel.request('start', { backend, avoid: [] });
  },
  build: async (graph, seed, activationBudget, model, batch) => {
    const job = {
      graph,
      seed,
      activationBudget: activationBudget ?? 512 * 2 ** 20,
      ...(model == null ? {} : { model }),
      ...(batch == null ? {} : { batch }),
    };
    const built = await channel().request('build', job);
    if (built.refused === undefined) await channel().request('fill', {});
    return built;
  },
  run: async (input, visible, example) => {
    const layers: LayerRan[] = [];
    const thumbnails = new Map<string, Pixels>();
    const offs = [
      channel().on('layer', (layer) => layers.push(layer)),
      channel().on('thumbnails', ({ bitmap, thumbnails: cuts }) => {
        for (const cut of cuts) thumbnails.set(cut.key, pixelsOf(bitmap, cut));
      }),
    ];
    const ran = await channel().request('run', { input, ratio: 1, ...(visible && { visible }), ...(example == null ? {} : { example }) });
    for (const off of offs) off();
    return { ran, layers: layers.map((layer) => ({ ...layer, thumbnail: thumbnails.get(layer.key) })) };
  },
  picture: async (job) => {
    const { bitmaps, ...rest } = await channel().request('picture', job);
    return { ...rest, bands: bitmaps.map((bitmap) => pixelsOf(bitmap)) };
  },
  thumbnails: async (job) =>
    (await channel().request('thumbnails', job)).flatMap((sheet) => sheet.thumbnails.map(({ key, content }) => ({ key, content }))),
  numbers: () => channel().request('numbers', {}),
  maps: async (key) => (await channel().request('maps', { key })).maps,
  tiles: async (job) => {
    const { bitmaps, filters, shows, drawn, ...rest } = await channel().request('picture', job);
    const { key } = rest;
    const bias = filters?.bias;
    const shared = { scale: 'shared', map: 'auto' } as const;
    return {
      picture: { ...rest, bands: bitmaps.map((bitmap) => pixelsOf(bitmap)) },
      shows,
      drawn,
      filters: filters && {
        key,
        look: rest.look,
        atlas: filters.atlas,
        layout: filters.layout,
        bands: filters.bitmaps.map((bitmap) => pixelsOf(bitmap)),
      },
      bias: bias && { key, look: shared, atlas: bias.atlas, layout: bias.layout, bands: bias.bitmaps.map((bitmap) => pixelsOf(bitmap)) },
    };
  },
  mapFigures: (job) => channel().request('maps', job),
  mapValue: (job) => channel().request('mapValue', job),
  weightSheets: async (job) =>
    (await channel().request('weightSheets', job)).map(({ bitmaps, ...rest }) => ({
      key: job.key,
      ...rest,
      bands: bitmaps.map((bitmap) => pixelsOf(bitmap)),
    })),
  batchNorm: (key) => channel().request('batchNorm', { key }),
  memory: () => channel().request('memory', {}),
  aborted: async (input) => {
    const controller = new AbortController();
    const off = channel().on('layer', () => controller.abort());
    try {
      await channel().request('run', { input, ratio: 1 }, controller.signal);
      return 'ran';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    } finally {
      off();
    }
  },
  messages: () => sent,
  stop: () => engine?.dispose(),
};

(window as unknown as { bench: Bench }).bench = bench;
