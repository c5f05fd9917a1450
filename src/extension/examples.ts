import { Uri, window, workspace, type QuickPickItem } from 'vscode';

/** The examples that come with the extension, in its folder `examples`. */
const FOLDER = 'examples';
const PROGRAM = /^(\w+)\.ts$/;
/** What makes the copies a project of their own. */
const COMPANIONS = ['package.json', 'tsconfig.json'];

/** TensorFlow.js need not be installed to look into an example; TypeScript alone would say that it is missing. */
const HEAD = '// @ts-nocheck: delete this line once @tensorflow/tfjs is installed (npm install @tensorflow/tfjs).\n';

interface Choice extends QuickPickItem {
  /** undefined for all of them, in a folder. */
  readonly name?: string;
}

/**
 * Opens an example as a new file that is the person's own, or copies all into a folder that the person chooses.
 * @param wanted an example's name (`lenet5`), as a link has it; without one the person is asked.
 */
export async function openExample(extension: Uri, wanted: unknown): Promise<void> {
  const names = await exampleNames(extension);
  const named = names.find((name) => name === wanted);
  const choice =
    named === undefined ? await window.showQuickPick(choices(extension, names), { placeHolder: 'Which example?' }) : { name: named };
  if (!choice) return;
  if (choice.name === undefined) await copyAll(extension, names);
  else await openUntitled(await textOf(extension, choice.name));
}

async function exampleNames(extension: Uri): Promise<readonly string[]> {
  const entries = await workspace.fs.readDirectory(Uri.joinPath(extension, FOLDER));
  return entries.flatMap(([file]) => PROGRAM.exec(file)?.[1] ?? []).sort();
}

async function choices(extension: Uri, names: readonly string[]): Promise<Choice[]> {
  const each = names.map(async (name) => ({ label: `${name}.ts`, detail: aboutOf(await textOf(extension, name)), name }));
  return [...(await Promise.all(each)), { label: 'All of them, into a folder…', detail: 'Copies the examples where you want them.' }];
}

/** The first words above the function that builds the model. */
function aboutOf(text: string): string {
  const before = text.slice(0, text.indexOf('export function'));
  const comment = before.slice(before.lastIndexOf('/**') + 3).replace(/\s*\*\/?\s*/g, ' ');
  return comment.trim().slice(0, LONGEST_DETAIL);
}

const LONGEST_DETAIL = 140;

const textOf = async (extension: Uri, name: string): Promise<string> =>
  HEAD + new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(extension, FOLDER, `${name}.ts`)));

async function openUntitled(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'typescript', content }));
}

/** Copies what is not there yet; a file of the person's is never written over. */
async function copyAll(extension: Uri, names: readonly string[]): Promise<void> {
  const [folder] = (await window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel: 'Copy Examples Here' })) ?? [];
  if (!folder) return;
  try {
    const kept: string[] = [];
    for (const file of [...names.map((name) => `${name}.ts`), ...COMPANIONS]) {
      const isNew = await copyOne(extension, file, Uri.joinPath(folder, file));
      if (!isNew) kept.push(file);
    }
    if (kept.length > 0) void window.showInformationMessage(`Already there, and left as they are: ${kept.join(', ')}.`);
    await window.showTextDocument(Uri.joinPath(folder, `${names.includes('lenet5') ? 'lenet5' : (names[0] ?? '')}.ts`));
  } catch (error) {
    void window.showErrorMessage(`The examples could not be copied: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function copyOne(extension: Uri, file: string, to: Uri): Promise<boolean> {
  if (await exists(to)) return false;
  const name = PROGRAM.exec(file)?.[1];
  const content =
    name === undefined
      ? await workspace.fs.readFile(Uri.joinPath(extension, FOLDER, file))
      : new TextEncoder().encode(await textOf(extension, name));
  await workspace.fs.writeFile(to, content);
  return true;
}

const exists = async (uri: Uri): Promise<boolean> => {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
};
