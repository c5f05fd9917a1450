import assert from 'node:assert/strict';
import { readSource, showCase } from '../../support/readSource';

const answers = (files: { readonly [path: string]: string }, path: string): readonly string[] =>
  readSource(files, undefined, path).sites.map((site) => site.cases.map(showCase).join(' | '));

describe('scripts of a page', () => {
  const model =
    'class Net {\n  constructor(units) { this.units = units; }\n  build() { return tf.layers.dense({ inputShape: [4], units: this.units }); }\n}';

  it('see each other, whichever of them is open', () => {
    const files = {
      '/page.html': '<script src="tf.js"></script>\n<script src="/js/sizes.js"></script>\n<script src="js/main.js"></script>',
      '/js/sizes.js': 'var units = 7;\nfunction features() { return 3; }',
      '/js/main.js': 'const model = tf.sequential();\nmodel.add(tf.layers.dense({ inputShape: [features()], units }));',
    };
    assert.deepEqual(answers(files, '/js/main.js'), ['[null, 7] 28']);
  });

  it('give the arguments of what other scripts declare, each page its own', () => {
    const files = {
      '/a.html': '<script src="js/model.js"></script><script src="js/a/index.js"></script>',
      '/b.html': '<script src="js/model.js"></script><script>\nwindow.net = new Net(5);\ntf.sequential().add(net.build());\n</script>',
      '/js/model.js': model,
      '/js/a/index.js': '\n\ntf.sequential().add(new Net(9).build());',
    };
    assert.deepEqual(answers(files, '/js/model.js'), ['[null, 9] 45 from a/index.js:3 | [null, 5] 25 from b.html:3']);
  });

  it('run their handlers, which nothing in the page calls', () => {
    const files = {
      '/page.html': '<script src="model.js"></script><script src="ui.js"></script>',
      '/model.js': model,
      '/ui.js': "document.getElementById('go').onclick = function () {\n  tf.sequential().add(new Net(6).build());\n};",
    };
    assert.deepEqual(answers(files, '/model.js'), ['[null, 6] 30 from ui.js:2']);
  });

  it('share nothing where they are modules', () => {
    const files = {
      '/page.html': '<script type="module" src="sizes.js"></script><script src="main.js"></script>',
      '/sizes.js': 'var units = 7;',
      '/main.js': 'tf.sequential().add(tf.layers.dense({ inputShape: [4], units }));',
    };
    assert.deepEqual(answers(files, '/main.js'), ['[null, units] 5*units']);
  });
});
