import type { BackendChoice, BackendName } from '../../../src/protocol/panel';
import type { Avoided } from '../contract/device';
import { isMissing, type Device, type Found, type Missing } from './types';

export type Finders = Readonly<Record<BackendName, () => Promise<Found | Missing>>>;

export interface Chosen {
  readonly device: Device;
  /** What drives the backend, for people; empty where it says nothing. */
  readonly renderer: string;
  /** Why not a better one, a backend each: "webgl: software renderer SwiftShader". Empty where the best was taken, or what was asked for. */
  readonly passedOver: readonly string[];
}

/** From best to worst, where the first two run on a GPU. */
const ORDER: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

/**
 * `auto` takes the first of webgpu, webgl, wasm and cpu that starts, where webgpu and webgl count only with a real GPU behind them.
 * A choice by name is tried first, whatever drives it; where it cannot be had, the rest is tried as for `auto`, and the reason is said.
 * Backends to avoid are passed over, even one that was chosen by name.
 */
export const chooseBackend = async (
  choice: BackendChoice,
  finders: Finders,
  lost: (reason: string) => void,
  avoid: readonly Avoided[] = [],
): Promise<Chosen> => {
  const passedOver: string[] = [];
  const order = choice === 'auto' ? ORDER : [choice, ...ORDER.filter((name) => name !== choice)];
  for (const name of order) {
    const avoided = avoid.find((one) => one.name === name);
    if (avoided) {
      passedOver.push(`${name}: ${avoided.why}`);
      continue;
    }
    const found = await attempt(() => finders[name]());
    if (isMissing(found)) {
      passedOver.push(`${name}: ${found.missing}`);
      continue;
    }
    if (found.software && name !== choice) {
      passedOver.push(`${name}: software renderer ${found.renderer}`.trimEnd());
      continue;
    }
    const device = await attempt(() => found.start(lost));
    if ('missing' in device) passedOver.push(`${name}: ${device.missing}`);
    else return { device, renderer: found.renderer, passedOver };
  }
  throw new Error(`No backend of TensorFlow.js starts here (${passedOver.join('; ')}).`);
};

/** A driver that throws is one that cannot be had; its own words are the reason. */
const attempt = async <T>(work: () => Promise<T>): Promise<T | Missing> => {
  try {
    return await work();
  } catch (error) {
    return { missing: error instanceof Error && error.message !== '' ? error.message : 'does not start' };
  }
};
