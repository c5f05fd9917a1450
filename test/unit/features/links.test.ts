import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { placeLink } from '../../../src/features/links';

describe('links to places', () => {
  it('lead to the line of a file', () => {
    assert.equal(placeLink({ path: '/p/net.ts' }, 31), '[31](<file:///p/net.ts#L31>)');
    assert.equal(placeLink({ path: '/p/net.ts' }, undefined), '[net\\.ts](<file:///p/net.ts>)');
    assert.equal(placeLink({ path: 'C:/p/net.ts' }, 2), '[2](<file:///C:/p/net.ts#L2>)');
  });

  it('are none for documents that are no files', () => {
    assert.equal(placeLink({ path: '/~/untitled/Untitled-1.ts' }, 3), '3');
  });

  it('hold whatever a path may be called', () => {
    for (const name of ['a b', 'a>b', 'a)b', 'a<b>(c)', 'é#1', 'a\nb', '[x](y)', 'a%20b', 'a?b']) {
      const link = placeLink({ path: `/p/${name}.ts` }, 1);
      const [, target = ''] = /^\[1\]\(<([^<>\s]*)#L1>\)$/.exec(link) ?? [];
      assert.equal(decodeURIComponent(new URL(target).pathname), decodeURIComponent(pathToFileURL(`/p/${name}.ts`).pathname), link);
    }
  });
});
