import type { ModelRead, Reading } from '../model/reading';
import { isFileInside } from '../project/disk';
import type { EarlierState } from '../protocol/lsp';
import type { OpenDocument } from './document';
import type { ServerContext } from './handlers/capability';
import { fileUri, filePath } from './uris';

/** A model as it was, and what it was read from. */
export interface Earlier {
  readonly model: ModelRead;
  /** The texts of that time, by path. */
  readonly texts: ReadonlyMap<string, { readonly uri: string; readonly text: string }>;
  /** See `CompareResult.alsoRead`. */
  readonly alsoRead: readonly string[];
}

/** So many further files at most are asked for. */
const MAX_FILES = 100;

/** Reads a document as it was and finds a model of today in it, or says why it is not there. */
export async function readEarlier(
  context: ServerContext,
  document: OpenDocument,
  model: ModelRead,
  { label, files }: EarlierState,
): Promise<Earlier | { readonly reason: string }> {
  const texts = new Map(files.map((file) => [file.uri === document.uri ? document.path : (filePath(file.uri) ?? file.uri), file]));
  const own = texts.get(document.path);
  if (!own) return { reason: `${label} does not have the file.` };
  const others = [...texts].flatMap(([path, { text }]) => (path === document.path ? [] : [{ path, text }]));
  const read = await context.readings.readText(document, own.text, others);
  if (!read) return { reason: `At ${label} the file does not mention TensorFlow.js, or cannot be read.` };
  const then = sameModel(read.reading, document.good?.reading, model);
  if (!then) return { reason: missing(read.reading, label, model.title) };
  const alsoRead = read.touched.filter((path) => !texts.has(path) && isFileInside(document.root, path)).slice(0, MAX_FILES);
  return { model: then, texts, alsoRead: alsoRead.map(fileUri) };
}

/** The model of that name, of several the one in the same place among them; else the only model, where there is one only now as well. */
function sameModel({ models: then }: Reading, now: Reading | undefined, { id, title }: ModelRead): ModelRead | undefined {
  const models = now?.models ?? [];
  const place = [...new Set(models.filter((one) => one.title === title).map((one) => one.id))].indexOf(id);
  const namesakes = then.filter((one) => one.title === title);
  const wanted = [...new Set(namesakes.map((one) => one.id))][place];
  const found = namesakes.filter((one) => one.id === wanted);
  if (found.length > 0) return found.find(({ error, graph }) => error === undefined && graph.stop === undefined) ?? found[0];
  const isOnly = new Set(models.map((one) => one.id)).size === 1;
  return isOnly && then.length === 1 ? then[0] : undefined;
}

function missing({ isBroken, limits }: Reading, label: string, title: string): string {
  if (isBroken) return `At ${label} the file cannot be parsed, and no model ${title} was found in it.`;
  const [limit] = limits;
  return `At ${label} the file has no model ${title}.${limit === undefined ? '' : ` Its reading stopped: ${limit}.`}`;
}
