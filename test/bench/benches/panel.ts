import type { BackendName } from '../../../src/protocol/panel';
import { Stage } from '../../webview/support/browser';
import { median, type BenchOptions, type Figure } from '../figures';
import type { Rounds } from '../panel/contract';
import { smallestNet, smallNet, vgg16 } from '../panel/nets';
import { withPanelBench } from '../panel/stage';

const timed = (name: string, { ours, peer }: Rounds): Figure => ({ name, unit: 'ms', ours: median(ours), peer: median(peer) });

/** Small nets on every backend: where a layer's computation is short, what is done besides it counts most. */
export async function smallPanel(options: BenchOptions): Promise<void> {
  const nets = [
    ['LeNet-5', smallestNet()],
    ['14 layers at 64×64', smallNet()],
  ] as const;
  const backends: readonly BackendName[] = options.quick ? ['webgl'] : ['webgl', 'webgpu', 'wasm', 'cpu'];
  const stage = await Stage.open();
  try {
    for (const backend of backends) {
      // What is slow in software anyway says the same in fewer rounds.
      const rounds = backend === 'webgpu' || backend === 'cpu' ? Math.min(5, options.rounds) : options.rounds;
      for (const [net, graph] of nets) {
        const called = (what: string): string => `panel, ${net}, ${backend}, ${what}`;
        await withPanelBench(stage, backend, async (bench) => {
          await bench.build(graph);
          for (const [what, drawn] of DRAWN)
            options.report(timed(called(`${what} beside predict`), await bench.besidePredict(drawn, rounds)));
          const fewer = backend === 'webgpu' ? 1 : Math.min(3, rounds);
          for (const [what, drawn] of DRAWN.slice(1))
            options.report(timed(called(`${what} beside a model for each layer`), await bench.besideLayerModels(drawn, fewer)));
          if (backend === 'webgl' || backend === 'webgpu')
            options.report({
              name: called('read-backs while drawing, beside a model for each layer'),
              unit: 'reads',
              ...(await bench.reads()),
            });
        });
      }
    }
  } finally {
    await stage.close();
  }
}

/** VGG-16, where nearly all of the time is the net's own; and what an edit of its fourth block takes. */
export async function vggPanel(options: BenchOptions): Promise<void> {
  const backends: readonly BackendName[] = options.quick ? ['wasm'] : ['webgl', 'wasm'];
  const rounds = options.quick ? 1 : Math.min(3, options.rounds);
  const stage = await Stage.open();
  try {
    for (const backend of backends) {
      const called = (what: string): string => `panel, VGG-16 at 96×96, ${backend}, ${what}`;
      await withPanelBench(stage, backend, async (bench) => {
        await bench.build(vgg16());
        for (const [what, drawn] of DRAWN.slice(1))
          options.report(timed(called(`${what} beside predict`), await bench.besidePredict(drawn, rounds)));
        for (const [what, name, change] of EDITS) {
          const edited = [vgg16({ name, ...change }), vgg16()];
          options.report(timed(called(`${what} of ${name} beside building and running all`), await bench.edits(edited, name, rounds)));
        }
        options.report(timed(called('what the panel shows beside a model for each layer'), await bench.besideLayerModels('panel', 1)));
      });
    }
  } finally {
    await stage.close();
  }
}

const DRAWN = [
  ['every layer kept', 'nothing'],
  ['what the panel shows', 'panel'],
  ["every layer's maps", 'maps'],
] as const;

const EDITS = [
  ['edit of filters', 'conv4_1', { filters: 384 }],
  ['edit of filters', 'conv4_3', { filters: 384 }],
  ['edit of the activation', 'conv4_2', { activation: 'elu' }],
] as const;
