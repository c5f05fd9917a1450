import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/lib/environment.mjs';
import { CodeWindow } from '../support/vscode/codeWindow';

const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));

describe('The examples in VS Code', () => {
  let code: CodeWindow;

  before(async () => {
    code = await CodeWindow.open({ workspace: 'examples' });
  });
  after(() => code.close());

  it('come with the commands of the extension', async () => {
    await code.openFile('lenet5.ts');
    let offered: readonly string[] = [];
    await code.until(
      () => `The extension's commands; the palette offered: ${offered.join(' | ')}`,
      async () => {
        offered = await code.offeredCommands('Layerscope:');
        const isOffered = (title: string) => offered.some((label) => label.startsWith(`Layerscope: ${title}`));
        return ['Run Model', 'Show Panel', 'Restart Language Server'].every(isOffered);
      },
    );
  });

  it('have no problem of their own', async () => {
    assert.ok(examples.length >= 4);
    for (const name of examples) await code.openFile(name);
    // TypeScript checks open files in turn, the active one first; a mistake made now is found after its reading of all the others,
    // and shows that problems are seen at all.
    const control = 'export const mistake: string = 1;\n';
    await code.addFile('mistake.ts', control);
    await code.openFile('mistake.ts');
    const problems = await code.problems((shown) => shown.length > 0);
    assert.equal(problems.length, 1, JSON.stringify(problems));
    assert.match(problems[0]!.message, /not assignable to type 'string'/);
    for (const name of examples) {
      await code.openFile(name);
      // A hover of TypeScript's own: its server has read this file with all its types.
      await code.hover(await code.find("from '@tensorflow/$0tfjs"), /module/);
    }
    assert.deepEqual(await code.problems(), problems);
  });

  it('leave no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});

describe('A project that never mentions TensorFlow.js', () => {
  let code: CodeWindow;

  before(async () => {
    code = await CodeWindow.open({
      workspace: {
        'package.json': '{ "private": true }\n',
        'plain.ts': 'export const answer = (question: string): number => question.length;\n',
        'model.ts': "import * as tf from '@tensorflow/tfjs';\nexport const model = tf.sequential();\n",
      },
      alone: true,
    });
  });
  after(() => code.close());

  it('has no process of the extension, until a document mentions it', async () => {
    await code.openFile('plain.ts');
    await code.hover(await code.find('$0answer'), /const answer/);
    assert.deepEqual(code.ownProcesses(), []);

    await code.openFile('model.ts');
    await code.until(
      () => `A language server; processes: ${JSON.stringify(code.ownProcesses())}`,
      () => code.ownProcesses().some((line) => line.includes('server.js')),
    );
  });
});
