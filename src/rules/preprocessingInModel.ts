import type { ModelGraph } from '../model/graph';
import type { Reading, Site } from '../model/reading';
import type { Finding, Rule } from './rule';

/** Preprocessing layers that work on tensors and fail inside a model. */
export const preprocessingInModel: Rule = {
  code: 'preprocessing-in-model',
  title: 'a preprocessing layer that fails inside a model',
  severity: 'error',
  check: (reading) => reading.sites.flatMap((site) => findingsOf(reading, site)),
};

function findingsOf({ models }: Reading, site: Site): readonly Finding[] {
  const message = Object.hasOwn(MESSAGES, site.className) ? MESSAGES[site.className] : undefined;
  if (message === undefined) return [];
  const uses = models.filter(({ when }) => when === undefined).flatMap(({ graph }) => usesIn(graph, site.id));
  // An encoding of another layer's output spoils that one's shape, which nothing asks for any more.
  const isWrong = uses.length > 0 && (site.className === 'Resizing' || uses.every(({ isFirst }) => isFirst));
  return isWrong ? [{ span: site.name, message }] : [];
}

const MESSAGES: Readonly<Record<string, string>> = {
  Resizing:
    'TensorFlow.js throws when the model runs (x must be rank 3 or 4, but got rank 1), and declares a shape without a batch: inside a model a resizing layer takes its list of inputs for a tensor. Resize before the model, as with tf.image.resizeBilinear.',
  CategoryEncoding:
    "TensorFlow.js throws when the model runs: a categoryEncoding layer overwrites the shape of the model's input, which then refuses its own data. Encode before the model, as with tf.oneHot.",
};

/** Where the layers of a site are applied in a model, and whether to its own inputs. */
const usesIn = (graph: ModelGraph, id: string): readonly { readonly isFirst: boolean }[] =>
  graph.nodes.flatMap(({ layer, inputs }) => {
    const isInput = ({ node }: { readonly node: number }): boolean => graph.inputs.some((input) => input.node === node);
    return graph.layers[layer]?.site?.id === id ? [{ isFirst: inputs.every(isInput) }] : [];
  });
