import { field, isFields } from './json';

const MOST_DEPTH = 60;

/**
 * Names of a saved model's layers, in its order, those of nested models in their place; empty where the file tells none. A wrapper counts
 * as one layer. They say where in a weight's name its layer ends, and in which order layers came where the manifest has them in another:
 * TensorFlow.js writes all weights that are trained before all that are not.
 */
export const layerNames = (topology: unknown): readonly string[] => {
  const model = field(topology, 'model_config') ?? topology;
  const names: string[] = [];
  collect(model, names, 0);
  return names;
};

const collect = (model: unknown, names: string[], depth: number): void => {
  const config = field(model, 'config');
  // Early files hold a Sequential's layers as its whole config.
  const layers = Array.isArray(config) ? (config as unknown[]) : field(config, 'layers');
  if (!Array.isArray(layers) || depth > MOST_DEPTH) return;
  for (const layer of layers as readonly unknown[]) {
    const inner = field(layer, 'config');
    if (Array.isArray(inner) || Array.isArray(field(inner, 'layers'))) collect(layer, names, depth + 1);
    else {
      const name = field(inner, 'name') ?? field(layer, 'name');
      if (isFields(layer) && typeof name === 'string' && name !== '') names.push(name);
    }
  }
};
