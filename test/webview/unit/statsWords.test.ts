import assert from 'node:assert/strict';
import { channelsOf, type Channel } from '../../../webview/engine/batchNorm/formulas';
import type { BatchNormReport } from '../../../webview/engine/contract/batchNorm';
import { nextSort, sorted, type ColumnId } from '../../../webview/views/batchNorm/columns';
import { driftText, fourLines, identityText, remarks } from '../../../webview/views/batchNorm/words';
import { countScale, countTicks, valueTicks } from '../../../webview/views/histograms/axes';
import { barsPath, binText, histogramText, share, zeroPlace } from '../../../webview/views/histograms/words';
import { Tally } from '../../../webview/engine/histograms/distribution';

const report: BatchNormReport = {
  key: 'bn@1',
  training: false,
  m: 3136,
  over: [1, 56, 56],
  epsilon: 0.001,
  momentum: 0.99,
  scale: true,
  center: true,
  channels: {
    gamma: [2, 1, 0],
    beta: [-0.5, 0, 0.25],
    movingMean: [0.5, -1, 0],
    movingVariance: [3.999, 1, 1],
    batchMean: [1.5, -1, -4],
    batchVariance: [8.999, 1, 1],
  },
};

const channels = (changes: Partial<BatchNormReport> = {}): Channel[] => {
  const whole = { ...report, ...changes };
  return channelsOf(whole.channels, { ...whole, identity: false });
};

const [first] = channels();

describe('words about a batch norm', () => {
  it('put a channel\u2019s numbers into the four lines, with the moving statistics at inference', () => {
    assert.ok(first);
    assert.deepEqual(
      fourLines(first, report, 4.5).map(({ letters, numbers, note }) => `${letters} = ${numbers}${note === undefined ? '' : ` (${note})`}`),
      [
        'μ_B = 1/m · Σ x = 1.5 (not used at inference; m = 1×56×56 = 3,136)',
        'σ²_B = 1/m · Σ (x − μ_B)² = 9 (not used at inference)',
        'x̂ = (x − μ) / √(σ² + ε) = (4.5 − 0.5) / √(4 + 0.001) = 2',
        'y = γ · x̂ + β = 2 · 2 + (−0.5) = 3.5',
      ],
    );
  });

  it('and with the batch\u2019s own in training mode', () => {
    const training = { ...report, training: true };
    const [channel] = channels(training);
    assert.ok(channel);
    const lines = fourLines(channel, training, 7.5).map(({ numbers, note }) => `${numbers}${note === undefined ? '' : ` (${note})`}`);
    assert.deepEqual(lines, ['1.5 (m = 1×56×56 = 3,136)', '9', '(7.5 − 1.5) / √(9 + 0.001) = 2', '2 · 2 + (−0.5) = 3.5']);
  });

  it('say how far the batch is off, and how long the average needs', () => {
    assert.ok(first);
    assert.equal(
      driftText(first, 0.99),
      'The batch\u2019s mean is 0.5 moving standard deviations above the moving mean, its variance is 125 % above the moving one. With momentum 0.99 the moving average needs 481 more such batches until less than 1 % is left.',
    );
    const [, settled] = channels();
    assert.match(settled ? driftText(settled, 0.99) : '', /The moving average has arrived\.$/);
  });

  it('explain a batch of one, missing weights, odd momentums and statistics that have seen nothing, where they apply', () => {
    assert.deepEqual(remarks(report), []);
    assert.match(remarks({ ...report, m: 1 }).join(), /^m is 1: .* training mode gives beta for every input/);
    assert.match(remarks({ ...report, scale: false }).join(), /^With scale: false TensorFlow\.js runs this layer at inference only/);
    assert.match(remarks({ ...report, scale: false, center: false }).join(), /^With scale: false and center: false/);
    assert.match(remarks({ ...report, momentum: 99 }).join(), /A momentum of 99 is accepted/);
    const fresh = { ...report.channels, movingMean: [0, 0, 0], movingVariance: [1, 1, 1] };
    assert.match(remarks({ ...report, channels: fresh }).join(), /have seen no batch/);
  });

  it('say that the identity setting hands the input on, or does not', () => {
    assert.match(
      identityText({ difference: 2.4e-7, largest: 4, values: 3136 }),
      /^The output equals the input: of 3,136 values the largest difference is 2\.4e-7/,
    );
    assert.match(identityText({ difference: 0.5, largest: 4, values: 3136 }), /^The output is not the input/);
    assert.match(identityText({ difference: NaN, largest: 4, values: 3136 }), /^The output is not the input/);
  });
});

describe('the table of channels', () => {
  const order = (by: ColumnId, descending: boolean): number[] => sorted(channels(), { by, descending }).map((channel) => channel.index);

  it('sorts by any column, drift by its size', () => {
    assert.deepEqual(order('index', false), [0, 1, 2]);
    assert.deepEqual(order('gamma', true), [0, 1, 2]);
    assert.deepEqual(order('gamma', false), [2, 1, 0]);
    assert.deepEqual(order('drift', true), [2, 0, 1]);
    assert.deepEqual(order('batches', false), [1, 0, 2]);
  });

  it('has NaN at the end whichever way it is sorted', () => {
    const broken = channels({ channels: { ...report.channels, gamma: [NaN, 1, 2] } });
    for (const descending of [true, false]) assert.equal(sorted(broken, { by: 'gamma', descending }).at(-1)?.index, 0);
  });

  it('turns round at the second click', () => {
    const once = nextSort({ by: 'index', descending: false }, 'gamma');
    assert.deepEqual(once, { by: 'gamma', descending: true });
    assert.deepEqual(nextSort(once, 'gamma'), { by: 'gamma', descending: false });
    assert.deepEqual(nextSort(once, 'index'), { by: 'index', descending: false });
  });
});

describe('words about a histogram', () => {
  const tally = new Tally();
  tally.add([-1, -1, -0.5, 0, 0, 0, 3, NaN]);
  const distribution = tally.distribution();

  it('say the picture in one sentence', () => {
    assert.equal(histogramText(distribution), '8 values from −1 to 3; most in 0 to 0.0625: 3 values.');
    assert.equal(binText(distribution, 0), '−1 to −0.938: 2 values');
  });

  it('draw bars that are seen wherever there is a value, in proportion or by logarithm', () => {
    assert.equal(barsPath([0, 10, 5, 1], 100, countScale(10, false)), 'M0 100V100H1V1H2V50.5H3V90.1H4V100Z');
    assert.equal(barsPath([0, 1e6, 1], 100, countScale(1e6, false)), 'M0 100V100H1V1H2V99H3V100Z');
    assert.match(barsPath([0, 1e6, 1], 100, countScale(1e6, true)), /V95\.0\dH3/);
  });

  it('stand beside round values, in as many digits as those have', () => {
    const axis = (low: number, width: number): readonly string[] =>
      valueTicks({ ...distribution, low, width, counts: Array.from({ length: 64 }, () => 0) }).map(({ text }) => text);
    assert.deepEqual(axis(-1, 4 / 64), ['−1', '0', '1', '2', '3']);
    assert.deepEqual(axis(10, 0.2 / 64), ['10.00', '10.05', '10.10', '10.15', '10.20']);
    assert.deepEqual(axis(0, 2e-7 / 64), ['0', '5e-8', '1e-7', '1.5e-7', '2e-7']);
    assert.deepEqual(axis(0, 4e7 / 64), ['0', '1e+7', '2e+7', '3e+7', '4e+7']);
    const [first, ...rest] = valueTicks({ ...distribution, low: -1, width: 4 / 64, counts: Array.from({ length: 64 }, () => 0) });
    assert.equal(first?.at, 0);
    assert.equal(rest.at(-1)?.at, 1);
  });

  it('stand beside round counts, or powers of ten', () => {
    const texts = (most: number, logarithmic: boolean): readonly string[] => countTicks(most, logarithmic).map(({ text }) => text);
    assert.deepEqual(texts(1200, false), ['500', '1,000']);
    assert.deepEqual(texts(2, false), ['1', '2']);
    assert.deepEqual(texts(1200, true), ['1', '10', '100', '1,000'].slice(-3));
    assert.deepEqual(texts(2e6, true), ['100', '10,000', '1,000,000']);
    assert.deepEqual(texts(0, false), []);
    assert.equal(countTicks(1e6, true).at(-1)?.at, 1);
  });

  it('place zero, and round no share to none or all', () => {
    assert.equal(zeroPlace(distribution), 16);
    assert.equal(zeroPlace({ ...distribution, low: 1 }), undefined);
    assert.deepEqual(
      [share(0, 10), share(1, 1e6), share(999_999, 1e6), share(5, 10), share(10, 10), share(0, 0)],
      ['0 %', '<1 %', '>99 %', '50 %', '100 %', '0 %'],
    );
  });
});
