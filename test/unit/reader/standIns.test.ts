import assert from 'node:assert/strict';
import { fit } from '../../../src/reader/report/fit';
import { SAMPLES, standInsFor } from '../../../src/reader/values/standIns';

describe('stand-ins and formulas', () => {
  it('no two of many unknowns have the same values in the same order', () => {
    const orders = new Set(Array.from({ length: 2000 }, (_, nth) => standInsFor(nth).join()));
    assert.equal(orders.size, 2000);
  });

  it('each unknown has small and large, odd and even values', () => {
    for (let nth = 0; nth < 50; nth++) {
      const values = standInsFor(nth);
      assert.equal(new Set(values).size, SAMPLES);
      assert.ok(values.includes(1) && values.some((value) => value > 100) && values.some((value) => value % 2 === 0));
    }
  });

  const [a, b] = [
    { name: 'a', samples: standInsFor(0) },
    { name: 'b', samples: standInsFor(1) },
  ];
  const over = (f: (x: number, y: number) => number | undefined): (number | undefined)[] =>
    a.samples.map((x, k) => f(x, b.samples[k] ?? NaN));

  it('finds polynomials, also with fractions and where some values are refused', () => {
    assert.equal(
      fit(
        over((x, y) => 288 * x * y + y),
        [a, b],
      ),
      '288*a*b + b',
    );
    assert.equal(
      fit(
        over((x) => 18 * x * x + 2 * x),
        [a],
      ),
      '18*a^2 + 2*a',
    );
    assert.equal(
      fit(
        over((x) => (x % 2 === 0 ? x / 2 : undefined)),
        [a],
      ),
      'a/2',
    );
    assert.equal(
      fit(
        over((x, y) => 7 - x - 3 * y),
        [a, b],
      ),
      '-a - 3*b + 7',
    );
  });

  it('finds none where none holds, and takes nothing for a constant that only a bound makes one', () => {
    assert.equal(
      fit(
        over((x) => Math.floor(x / 2)),
        [a],
      ),
      '?',
    );
    assert.equal(
      fit(
        over((x) => Math.min(x, 10)),
        [a],
      ),
      '?',
    );
    assert.equal(
      fit(
        over((x) => (x > 100 ? x : undefined)),
        [a],
      ),
      '?',
    );
  });
});
