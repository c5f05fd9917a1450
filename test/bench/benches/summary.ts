import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { summaryLines } from '../../../src/features/summary';
import { readFile } from '../../../src/reader/read';
import { MemoryWorkspace } from '../../support/memoryWorkspace';
import { runProgram } from '../../support/realProgram';
import { median, type BenchOptions } from '../figures';
import { RESNET_152 } from '../sources/resnet152';

const WARM_UP = 3;
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
  // A model of 138 million parameters takes seconds.
  for (let round = 0; round < WARM_UP + Math.min(5, rounds); round++) {
    const classes = String(999 - round);
    const ours = timed(() => summaryOf(source.replace('1000', classes)));
    const peer = timed(build);
    const totalParams = peer.result.countParams();
    peer.result.dispose();
    if (round === 0) agree(summaryOf(source), totalParams);
    if (round < WARM_UP) continue;
    times.ours.push(ours.milliseconds);
    times.peer.push(peer.milliseconds);
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

function timed<T>(work: () => T): { readonly result: T; readonly milliseconds: number } {
  const since = performance.now();
  const result = work();
  return { result, milliseconds: performance.now() - since };
}
