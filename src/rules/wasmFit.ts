import type { Finding, Rule } from './rule';
import { fittedSites } from './training';

/** A call that chooses a backend, by its name or otherwise. */
const CHOICE = /(?<![\w$])(?:[\w$]+\.)?setBackend\(\s*(?:(['"`])(\w+)\1)?/g;

/** In front of it on its line, if it is in a comment or a text. */
const NO_CODE = /\/\/|\*|['"`]/;
const MAX_BEFORE = 200;

/** Layers whose gradient the wasm backend has no kernel for. */
const WITHOUT_GRADIENT = new Set(['Conv1D', 'Conv2D']);

/** A convolution that is trained on the wasm backend. */
export const wasmFit: Rule = {
  code: 'wasm-fit',
  title: 'a convolution that is trained on the wasm backend',
  severity: 'error',
  check: (reading, text) => {
    if (!text.includes('setBackend')) return [];
    const isCode = (at: number): boolean => !NO_CODE.test(text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - MAX_BEFORE), at));
    const chosen = [...text.matchAll(CHOICE)].filter(({ index }) => isCode(index)).map(([, , name]) => name);
    // Where another backend may be chosen as well, which one trains is not known.
    if (chosen.length === 0 || chosen.some((name) => name !== 'wasm')) return [];
    return [...fittedSites(reading)].flatMap(([site, { fit }]): readonly Finding[] =>
      WITHOUT_GRADIENT.has(site.className) && site.cases.some(({ trainableParams }) => trainableParams !== 0)
        ? [
            {
              span: site.name,
              message:
                "Training throws on the wasm backend: it has no kernel Conv2DBackpropFilter, for a convolution's gradient. The model only predicts there; train on webgl, webgpu or cpu.",
              related: [{ at: { path: reading.path, ...fit }, message: 'the model is trained here' }],
            },
          ]
        : [],
    );
  },
};
