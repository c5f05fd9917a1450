import assert from 'node:assert/strict';
import { statementOffers } from '../../../src/features/stateIt';
import { HEAD, readSource } from '../../support/readSource';

const SOURCE = `${HEAD}export function create(numFeatures: number, config: { units: number }) {
  const model = tf.sequential();
  model.add(
    tf.layers.dense({ units: config.units, inputShape: [numFeatures] }),
  );
  model.add(tf.layers.dense({ units: 3 }));
  return model;
}
`;

const offersAt = (text: string, word: string): ReturnType<typeof statementOffers> => {
  const at = text.indexOf(word);
  return statementOffers(readSource(text), text, { start: at, end: at });
};

describe('offers to state what is not known', () => {
  it('are one for each unknown of the formulas, a line above the call', () => {
    assert.deepEqual(
      offersAt(SOURCE, 'dense').map(({ title, text }) => [title, text]),
      [
        ['State config.units in a comment', '    // @shape config.units = 10\n'],
        ['State numFeatures in a comment', '    // @shape numFeatures = 10\n'],
      ],
    );
  });

  it('give the formulas their numbers when they are taken', () => {
    let text = SOURCE;
    for (let [offer] = offersAt(text, 'dense'); offer; [offer] = offersAt(text, 'dense'))
      text = text.slice(0, offer.offset) + offer.text + text.slice(offer.offset);
    const { sites, problems } = readSource(text);
    assert.deepEqual(
      sites.map(({ cases }) => cases[0]?.params),
      [110, 33],
    );
    assert.deepEqual(problems, []);
  });

  it('are none where nothing is open, and none elsewhere', () => {
    assert.deepEqual(offersAt(`${HEAD}tf.layers.dense({ units: 3, inputShape: [2] }).apply(tf.input({ shape: [2] }));`, 'dense'), []);
    assert.deepEqual(offersAt(SOURCE, 'return'), []);
  });

  it('keep the file its line breaks', () => {
    assert.match(offersAt(SOURCE.replaceAll('\n', '\r\n'), 'dense')[0]?.text ?? '', /\r\n$/);
  });
});
