import assert from 'node:assert/strict';
import { Answers, type Question } from '../../../src/extension/answers';
import type { Given, LeftOpen } from '../../../src/model/reading';
import type { ModelAtResult, RunnableModel } from '../../../src/protocol/lsp';

const graph = { name: 'm', kind: 'sequential', layers: [], nodes: [], inputs: [], outputs: [] } as const;
const open = (name: string, isSize = true): LeftOpen => ({ name, reason: 'parameter of create', isSize });
const plain = { uri: 'file:///a.ts', version: 1, id: '/a.ts#4', title: 'create', line: 0, totalParams: '?', graph, given: [] } as const;

/** A server that reads models with answers; `b` only comes up where `a` is known. */
const server = {
  modelAgain: (uri: string, id: string, title: string, given: readonly Given[]): Promise<ModelAtResult> => {
    const names = given.some(({ name }) => name === 'a') ? [open('a'), open('b')] : [open('a')];
    const used = given.filter(({ name }) => names.some((one) => one.name === name));
    return Promise.resolve({ found: { ...plain, uri, id, title, leftOpen: names, given: used } });
  },
};

class Memory {
  readonly all = new Map<string, unknown>();
  get = <T>(key: string): T | undefined => this.all.get(key) as T | undefined;
  update = (key: string, value: unknown): Promise<void> => Promise.resolve(void this.all.set(key, JSON.parse(JSON.stringify(value))));
}

const asked = (memory: Memory, ...answers: readonly (string | undefined)[]): { answers: Answers; questions: Question[] } => {
  const questions: Question[] = [];
  const left = [...answers];
  const prompt = (question: Question): Promise<string | undefined> => {
    questions.push(question);
    return Promise.resolve(left.shift());
  };
  return { answers: new Answers(memory, server, prompt), questions };
};

const model: RunnableModel = { ...plain, leftOpen: [open('a')] };

describe('answers for what a source leaves open', () => {
  it('are asked for by name, with the reason and a value to begin with, and what they bring up as well', async () => {
    const { answers, questions } = asked(new Memory(), '7', '[3, 3]');
    const found = await answers.complete(model);
    assert.deepEqual(found.given, [
      { name: 'a', value: 7 },
      { name: 'b', value: [3, 3] },
    ]);
    assert.deepEqual(
      questions.map(({ title, value }) => [title, value]),
      [
        ['create: a', '10'],
        ['create: b', '10'],
      ],
    );
    assert.match(questions[0]?.prompt ?? '', /parameter of create/);
    assert.equal(questions[0]?.refuse('0') === undefined, false);
    assert.equal(questions[0]?.refuse('5'), undefined);
  });

  it('are remembered for file and model, and not asked for again', async () => {
    const memory = new Memory();
    await asked(memory, '7', '8').answers.complete(model);
    const { answers, questions } = asked(memory);
    assert.equal((await answers.complete(model)).given.length, 2);
    assert.equal((await answers.again(plain.uri, 'another#1', plain.title)).found?.given.length, 2);
    assert.equal(questions.length, 0);
    await answers.complete({ ...model, title: 'other' });
    assert.equal(questions.length, 1);
  });

  it('can be given anew, beginning with the last one', async () => {
    const memory = new Memory();
    await asked(memory, '7', '8').answers.complete(model);
    const { answers, questions } = asked(memory, '9', undefined);
    const again = await answers.ask(model, 'a');
    assert.equal(questions[0]?.value, '7');
    assert.deepEqual(again?.given.find(({ name }) => name === 'a')?.value, 9);
    assert.equal(await answers.ask(model, 'a'), undefined);
    assert.equal(await answers.ask(model, 'no such name'), undefined);
  });

  it('may be left out: the model is as far as it is known', async () => {
    const { answers, questions } = asked(new Memory(), undefined);
    assert.deepEqual((await answers.complete(model)).given, []);
    assert.equal(questions.length, 1);
  });

  it('that were remembered wrongly are as if they were not', async () => {
    const memory = new Memory();
    memory.all.set('layerscope.given', { 'file:///a.ts#create': [{ name: 'a' }, 4] });
    const { answers, questions } = asked(memory, undefined);
    await answers.complete(model);
    assert.equal(questions.length, 1);
  });
});
