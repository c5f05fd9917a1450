import { open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep, win32 } from 'node:path';
import type { Shard } from '../../protocol/panelRequests';

/** A `model.json` of a thousand layers has half a million characters. */
const MOST_BYTES = 32 * 2 ** 20;
const MOST_SHARDS = 4096;
const MOST_PATH = 1000;

/** A chosen `model.json` with the files that its manifest names, each with the place where it really is. */
export interface ModelFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly shards: readonly FoundShard[];
}

export interface FoundShard extends Shard {
  /** With all links followed; undefined where the shard is refused. */
  readonly place: string | undefined;
}

/**
 * Reads a `model.json` and looks for its shards, which may lie nowhere but in its own folder. Of what stands in it only their names are
 * looked at. Throws a sentence for people where the file cannot be what it should be.
 */
export async function openModelFile(path: string): Promise<ModelFile> {
  const name = basename(path);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`${name} is not there any more.`);
  if (!found.isFile()) throw new Error(`${name} is no file.`);
  if (await startsLikeHdf5(path)) {
    throw new Error(
      `${name} is a Keras HDF5 file. Convert it first: tensorflowjs_converter --input_format=keras writes a model.json with shards.`,
    );
  }
  if (found.size > MOST_BYTES) {
    throw new Error(
      `${name} is larger than the ${MOST_BYTES / 2 ** 20} MB that are read of a model.json. Choose the file that lists the shards.`,
    );
  }
  const text = await readFile(path, 'utf8');
  const folder = await realpath(dirname(path));
  const paths = shardPaths(text);
  if (paths.length > MOST_SHARDS)
    throw new Error(`${name} names ${paths.length.toLocaleString('en-US')} shards; up to ${MOST_SHARDS} are read.`);
  return { path, name, text, shards: await Promise.all(paths.map((shard) => findShard(folder, shard))) };
}

const startsLikeHdf5 = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === '\x89HDF';
  } finally {
    await file.close();
  }
};

/** The paths of all groups of the manifest, each once. What is not as it should be names no shard; the panel says what is wrong with it. */
const shardPaths = (text: string): string[] => {
  const groups = member(parsed(text), 'weightsManifest');
  if (!Array.isArray(groups)) return [];
  const paths = groups.flatMap((group: unknown): unknown[] => {
    const list = member(group, 'paths');
    return Array.isArray(list) ? list : [];
  });
  return [...new Set(paths.filter((path) => typeof path === 'string'))];
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return undefined;
  }
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

const findShard = async (folder: string, path: string): Promise<FoundShard> => {
  const refuse = (refused: string): FoundShard => ({ path: path.slice(0, MOST_PATH), bytes: 0, refused, place: undefined });
  const wrong = wrongPath(path);
  if (wrong !== undefined) return refuse(wrong);
  const place = await realpath(join(folder, path)).catch(() => undefined);
  if (place === undefined) return refuse('is missing');
  if (!place.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return refuse("lies outside of the model's folder");
  const found = await stat(place).catch(() => undefined);
  return found?.isFile() ? { path, bytes: found.size, place } : refuse('is no file');
};

/** Why a shard may not be looked for under this name, on any system; undefined where it may. */
const wrongPath = (path: string): string | undefined => {
  if (path === '' || path.length > MOST_PATH || path.includes('\0')) return 'is no name of a file';
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return 'is not a file beside the model.json';
  // Windows' rules know forward slashes, backslashes and drives.
  if (win32.isAbsolute(path) || /^[a-z]:/i.test(path) || path.split(/[\\/]/).includes('..')) return "lies outside of the model's folder";
  return undefined;
};
