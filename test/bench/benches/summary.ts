import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { summaryLines } from '../../../src/features/summary';
import { readFile } from '../../../src/reader/read';
import { MemoryWorkspace } from '../../support/memoryWorkspace';
import { runProgram } from '../../support/realProgram';
import { median, type BenchOptions } from '../figures';
import { RESNET_152 } from '../sources/resnet152';

/** Each side is warm after so many runs, and so many milliseconds: a compiler that has seen little yet is not what people wait for. */
const WARM_UP = { runs: 3, milliseconds: 3_000 };
const PATH = '/main.ts';

/** A model's summary from its source, read again after an edit, beside the model that TensorFlow.js builds to say the same. */
export function summary(options: BenchOptions): Promise<void> {
  compare('ResNet-152', RESNET_152, 'createResNet152', options);
  compare('VGG-16', readFileSync(resolve('examples/vgg16.ts'), 'utf8'), 'createVGG16', options);
  return Promise.resolve();
}

function compare(name: string, source: string, create: string, { rounds, report }: BenchOptions): void {
  const build = runProgram({ [PATH]: source }, PATH)[create] as () => tf.LayersModel;
  const times = { ours: [] as number[], peer: [] as number[] };
  let classes = 999;
  const ours = (): string => summaryOf(source.replace('1000', String(classes--)));
  const peer = (): number => {
    const model = build();
    model.dispose();
    return model.countParams();
  };
  agree(summaryOf(source), peer());
  for (const side of [ours, peer]) warmUp(side);
  // A model of 138 million parameters takes seconds.
  for (let round = 0; round < Math.min(5, rounds); round++) {
    times.ours.push(timed(ours));
    times.peer.push(timed(peer));
  }
  report({ name: `summary from source, ${name}`, unit: 'ms', ours: median(times.ours), peer: median(times.peer) });
}

function summaryOf(source: string): string {
  const { reading } = readFile(PATH, new MemoryWorkspace({ [PATH]: source }));
  const [model] = reading.models;
  if (!model) throw new Error(`No model was read: ${reading.limits.join('; ')}`);
  return summaryLines(model, PATH, 1)
    .map(({ text }) => text)
    .join('\n');
}

function agree(text: string, totalParams: number): void {
  const expected = totalParams.toLocaleString('en-US');
  if (!text.includes(expected)) throw new Error(`The summary does not say ${expected} parameters:\n${text}`);
}

function warmUp(work: () => unknown): void {
  const since = performance.now();
  for (let run = 0; run < WARM_UP.runs || performance.now() - since < WARM_UP.milliseconds; run++) work();
}

function timed(work: () => unknown): number {
  const since = performance.now();
  work();
  return performance.now() - since;
}
