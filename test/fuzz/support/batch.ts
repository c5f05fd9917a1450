import { generate } from '../generate/program';
import { checkProgram, show } from './check';
import { shrink } from './shrink';
import type { Files } from './realRun';

export interface Totals {
  readonly sites: number;
  readonly exact: number;
  readonly failures: number;
}

/** What a finding is about, without its numbers and names: a program that is cut down must keep it. */
const kindOf = (finding: string): string =>
  finding
    .replace(/^.*?#\d+(-\d+)?:?/, '')
    .replace(/read .*/, '')
    .replace(/["'].*/, '')
    .replace(/\d+/g, '')
    .slice(0, 30);

/** Runs and reads the programs of so many seeds; prints what is wrong of each, cut down. */
export async function fuzzBatch(from: number, count: number, at: (seed: number) => void): Promise<Totals> {
  const sum = { sites: 0, exact: 0, failures: 0 };
  for (let seed = from; seed < from + count; seed++) {
    at(seed);
    const program = generate(seed);
    const { verdict } = await checkProgram(program);
    sum.sites += verdict.sites;
    sum.exact += verdict.exact;
    const [first] = verdict.wrong;
    if (first === undefined) continue;
    sum.failures++;
    const wrongOf = async (files: Files): Promise<readonly string[]> => {
      at(seed);
      return checkProgram({ ...program, files }).then(
        (one) => one.verdict.wrong,
        () => [],
      );
    };
    const small = await shrink(program.files, async (files) => (await wrongOf(files)).some((one) => kindOf(one) === kindOf(first)), 400);
    console.log(`WRONG seed ${seed}\n${show(small)}\n${(await wrongOf(small)).join('\n')}`);
  }
  return sum;
}
