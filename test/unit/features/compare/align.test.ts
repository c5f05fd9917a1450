import assert from 'node:assert/strict';
import fc from 'fast-check';
import { align } from '../../../../src/features/compare/align';
import type { ComparedLayer } from '../../../../src/features/compare/compared';
import { similarity } from '../../../../src/features/compare/similarity';

const layer = (className: string, options: Record<string, number | string> = {}, more: Partial<ComparedLayer> = {}): ComparedLayer => ({
  name: 'x',
  isNamed: false,
  className,
  output: [null, 8],
  params: 0,
  trainableParams: 0,
  macs: 0,
  options,
  ...more,
});

const conv = (filters: number, more?: Partial<ComparedLayer>): ComparedLayer => layer('Conv2D', { filters, kernelSize: 3 }, more);
const pool = layer('MaxPooling2D', { poolSize: 2, strides: 2 });

/** `a|a` for a pair, `a|` and `|a` for what stands alone; letters by place in a list. */
const shown = (left: readonly ComparedLayer[], right: readonly ComparedLayer[]): string =>
  align(left, right)
    .map((pair) => `${pair.left ?? ''}|${pair.right ?? ''}`)
    .join(' ');

const anyLayer = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  isNamed: fc.boolean(),
  className: fc.constantFrom('Conv2D', 'SeparableConv2D', 'MaxPooling2D', 'Dense', 'Activation', 'LRN'),
  output: fc.constantFrom(undefined, 'multiple' as const, [null, 4, 4, 2], [null, 4, 4, 3], [null, 'n']),
  params: fc.constantFrom(undefined, 0, 12, '12*n', '?'),
  trainableParams: fc.constantFrom(0, 12),
  macs: fc.constantFrom(undefined, 0, 99),
  options: fc.dictionary(fc.constantFrom('filters', 'units', 'strides'), fc.constantFrom(1, 2)),
});
const anyLayers = fc.array(anyLayer, { maxLength: 12 });

describe('two models side by side', () => {
  it('have every layer of both sides exactly once, in its order', () => {
    fc.assert(
      fc.property(anyLayers, anyLayers, (left, right) => {
        const pairs = align(left, right);
        assert.deepEqual(
          pairs.flatMap((pair) => pair.left ?? []),
          left.map((_, index) => index),
        );
        assert.deepEqual(
          pairs.flatMap((pair) => pair.right ?? []),
          right.map((_, index) => index),
        );
        assert.ok(pairs.every((pair) => pair.left !== undefined || pair.right !== undefined));
      }),
    );
  });

  it('are paired the same way from either side', () => {
    fc.assert(
      fc.property(anyLayers, anyLayers, (left, right) => {
        const both = (pairs: ReturnType<typeof align>): string[] =>
          pairs.filter((pair) => pair.left !== undefined && pair.right !== undefined).map((pair) => `${pair.left}|${pair.right}`);
        const turned = align(right, left).map((pair) => ({ left: pair.right, right: pair.left }) as (typeof pairs)[number]);
        const pairs = align(left, right);
        assert.deepEqual(both(turned), both(pairs));
      }),
    );
  });

  it('are themselves beside themselves', () => {
    fc.assert(
      fc.property(anyLayers, (layers) => {
        assert.deepEqual(
          align(layers, layers),
          layers.map((_, index) => ({ left: index, right: index })),
        );
      }),
    );
  });

  it('never pair what cannot stand for one another', () => {
    fc.assert(
      fc.property(anyLayers, anyLayers, (left, right) => {
        for (const pair of align(left, right)) {
          if (pair.left === undefined || pair.right === undefined) continue;
          assert.ok(similarity(left[pair.left]!, right[pair.right]!) > 0);
        }
      }),
    );
  });

  it('find the one layer that was put in, wherever it was put', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 10 }), fc.nat(), (filters, at) => {
        const place = at % filters.length;
        const right = filters.map((count) => conv(count));
        const left = right.filter((_, index) => index !== place);
        const alone = align(left, right).filter((pair) => pair.left === undefined);
        assert.deepEqual(alone, [{ right: place }]);
      }),
    );
  });

  it('go by what layers are, not by names that a helper counts', () => {
    const named = (filters: number, index: number): ComparedLayer =>
      conv(filters, { name: `conv${index + 1}`, isNamed: true, output: [null, 8, 8, filters], params: filters * 9 });
    assert.equal(shown([64, 128, 256].map(named), [32, 64, 128, 256].map(named)), '|0 0|1 1|2 2|3');
  });

  it('pair a changed layer with what it was', () => {
    assert.equal(shown([conv(8), pool, conv(16), layer('Dense')], [conv(8), pool, conv(24), layer('Dense')]), '0|0 1|1 2|2 3|3');
    assert.equal(shown([conv(8), pool], [conv(8), layer('AveragePooling2D')]), '0|0 1|1');
    assert.equal(shown([layer('Dense')], [layer('LSTM')]), '0| |0');
  });

  it('say first what the left side alone has', () => {
    assert.equal(shown([pool, layer('Dense')], [conv(4), layer('Dense')]), '0| |0 1|1');
  });

  it('may have thousands of layers', () => {
    const long = Array.from({ length: 4000 }, (_, index) => conv((index * 7) % 512));
    const shorter = long.filter((_, index) => index !== 2000 && index !== 2001);
    const pairs = align(long, shorter);
    assert.equal(pairs.filter((pair) => pair.right === undefined).length, 2);
    // What shares nothing but its length is cut into pieces.
    const other = Array.from({ length: 4000 }, (_, index) => conv((index * 11) % 509));
    const all = align(long, other);
    assert.equal(all.filter((pair) => pair.left !== undefined).length, 4000);
    assert.equal(all.filter((pair) => pair.right !== undefined).length, 4000);
  });
});
