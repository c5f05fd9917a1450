import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { COMPARE, FIND_MODELS, NETS } from '../../src/protocol/lsp';
import type { CompareParams, CompareResult, ComparedWith, FindModelsResult, FoundModel, ModelRef, NetInfo } from '../../src/protocol/lsp';
import { LspClient, positionOf } from '../support/lsp/client';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";

const source = (units: number, title = 'create'): string => `${HEAD}export function ${title}() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ name: 'fc', units: ${units}, inputShape: [2] }));
  return model;
}
`;

/** The layers' size stands in a file of its own. */
const MAIN = `${HEAD}import { UNITS } from './units';
export function create() {
  return tf.sequential({ layers: [tf.layers.dense({ name: 'fc', units: UNITS, inputShape: [2] })] });
}
`;

describe('language server: a model beside another one', () => {
  let folder: string;
  let client: LspClient;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'layerscope-')));
    client = await LspClient.start({ folder });
  });
  after(async () => {
    await client.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (path: string, text: string): Promise<string> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    return join(folder, path);
  };
  const open = async (path: string, text: string): Promise<string> => client.open(await write(path, text), text);
  const refIn = async (uri: string, text: string): Promise<ModelRef> => {
    const { found, reason } = await client.modelAt(uri, positionOf(text, 'tf.sequential'));
    assert.ok(found, reason);
    return { uri, id: found.id, title: found.title };
  };
  const compare = (model: ModelRef, other: ComparedWith): Promise<CompareResult> =>
    client.connection.sendRequest(COMPARE, { model, with: other } satisfies CompareParams);
  const textOf = ({ lines, reason }: CompareResult): string => lines?.map(({ text }) => text).join('\n') ?? reason ?? '';
  const find = (uri: string, next?: number): Promise<FindModelsResult> =>
    client.connection.sendRequest(FIND_MODELS, { textDocument: { uri }, ...(next !== undefined && { next }) });
  const findAll = async (uri: string): Promise<readonly FoundModel[]> => {
    const all: FoundModel[] = [];
    let next: number | undefined;
    do {
      const answer = await find(uri, next);
      all.push(...answer.models);
      ({ next } = answer);
    } while (next !== undefined);
    return all;
  };

  it('knows the published nets, and puts one beside a model', async () => {
    const nets = await client.connection.sendRequest<readonly NetInfo[]>(NETS);
    const vgg = nets.find(({ id }) => id === 'vgg16');
    assert.deepEqual(vgg, { id: 'vgg16', title: 'VGG-16 (D)', year: 2014, depth: 16, totalParams: 138_357_544, top5Error: 7.3 });
    const uri = await open('net.ts', source(3));
    const ref = await refIn(uri, source(3));
    const { lines } = await compare(ref, { net: 'vgg16' });
    assert.equal(lines?.[0]?.text, 'create · net.ts:3 │ VGG-16 (D) · Simonyan and Zisserman, 2014');
    const row = lines?.find(({ text }) => text.includes('fc (Dense)'));
    // The net has no source.
    assert.equal(row?.links?.length, 1);
    const { name } = await client.siteRange(row?.links?.[0]?.site ?? '');
    assert.deepEqual(name?.start, positionOf(source(3), 'dense'));
    assert.match(textOf(await compare(ref, { net: 'none' })), /does not know the net/);
  });

  it('puts two models beside each other, both with links, in the state of their documents', async () => {
    const [one, other] = [await open('one.ts', source(3)), await open('other.ts', source(5))];
    const [ours, theirs] = [await refIn(one, source(3)), await refIn(other, source(5))];
    const result = await compare(ours, { model: theirs });
    assert.match(textOf(result), /^Params +9 +15 +\+6 \(\+66\.7 %\)$/m);
    // Models of one name are told apart.
    assert.match(textOf(result), /^ +create \(one\.ts:3\) +create \(other\.ts:3\) +Difference$/m);
    const row = result.lines?.find(({ text }) => text.includes('fc (Dense)'));
    const places = await Promise.all((row?.links ?? []).map(({ site }) => client.siteRange(site ?? '')));
    assert.deepEqual(
      places.map(({ uri }) => uri),
      [one, other],
    );
    await client.change(other, source(7));
    assert.match(textOf(await compare(ours, { model: theirs })), /^Params +9 +21 /m);
  });

  it('puts a model beside what it was, with links into the earlier text', async () => {
    const uri = await open('then.ts', source(3));
    const ref = await refIn(uri, source(3));
    const text = `// one line more\n${source(4)}`;
    const earlier = { label: '1a2b3c4', about: '2026-11-02, Smaller', files: [{ uri, text }] };
    const result = await compare(ref, { earlier });
    assert.equal(result.lines?.[0]?.text, 'create · 1a2b3c4, 2026-11-02, Smaller │ create · then.ts:3');
    assert.match(textOf(result), /^~ {2}fc \(Dense\).*units 4 → 3$/m);
    const row = result.lines?.find(({ text: line }) => line.startsWith('~'));
    assert.deepEqual(row?.links?.[0]?.earlier, { uri, position: positionOf(text, 'dense') });
    assert.equal(row?.links?.[0]?.site, undefined);
    const now = await client.siteRange(row?.links?.[1]?.site ?? '');
    assert.deepEqual(now.name?.start, positionOf(source(3), 'dense'));
    // What is known of the document is as before.
    assert.deepEqual(await client.labels(uri), ['1 layer · 9 params', '→ 3 · 9']);
  });

  it('asks for the files that belonged to it', async () => {
    const units = await open('units.ts', 'export const UNITS = 3;\n');
    const uri = await open('main.ts', MAIN);
    const ref = await refIn(uri, MAIN);
    const state = { label: '1a2b3c4', about: 'before', files: [{ uri, text: MAIN }] };
    const first = await compare(ref, { earlier: state });
    assert.ok(first.alsoRead?.includes(units), JSON.stringify(first.alsoRead));
    assert.match(textOf(first), /Layers: 1 the same/);
    const second = await compare(ref, {
      earlier: { ...state, files: [...state.files, { uri: units, text: 'export const UNITS = 8;\n' }] },
    });
    assert.ok(!second.alsoRead?.includes(units));
    assert.match(textOf(second), /units 8 → 3/);
    // Read as it is again.
    assert.match(textOf(await compare(ref, { earlier: state })), /Layers: 1 the same/);
  });

  it('says why an earlier state cannot be compared', async () => {
    const uri = await open('why.ts', source(3));
    const ref = await refIn(uri, source(3));
    const at = async (text: string): Promise<string> =>
      textOf(await compare(ref, { earlier: { label: '1a2b3c4', about: '', files: [{ uri, text }] } }));
    assert.equal(await at('export const a = 1;\n'), 'At 1a2b3c4 the file does not mention TensorFlow.js, or cannot be read.');
    assert.equal(await at(HEAD), 'At 1a2b3c4 the file has no model create.');
    assert.equal(
      await at(`${HEAD}export function create( {{{\n`),
      'At 1a2b3c4 the file cannot be parsed, and no model create was found in it.',
    );
    assert.match(await at(source(4, 'createOldName')), /units 4 → 3/, 'the only model then and now');
    assert.equal(textOf(await compare({ ...ref, uri: `${uri}x` }, { net: 'vgg16' })), 'The file of create is not open.');
  });

  it('finds the models of the workspace, open or not, a few files at a time', async () => {
    const asking = await open('search/asking.ts', source(3, 'createAsking'));
    await write('search/closed.ts', `${source(4, 'createClosed')}${source(5, 'createSecond').slice(HEAD.length)}`);
    await write('search/plain.ts', 'export const nothing = 1;\n');
    await write('search/node_modules/x/index.ts', source(9, 'createForeign'));
    for (let k = 0; k < 30; k++) await write(`search/many/m${k}.ts`, source(k + 1, `createMany${k}`));
    const first = await find(asking);
    assert.deepEqual(
      first.models.map(({ title, path, line }) => [title, path, line]),
      [['createAsking', 'search/asking.ts', 2]],
    );
    assert.notEqual(first.next, undefined);
    const all = await findAll(asking);
    const titles = all.map(({ title }) => title);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'each once');
    assert.ok(titles.includes('createClosed') && titles.includes('createSecond') && titles.includes('createMany29'));
    assert.ok(!titles.includes('createForeign'));
    const closed = all.find(({ title }) => title === 'createSecond')!;
    assert.deepEqual([closed.path, closed.line, closed.totalParams], ['search/closed.ts', 7, 15]);
    // As a client does it: the file is opened, and the model is still the one that was found.
    await client.open(join(folder, 'search/closed.ts'), `${source(4, 'createClosed')}${source(5, 'createSecond').slice(HEAD.length)}`);
    const ref = await refIn(asking, source(3, 'createAsking'));
    assert.match(textOf(await compare(ref, { model: closed })), /^Params +9 +15 /m);
  });

  it('goes on with the last search only, and stops where it is cancelled', async () => {
    const asking = await open('search/asking.ts', source(3, 'createAsking'));
    const [old, fresh] = [await find(asking), await find(asking)];
    assert.deepEqual(await find(asking, old.next), { models: [] });
    assert.ok((await find(asking, fresh.next)).models.length > 0);
    assert.deepEqual(await find('file:///nowhere.ts'), { models: [] });
  });
});
