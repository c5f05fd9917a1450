import { textOf } from '../model/config';
import type { GraphLayer, ModelGraph } from '../model/graph';
import type { ModelRead } from '../model/reading';
import type { Finding, Rule } from './rule';
import { trainingsOf } from './training';
import { optionOf } from './where';

/** Losses over probabilities, which TensorFlow.js computes on whatever it is given. */
const OF_PROBABILITIES = new Set(['categoricalCrossentropy', 'sparseCategoricalCrossentropy', 'binaryCrossentropy']);

/** A cross-entropy on a linear output: scores are taken for probabilities. */
export const lossOnScores: Rule = {
  code: 'loss-on-scores',
  title: 'a cross-entropy on a linear output',
  severity: 'warning',
  check: (reading) =>
    trainingsOf(reading, 'compile').flatMap(({ call, given, model }): readonly Finding[] => {
      const loss = textOf(given, 'loss');
      if (loss === undefined || !OF_PROBABILITIES.has(loss)) return [];
      const last = linearOutput(model);
      if (!last) return [];
      const site = reading.sites.find(({ id }) => id === last.site?.id);
      const activation = loss === 'binaryCrossentropy' ? 'sigmoid' : 'softmax';
      return [
        {
          span: call.options.find(({ key }) => key === 'loss')?.span ?? call.name,
          message: `${loss} takes probabilities, and the model's last layer gives any numbers: they are divided by their sum or cut to 0 to 1, so that scores below 0 turn the answer round or stop the gradient. Give the last layer activation: '${activation}'.`,
          ...(site && {
            related: [
              { at: { path: reading.path, ...(optionOf(site, 'activation')?.span ?? site.call) }, message: 'the last layer is linear' },
            ],
          }),
        },
      ];
    }),
};

/** The layer of the model's one output, where its activation is known to be the identity. */
function linearOutput({ graph }: ModelRead): GraphLayer | undefined {
  const [output, ...more] = graph.outputs;
  if (graph.stop !== undefined || !output || more.length > 0) return undefined;
  return linearLayer(graph, output.node);
}

function linearLayer(graph: ModelGraph, node: number): GraphLayer | undefined {
  const at = graph.nodes[node];
  const layer = at && graph.layers[at.layer];
  if (!layer || layer.model) return undefined;
  if (layer.factory !== 'dense' && layer.factory !== 'conv2d') return undefined;
  if (!Object.hasOwn(layer.options, 'activation')) return layer;
  return textOf(layer.options, 'activation') === 'linear' || layer.options['activation'] === null ? layer : undefined;
}
