import assert from 'node:assert/strict';
import { applyLayer } from '../../../src/layers/apply';
import { factoryNames } from '../../../src/layers/factories';
import { isRefused } from '../../../src/layers/spec';
import { cases, layer } from './cases';
import { comparable, normal, realApply, withoutCount } from './real';

describe('layers without weights, against TensorFlow.js itself', () => {
  it('has cases for every factory that this TensorFlow.js has', () => {
    const covered = new Set(cases.map(({ factory }) => factory));
    assert.deepEqual(
      factoryNames().filter((factory) => factory !== 'input' && !covered.has(factory)),
      [],
    );
  });

  for (const { factory, options, inputs } of cases) {
    it(`${factory}(${JSON.stringify(options) ?? ''}) of ${JSON.stringify(inputs)}`, () => {
      const real = realApply(layer(factory, options), inputs);
      const ours = applyLayer(layer(factory, options), inputs);
      if (isRefused(ours)) assert.deepEqual({ error: withoutCount(ours.error) }, { error: withoutCount(real.error ?? '') });
      else {
        assert.equal(real.error, undefined);
        assert.deepEqual(withoutCount(comparable(ours)), withoutCount(normal(real.value)));
        assert.deepEqual(withoutCount(ours.warnings), withoutCount(real.warnings));
      }
    });
  }
});
