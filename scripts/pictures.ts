/**
 * Takes the README's pictures from the real thing: a VS Code with the packaged extension, as a person sees it. Run `npm run build` first, then
 * `npm run pictures`. With themes ("Default Light Modern") the pictures go to out/screenshots/ instead, for the eye.
 */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodeWindow } from '../test/support/vscode/codeWindow';

const README_THEME = 'Default Dark Modern';
const themes = process.env['THEMES']?.split(',') ?? [];
const images = join(__dirname, '../images');

const slug = (theme: string): string => theme.toLowerCase().replaceAll(/[^a-z]+/g, '-');

async function show(theme: string, keep: (name: string, path: string) => Promise<void>): Promise<void> {
  const settings = {
    'workbench.colorTheme': theme,
    'workbench.activityBar.location': 'hidden',
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'editor.fontSize': 12,
  };
  const code = await CodeWindow.open({ workspace: 'examples', settings });
  const take = async (name: string): Promise<void> => keep(name, await code.screenshot(`${slug(theme)}-${name}`));
  try {
    await code.page.setViewportSize({ width: 1280, height: 760 });
    await code.openFile('vgg16.ts');
    await code.inlayHints();
    await code.hover(await code.find('.$0conv2d('), /1,792/);
    await take('hover');
    await code.page.keyboard.press('Escape');
    await code.openFile('lenet5.ts');
    await code.inlayHints();
    await code.caret(await code.find('$0averagePooling2d'));
    await code.page.keyboard.press('ControlOrMeta+B');
    await code.page.setViewportSize({ width: 1560, height: 840 });
    await code.command('Layerscope: Run Model');
    // The source needs the room for its hints more than the panel does.
    for (let step = 0; step < 3; step++) await code.command('Increase Editor Width');
    const panel = await code.panel();
    await panel.locator('[data-phase="ready"]').waitFor();
    await panel.locator('[data-layer="c1"]').first().click();
    await code.until(
      () => 'tiles',
      async () => (await panel.locator('main canvas, section canvas').count()) > 0,
    );
    await take('panel');
  } finally {
    await code.close();
  }
}

describe('Pictures', function () {
  this.timeout(300_000);
  for (const theme of themes.length > 0 ? themes : [README_THEME]) {
    it(theme, () => show(theme, async (name, path) => (themes.length > 0 ? undefined : copyFile(path, join(images, `${name}.png`)))));
  }
});
