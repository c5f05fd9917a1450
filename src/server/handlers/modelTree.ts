import type { CancellationToken } from 'vscode-languageserver';
import { layerTree, type TreeRow } from '../../features/layerTree';
import type { Reading } from '../../model/reading';
import {
  MODEL_LAYERS,
  MODELS,
  MODELS_CHANGED,
  WATCH_MODELS,
  type LayerRow,
  type ModelFile,
  type ModelLayersResult,
  type ModelRef,
  type ModelsParams,
  type ModelsResult,
  type WatchModelsParams,
} from '../../protocol/lsp';
import { meantAgain } from '../answers';
import { ModelCatalog, type Listed } from '../modelCatalog';
import { filePath } from '../uris';
import type { Register } from './capability';

/** Milliseconds in which several changes of the list become one. */
const GATHER = 150;

/** The list of the workspace's models. It costs nothing while no one looks at it. */
export const registerModelTree: Register = (connection, context) => {
  const { documents, nameOf } = context;
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    if (!catalog.isWatched) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      if (catalog.isWatched) context.send(connection.sendNotification(MODELS_CHANGED));
    }, GATHER);
  };
  const catalog = new ModelCatalog(context.analyst, documents, context.settingsOf, { changed: tell });

  const fileOf = async ({ uri, stamp, models }: Listed): Promise<ModelFile> => {
    const { quiz } = await context.settingsOf(uri);
    return {
      uri,
      stamp: stamp + String(quiz.enabled),
      models: models.map(({ id, title, label, detail, tooltip, refusal }) => ({
        uri,
        id: nameOf(id),
        title,
        label,
        // In a quiz the figures would be the answers.
        ...(quiz.enabled ? { detail: '', tooltip: label } : { detail, tooltip }),
        ...(refusal !== undefined && { refusal }),
      })),
    };
  };

  connection.onNotification(WATCH_MODELS, ({ on }: WatchModelsParams) => catalog.watch(on));
  connection.onRequest(MODELS, async ({ filter, anew }: ModelsParams): Promise<ModelsResult> => {
    if (anew) catalog.anew();
    const files = catalog.list().flatMap((listed) => filtered(listed, filter?.trim().toLowerCase() ?? '', documents.folders));
    const { note } = catalog;
    return { files: await Promise.all(files.map(fileOf)), ...(note !== undefined && { note }) };
  });
  connection.onRequest(MODEL_LAYERS, async (ref: ModelRef, token: CancellationToken): Promise<ModelLayersResult> => {
    const document = documents.get(ref.uri);
    if (document && !document.good) await context.ready(document, token);
    const reading = document ? document.good?.reading : await readFile(ref.uri);
    const model = meantAgain(reading, ref, nameOf);
    if (!reading || !model) return { reason: 'The model is no longer in its file.' };
    const { quiz } = await context.settingsOf(ref.uri);
    return { rows: layerTree(reading, model).map((row) => rowOf(row, quiz.enabled)) };
  });

  /** A file that no one has open, for someone who waits. */
  const readFile = async (uri: string): Promise<Reading | undefined> => {
    const path = filePath(uri);
    const root = path === undefined ? undefined : catalog.rootOf(path);
    if (path === undefined || root === undefined) return undefined;
    const { enable } = await context.settingsOf(uri);
    return enable ? (await context.readings.readFile(uri, path, root))?.reading : undefined;
  };

  const rowOf = (row: TreeRow, isQuiz: boolean): LayerRow => ({
    ...row,
    ...(isQuiz && { detail: '?', tooltip: row.label, spoken: row.label }),
    ...(row.site !== undefined && { site: nameOf(row.site) }),
    calls: row.calls.map(nameOf),
    ...(row.children && { children: row.children.map((child) => rowOf(child, isQuiz)) }),
  });

  return {
    settled(document) {
      catalog.edited(document.path);
      tell();
    },
    closed(document) {
      catalog.changed([document.path]);
      tell();
    },
    filesChanged: (paths) => catalog.changed(paths),
    settingsChanged: () => catalog.anew(),
    dispose: () => clearTimeout(timer),
  };
};

/** The file with those of its models that have the words; all of them where its own path has. */
function filtered(listed: Listed, words: string, folders: readonly string[]): readonly Listed[] {
  const folder = folders.find((one) => listed.path.startsWith(`${one}/`)) ?? '';
  if (words === '' || listed.path.slice(folder.length).toLowerCase().includes(words)) return [listed];
  const models = listed.models.filter((model) => model.words.includes(words));
  return models.length === 0 ? [] : [{ ...listed, models }];
}
