import { flagOf, textOf } from '../../model/config';
import type { ModelGraph } from '../../model/graph';
import type { Reading, Site } from '../../model/reading';
import { touches, type Span } from '../../model/span';
import type { Candidate } from '../quickFixes/fix';
import { withOption } from '../quickFixes/source';

/** Layers that add a bias for each channel of the last axis. */
const BIASED = new Set(['Dense', 'Conv1D', 'Conv2D', 'Conv3D', 'SeparableConv2D', 'DepthwiseConv2D', 'Conv2DTranspose']);

/**
 * `useBias: false` where every layer of the line feeds a batch norm and nothing else: it subtracts each channel's mean, and the bias with it, so
 * the parameters of the bias do nothing (Ioffe and Szegedy, 2015, section 3.2).
 */
export function uselessBias({ reading, text }: { readonly reading: Reading; readonly text: string }, span: Span): readonly Candidate[] {
  return reading.sites
    .filter((site) => [site.name, ...site.applications].some((one) => touches(one, span.start) && touches(one, span.end)))
    .filter((site) => BIASED.has(site.className) && site.cases.length > 0 && site.cases.every(({ config }) => addsLinearBias(config)))
    .filter((site) => isAlwaysNormalised(reading, site))
    .flatMap((site): readonly Candidate[] => {
      const edit = withOption(site, text, 'useBias', 'false');
      const title = 'Set useBias: false, for the batch norm takes the bias away again';
      return edit ? [{ title, edits: [edit], shows: site.name.start, choice: 'useBias' }] : [];
    });
}

const addsLinearBias = (config: Site['cases'][number]['config']): boolean =>
  flagOf(config, 'useBias', true) === true &&
  [undefined, 'linear'].includes(textOf(config, 'activation')) &&
  textOf(config, 'dataFormat') !== 'channelsFirst';

/** True where each layer of the site that is in a model, and there is one, goes into batch norms of the last axis alone. */
function isAlwaysNormalised({ models }: Reading, site: Site): boolean {
  const uses = models.flatMap(({ graph }) => usesIn(graph, site));
  return uses.length > 0 && uses.every(Boolean);
}

function usesIn(graph: ModelGraph, site: Site): readonly boolean[] {
  const inner = graph.layers.flatMap(({ model }) => (model ? usesIn(model, site) : []));
  const own = graph.nodes.flatMap((node, at) => {
    if (graph.layers[node.layer]?.site?.id !== site.id) return [];
    const consumers = graph.nodes.filter(({ inputs }) => inputs.some((input) => input.node === at));
    const isOutput = graph.outputs.some((output) => output.node === at);
    return [!isOutput && consumers.length > 0 && consumers.every(({ layer }) => isBatchNorm(graph.layers[layer]))];
  });
  return [...inner, ...own];
}

const isBatchNorm = (layer: ModelGraph['layers'][number] | undefined): boolean =>
  layer?.className === 'BatchNormalization' && (layer.options['axis'] === undefined || layer.options['axis'] === -1);
