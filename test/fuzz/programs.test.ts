import assert from 'node:assert/strict';
import { generate } from './generate/program';
import { checkProgram, show } from './support/check';

/** So many programs take about a minute; `npm run fuzz` runs as many as it is told. */
const PROGRAMS = 3000;
const FIRST_SEED = 1;

describe('programs made by chance, run by TensorFlow.js and read', () => {
  it('the reader says nothing wrong of them, and nearly all there is to say', async function () {
    this.timeout(600_000);
    const sum = { sites: 0, exact: 0, whole: 0, refused: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
      const program = generate(seed);
      const { verdict, real } = await checkProgram(program);
      assert.deepEqual(verdict.wrong, [], `seed ${seed}\n${show(program.files)}`);
      sum.sites += verdict.sites;
      sum.exact += verdict.exact;
      if (real.thrown) sum.refused++;
      else sum.whole++;
      // A mistake of the generator's would hide what comes after it.
      assert.ok(!real.thrown || real.thrown.byTf, `seed ${seed}: ${real.thrown?.message ?? ''}\n${show(program.files)}`);
    }
    console.log(
      `      ${sum.exact} of ${sum.sites} call sites wholly right in ${sum.whole} programs; ${sum.refused} programs refused by TensorFlow.js`,
    );
    assert.ok(sum.exact / sum.sites > 0.999, `${sum.exact} of ${sum.sites}`);
    assert.ok(sum.whole > PROGRAMS / 2 && sum.refused > PROGRAMS / 20, JSON.stringify(sum));
  });
});
