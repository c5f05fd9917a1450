import assert from 'node:assert/strict';
import { HEAD, readSource } from '../../support/readSource';

/** Takes whatever it may take. */
const endless = (name: string): string => `export function ${name}() { for (;;) { [1, 2, 3].map((i) => Math.sqrt(i)); } }`;

describe('what each entry point may take of the budget', () => {
  it('leaves the last function of a file its part, whatever those before it and the callers do', () => {
    const many = Array.from({ length: 20 }, (_, i) => endless(`run${i}`)).join('\n');
    const reading = readSource(
      {
        '/main.ts': `${HEAD}${many}\nexport const build = (units: number) => tf.layers.dense({ units }).apply(tf.input({ shape: [2] }));`,
        '/a.ts': `import { run0 } from './main';\n${many.replaceAll('run', 'walk')}\nrun0();`,
        '/b.ts': `import { run1 } from './main';\n${many.replaceAll('run', 'swim')}\nrun1();`,
      },
      { stepBudget: 200_000 },
    );
    assert.deepEqual(
      reading.sites.map((site) => site.cases[0]?.outputShape),
      [
        [null, 'units'],
        [null, 2],
      ],
    );
  });
});
