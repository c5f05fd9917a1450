import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { ALL_DIAGNOSTICS, diagnosticsOf } from '../../../src/features/diagnostics';
import type { Problem } from '../../../src/model/reading';
import { HEAD, readSource } from '../../support/readSource';
import { runProgram } from '../../support/realProgram';

/** A program with one mistake, what TensorFlow.js really does with it, and the same program put right. */
export interface RuleCase {
  readonly name: string;
  /** Exports `create()`, which gives the model. */
  readonly wrong: string;
  /** The text that is marked. */
  readonly at: string;
  /** `error`, where it throws; `warning`, where the harm is silent; `hint`, where it may be meant. */
  readonly severity: Problem['severity'];
  readonly says: RegExp;
  /** Runs the wrong program and asserts that it throws, or what the harm is. */
  readonly harm: (model: () => tf.LayersModel) => void | Promise<void>;
  /** The program without the mistake: nothing is said. */
  readonly twin: string;
  /** Runs the right program; where it is missing, the right one must not do what the wrong one does. */
  readonly well?: (model: () => tf.LayersModel) => void | Promise<void>;
}

/** All that is said of a program. */
export const problemsIn = (source: string): readonly Problem[] => {
  const text = HEAD + source;
  return diagnosticsOf(readSource(text), text, ALL_DIAGNOSTICS);
};

const running = (source: string): (() => tf.LayersModel) =>
  runProgram({ '/main.ts': HEAD + source }, '/main.ts')['create'] as () => tf.LayersModel;

export function ruleTest(code: string, cases: readonly RuleCase[]): void {
  describe(`${code}`, () => {
    for (const one of cases) {
      it(`${one.name}: what it says`, () => {
        const found = problemsIn(one.wrong);
        assert.deepEqual(
          found.map((problem) => [problem.code, problem.severity, (HEAD + one.wrong).slice(problem.span.start, problem.span.end)]),
          [[code, one.severity, one.at]],
          JSON.stringify(found),
        );
        assert.match(found[0]?.message ?? '', one.says);
      });
      it(`${one.name}: what TensorFlow.js does`, async () => {
        await one.harm(running(one.wrong));
      });
      it(`${one.name}: silence once it is right`, async () => {
        assert.deepEqual(problemsIn(one.twin), []);
        const right = running(one.twin);
        if (one.well) await one.well(right);
        else await assert.rejects(async () => one.harm(right), 'the right program does the same');
      });
    }
  });
}

/** Runs a program's model once on ones. */
export function predictOnes(model: tf.LayersModel): tf.Tensor {
  const real = runProgram({ '/tf.ts': `${HEAD}export const ones = (shape: number[]) => tf.ones(shape);` }, '/tf.ts') as {
    ones(shape: readonly number[]): tf.Tensor;
  };
  const inputs = model.inputs.map(({ shape }) => real.ones(shape.map((size) => size ?? 1)));
  return model.predict(inputs.length === 1 ? inputs[0]! : inputs) as tf.Tensor;
}

/** `create` for a Sequential of these layers, as their calls are written. */
export const sequential = (...layers: readonly string[]): string =>
  `export const create = () => {\n  const model = tf.sequential();\n${layers.map((layer) => `  model.add(tf.layers.${layer});\n`).join('')}  return model;\n};\n`;

/** The same layers, applied one after the other to an input of `shape`. */
export const functional = (shape: string, ...layers: readonly string[]): string =>
  `export const create = () => {\n  const input = tf.input({ shape: ${shape} });\n  let x = input;\n${layers.map((layer) => `  x = tf.layers.${layer}.apply(x);\n`).join('')}  return tf.model({ inputs: input, outputs: x });\n};\n`;
