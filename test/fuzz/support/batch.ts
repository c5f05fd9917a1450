import { mutate } from '../generate/mutate';
import { generate } from '../generate/program';
import { checkProgram, show } from './check';
import { compare, readAll } from './compare';
import { Random } from './random';
import { runReal, type Files } from './realRun';
import { readSanely } from './sane';
import { shrink } from './shrink';

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

/** A program with one mistake in it: read whatever it is, and compared with what TensorFlow.js makes of it where it can be run. */
export async function checkMutant(seed: number): Promise<{ readonly files: Files; readonly wrong: readonly string[] }> {
  const program = generate(seed);
  const mutant = mutate(program.files[program.entry] ?? '', new Random(seed + 1_000_000));
  const files = { ...program.files, [program.entry]: mutant.text };
  try {
    readSanely(files);
  } catch (error) {
    return { files, wrong: [(error as Error).message] };
  }
  const real = mutant.mayRun ? await runReal(files, program.entry) : undefined;
  return { files, wrong: real ? compare(files, readAll(files), real).wrong : [] };
}

/** Reads every prefix of the texts; prints those of which the reading is no sound one. Answers how many were read and how many failed. */
export function readPrefixes(texts: readonly string[], at: (read: number) => void): { readonly read: number; readonly failures: number } {
  let [read, failures] = [0, 0];
  for (const text of texts) {
    for (let end = 0; end <= text.length; end++) {
      at(++read);
      try {
        readSanely({ '/main.ts': text.slice(0, end) });
      } catch (error) {
        failures++;
        console.log(`WRONG prefix of ${end} characters: ${(error as Error).message}\n${text.slice(0, end)}`);
      }
    }
  }
  return { read, failures };
}

/** Runs and reads the programs of so many seeds, each also with a mistake in it; prints what is wrong of each, cut down. */
export async function fuzzBatch(from: number, count: number, at: (seed: number) => void): Promise<Totals> {
  const sum = { sites: 0, exact: 0, failures: 0 };
  for (let seed = from; seed < from + count; seed++) {
    at(seed);
    const program = generate(seed);
    const broken = await checkMutant(seed);
    if (broken.wrong.length > 0) {
      sum.failures++;
      console.log(`WRONG mutant of seed ${seed}\n${show(broken.files)}\n${broken.wrong.join('\n')}`);
    }
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
