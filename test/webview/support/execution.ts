import type * as tf from '@tensorflow/tfjs';
import type { Program, Step, ValueId } from '../../../webview/engine/build/program';
import { Contents } from '../../../webview/engine/run/content';
import { execute, type Execution } from '../../../webview/engine/run/execute';
import { Results, Values } from '../../../webview/engine/run/results';

export interface WholeRun extends Pick<Execution, 'finished' | 'ran' | 'signal' | 'training'> {
  readonly program: Program;
  /** In the order of the program's feeds; they are disposed of. */
  readonly feeds: readonly tf.Tensor[];
  readonly keep: (step: Step) => boolean;
}

/** Values that were kept, by id. */
export interface KeptValues {
  get(id: ValueId): tf.Tensor | undefined;
  dispose(): void;
}

/** Runs all steps of a program; `dispose` of the answer frees what was kept. A run that fails frees it by itself. */
export const executeAll = async (run: WholeRun): Promise<KeptValues> => {
  const results = new Results();
  const { program } = run;
  try {
    const contents = new Contents().of(program, 'test');
    await execute({ ...run, steps: program.steps, contents, results });
    const values = new Values(program, contents, results);
    return { get: (id) => values.get(id), dispose: () => results.dispose() };
  } catch (error) {
    results.dispose();
    throw error;
  }
};
