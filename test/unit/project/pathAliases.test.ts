import assert from 'node:assert/strict';
import { parseJsonc } from '../../../src/project/jsonc';
import { aliasTargets, readPathAliases } from '../../../src/project/pathAliases';

describe('parseJsonc', () => {
  it('drops comments and trailing commas, but not what looks like them inside strings', () => {
    assert.deepEqual(parseJsonc('{ "a": "// no, }", /* x */ "b": [1, 2,], // end\n }'), { a: '// no, }', b: [1, 2] });
  });

  it('answers undefined for what is not JSON', () => {
    assert.equal(parseJsonc('{ a: '), undefined);
  });
});

describe('path aliases', () => {
  const of = (files: Record<string, string>): ReturnType<typeof readPathAliases> =>
    readPathAliases('/p/tsconfig.json', (path) => files[path]);

  it('has none without a config', () => {
    assert.deepEqual(aliasTargets(of({}), 'a'), []);
  });

  it('takes paths relative to the config where there is no baseUrl', () => {
    const aliases = of({ '/p/tsconfig.json': '{"compilerOptions":{"paths":{"~/*":["./lib/*","./gen/*"],"exact":["./e"]}}}' });
    assert.deepEqual(aliasTargets(aliases, '~/x/$&'), ['/p/lib/x/$&', '/p/gen/x/$&']);
    assert.deepEqual(aliasTargets(aliases, 'exact'), ['/p/e']);
    assert.deepEqual(aliasTargets(aliases, 'other'), []);
  });

  it('survives a config that extends itself, and nonsense', () => {
    assert.deepEqual(of({ '/p/tsconfig.json': '{"extends":"./tsconfig.json"}' }).paths, []);
    assert.deepEqual(aliasTargets(of({ '/p/tsconfig.json': '{"compilerOptions":{"paths":{"a":7,"b":[1]}}}' }), 'b'), []);
  });
});
