import type { Branch as BranchOf, Fold as FoldOf } from '../../../src/model/folding/tree';
import type { StepInfo } from '../../engine/contract/program';

/** The panel's layers, folded. */
export type Branch = BranchOf<StepInfo>;
export type Fold = FoldOf<StepInfo>;
