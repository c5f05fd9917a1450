import type { Places } from '../engine/client';
import { Arrangement } from './arrangement';
import { Controller } from './controller';
import { Distributions } from './distributions';
import { Drawing } from './drawing';
import { EngineKeeper } from './engineKeeper';
import { Recovery } from './recovery';
import { failing } from './failures';
import { Following } from './following';
import type { Host } from './host';
import { Inputs } from './inputs';
import { Live } from './live';
import { Pixel } from './pixel';
import { Normalization } from './normalization';
import { Predictions } from './predictions';
import { Layers } from './layers';
import { Runs } from './running';
import { Store } from './store';
import { Thumbnails } from './thumbnails';
import { Weights } from './weights';
import { Units } from './units';

/** Everything that the views see: what is known, and what can be asked for. */
export interface PanelState {
  readonly places: Places;
  readonly store: Store;
  readonly arrangement: Arrangement;
  readonly drawing: Drawing;
  readonly thumbnails: Thumbnails;
  readonly live: Live;
  readonly following: Following;
  readonly runs: Runs;
  readonly weights: Weights;
  readonly pixel: Pixel;
  readonly inputs: Inputs;
  readonly distributions: Distributions;
  readonly normalization: Normalization;
  readonly predictions: Predictions;
  readonly layers: Layers;
  readonly units: Units;
  readonly controller: Controller;
  /** Requests to the extension, of views that need no state for them. */
  readonly host: Host;
}

/** Puts the panel's state together; a new view's state is made here, from the store, the keeper of the engine, and the host. */
export const makePanel = (host: Host, places: Places): PanelState => {
  const store = new Store();
  const { phase, backend } = store;
  const fail = failing(store, host);
  const keeper = new EngineKeeper(places, {
    starting: () => (phase.value = { kind: 'starting' }),
    started: (report) => (backend.value = report),
    filling: (done, total) => {
      if (phase.value.kind === 'building' || phase.value.kind === 'filling') phase.value = { kind: 'filling', done, total };
    },
    failed: fail,
    recovery: new Recovery({
      running: () => backend.value?.name,
      again: () => controller.startAgain(),
      tell: (text) => (store.lost.value = text),
      log: (text) => host.send({ type: 'problem', text }),
      now: () => performance.now(),
    }),
    readShard: (part, signal) => host.channel.request('readShard', part, signal),
  });
  const arrangement = new Arrangement(store, host);
  const drawing = new Drawing(store, keeper, arrangement, fail);
  const thumbnails = new Thumbnails(store, keeper, fail);
  const live = new Live();
  const following = new Following(host);
  const runs = new Runs(store, keeper, { host, arrangement, drawing, thumbnails, live }, fail);
  const weights = new Weights(store, host, arrangement, runs, () => controller.again());
  const pixel = new Pixel(store, keeper, arrangement);
  const inputs = new Inputs(store, arrangement, runs);
  const distributions = new Distributions(store, keeper);
  const normalization = new Normalization(store, keeper);
  const predictions = new Predictions(store, keeper, host);
  const layers = new Layers(store, arrangement);
  const units = new Units(store, host, keeper);
  // Last, for it says to the host that the panel is ready.
  const controller: Controller = new Controller(store, { host, keeper, arrangement, drawing, runs, layers, live });
  const views = { pixel, inputs, distributions, normalization, predictions, layers, units };
  return { places, store, arrangement, drawing, thumbnails, live, following, runs, weights, ...views, controller, host };
};
