import { fileURLToPath, pathToFileURL } from 'node:url';
import { slashed } from '../project/paths';

const EXTENSIONS: Readonly<Record<string, string>> = {
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  html: '.html',
};

/**
 * The path under which a document is read. One that is no file (untitled, or in a virtual workspace) gets a path of its own that no file has,
 * with the extension that its language wants: the reader tells languages by it.
 */
export function pathOf(uri: string, languageId: string): string {
  const file = filePath(uri);
  if (file !== undefined) return file;
  const name = `/~/${uri.replace(/[^\w.-]+/g, '/')}`;
  const extension = EXTENSIONS[languageId] ?? '.ts';
  return name.endsWith(extension) ? name : name + extension;
}

/** The path of a `file:` URI with forward slashes; undefined for any other. */
export function filePath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return slashed(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

export const fileUri = (path: string): string => pathToFileURL(path).href;
