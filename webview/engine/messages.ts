import type { Contract } from '../../src/protocol/channel';
import type { ShardPart } from '../../src/protocol/panelRequests';
import type { BatchNormRequests } from './contract/batchNorm';
import type { DeviceEvents, DeviceRequests } from './contract/device';
import type { HistogramRequests } from './contract/histograms';
import type { PictureRequests } from './contract/picture';
import type { PredictionRequests } from './contract/predictions';
import type { PixelRequests } from './contract/pixel';
import type { ProgramEvents, ProgramRequests } from './contract/program';
import type { UnitRequests } from './contract/units';
import type { RunEvents, RunRequests } from './contract/run';
import type { WeightsRequests } from './contract/weights';

/** What the worker answers, and what it tells; each capability says its part in a file of its own. */
export interface EngineContract extends Contract {
  readonly requests: DeviceRequests &
    ProgramRequests &
    RunRequests &
    PictureRequests &
    HistogramRequests &
    BatchNormRequests &
    PredictionRequests &
    WeightsRequests &
    PixelRequests &
    UnitRequests;
  readonly events: DeviceEvents & ProgramEvents & RunEvents;
}

/** What the page answers. */
export interface PageContract extends Contract {
  readonly requests: {
    /** A file of `dist/panel`: the worker has no network of its own. */
    readonly file: { readonly takes: { readonly name: string }; readonly gives: ArrayBuffer };
    /** A part of a shard of the weights file that is being loaded. */
    readonly shard: { readonly takes: ShardPart; readonly gives: ArrayBuffer };
  };
  readonly events: Record<string, never>;
}
