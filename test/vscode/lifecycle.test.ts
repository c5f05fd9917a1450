import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';

describe('The extension in a window of its own', () => {
  let code: CodeWindow;

  before(async () => {
    code = await CodeWindow.open({ workspace: 'examples', settings: { 'layerscope.enable': true }, alone: true });
  });
  after(() => code.close());

  const servers = (): number => code.ownProcesses().filter((line) => line.includes('server.js')).length;
  const running = (count: number): Promise<boolean> =>
    code.until(
      () => `${count} language servers; there were: ${code.ownProcesses().join('\n')}`,
      () => servers() === count,
    );

  it('runs one language server, also for several documents', async () => {
    await code.openFile('lenet5.ts');
    await code.inlayHints((shown) => shown.length >= 9);
    await code.openFile('vgg16.ts');
    await code.inlayHints((shown) => shown.some(({ text }) => text === '→ 25088'));
    await running(1);
  });

  it('starts it anew at a command', async () => {
    await code.command('Layerscope: Restart Language Server');
    await running(1);
    await code.openFile('lenet5.ts');
    assert.match(await code.hover(await code.find('layers.$0conv2d'), /156/), /5\*5\*1\*6 \+ 6 = 156/);
    await running(1);
  });

  it('shows the panel, which says what to do while nothing was run', async () => {
    await code.command('Layerscope: Show Panel');
    const panel = await code.panel();
    await panel.getByText('No model has been run yet').waitFor();
  });

  it('ends it where it is switched off, and says so when asked to run', async () => {
    await code.focusFile('lenet5.ts');
    await code.addFile('.vscode/settings.json', '{ "layerscope.enable": false }\n');
    await running(0);
    await code.inlayHints((shown) => shown.length === 0);
    await code.command('Layerscope: Run Model');
    await code.page.getByText('Layerscope is switched off for this file').first().waitFor();
    await running(0);
    await code.addFile('.vscode/settings.json', '{ "layerscope.enable": true }\n');
    await running(1);
    await code.inlayHints((shown) => shown.length >= 9);
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
