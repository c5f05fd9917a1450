import assert from 'node:assert/strict';
import { HEAD, readSource } from '../../support/readSource';
import { EXPRESSIONS } from './expressions';

/** What JavaScript itself makes of an expression. */
const run = (expression: string): unknown => new Function(`return (${expression});`)();

describe('expressions, run by JavaScript and read', () => {
  const source = `${HEAD}const input = tf.input({ shape: [5] });\n${EXPRESSIONS.map((one) => `tf.layers.dense({ units: (${one}) }).apply(input);`).join('\n')}`;
  const reading = readSource(source, undefined, '/main.js');
  const said = new Map(
    reading.sites
      .filter((site) => site.factory === 'dense')
      .map((site) => [source.slice(0, site.name.start).split('\n').length - 3, site.cases.map((one) => one.outputShape?.at(-1))]),
  );

  EXPRESSIONS.forEach((expression, i) => {
    it(expression, () => assert.deepEqual(said.get(i), [run(expression)]));
  });

  it('none of them is a problem', () => assert.deepEqual(reading.problems, []));
});
