import type { Rule } from './rule';
import { batchNormInFit } from './batchNormInFit';
import { broadcastMerge } from './broadcastMerge';
import { causalPadding } from './causalPadding';
import { channelsFirst } from './channelsFirst';
import { constantSoftmax } from './constantSoftmax';
import { denseOnMaps } from './denseOnMaps';
import { dilationInFit } from './dilationInFit';
import { dropoutRate } from './dropoutRate';
import { emptyOutput } from './emptyOutput';
import { ignoredDilation } from './ignoredDilation';
import { ignoredInputShape } from './ignoredInputShape';
import { impossibleStride } from './impossibleStride';
import { lossOnScores } from './lossOnScores';
import { movingMomentum } from './movingMomentum';
import { preprocessingInModel } from './preprocessingInModel';
import { reshapeSize } from './reshapeSize';
import { stridesAndDilation } from './stridesAndDilation';
import { unknownOption } from './unknownOption';
import { unreadInput } from './unreadInput';
import { wasmFit } from './wasmFit';

/** Every rule, the most telling cause first: of several problems at one place the first is shown. */
export const RULES: readonly Rule[] = [
  unknownOption,
  impossibleStride,
  emptyOutput,
  stridesAndDilation,
  causalPadding,
  dilationInFit,
  batchNormInFit,
  wasmFit,
  preprocessingInModel,
  channelsFirst,
  ignoredDilation,
  reshapeSize,
  ignoredInputShape,
  constantSoftmax,
  lossOnScores,
  dropoutRate,
  movingMomentum,
  unreadInput,
  denseOnMaps,
  broadcastMerge,
];
