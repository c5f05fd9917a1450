import * as tf from '@tensorflow/tfjs';
import type { OpenedWeights, Shard } from '../../../src/protocol/panelRequests';
import type { ReadPart } from '../../../webview/engine/weights/file/bytes';

type Quantization = NonNullable<tf.io.WeightsManifestEntry['quantization']>;

/** A model as TensorFlow.js saves it. */
export const saved = async (model: tf.LayersModel): Promise<tf.io.ModelArtifacts> => {
  let found: tf.io.ModelArtifacts = {};
  await model.save({
    save: (artifacts) => {
      found = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    },
  });
  return found;
};

/** A `model.json` with its shards, as it lies on a disk. */
export interface Files {
  readonly json: object;
  readonly shards: readonly { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** Writes what was saved as one group, cut into shards of `shardBytes` each wherever that falls. */
export const filesOf = ({ modelTopology, weightSpecs = [], weightData }: tf.io.ModelArtifacts, shardBytes = 2 ** 22): Files => {
  const data = new Uint8Array(tf.io.concatenateArrayBuffers([weightData ?? []].flat()));
  const shards = Array.from({ length: Math.ceil(data.length / shardBytes) }, (_, k) => ({
    path: `group1-shard${k + 1}.bin`,
    bytes: data.slice(k * shardBytes, (k + 1) * shardBytes),
  }));
  return {
    json: { format: 'layers-model', modelTopology, weightsManifest: [{ paths: shards.map(({ path }) => path), weights: weightSpecs }] },
    shards,
  };
};

/** The same artifacts with their weights made smaller, as the converter documents it: value = q * scale + min over each weight's own range. */
export const quantized = (artifacts: tf.io.ModelArtifacts, dtype: Quantization['dtype']): tf.io.ModelArtifacts => {
  const data = tf.io.concatenateArrayBuffers([artifacts.weightData ?? []].flat());
  let at = 0;
  const parts: Uint8Array[] = [];
  const weightSpecs = (artifacts.weightSpecs ?? []).map((spec) => {
    const size = tf.util.sizeFromShape(spec.shape);
    const values = new Float32Array(data, at, size);
    at += 4 * size;
    const { small, quantization } = quantize(values, dtype);
    parts.push(new Uint8Array(small.buffer));
    return { ...spec, quantization };
  });
  return { ...artifacts, weightSpecs, weightData: new Uint8Array(Buffer.concat(parts)).buffer };
};

const quantize = (values: Float32Array, dtype: Quantization['dtype']): { small: Uint8Array | Uint16Array; quantization: Quantization } => {
  if (dtype === 'float16') return { small: Uint16Array.from(values, half), quantization: { dtype } };
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const scale = (max - min) / (dtype === 'uint8' ? 255 : 65535) || 1;
  const small = new (dtype === 'uint8' ? Uint8Array : Uint16Array)(Array.from(values, (value) => Math.round((value - min) / scale)));
  return { small, quantization: { dtype, scale, min } };
};

/** The bits of a float as a half, cut off rather than rounded; small ones become zero. */
const half = (value: number): number => {
  const bits = new Uint32Array(new Float32Array([value]).buffer)[0] ?? 0;
  const exponent = ((bits >> 23) & 0xff) - 127 + 15;
  return ((bits >> 16) & 0x8000) | (exponent <= 0 ? 0 : (Math.min(exponent, 30) << 10) | ((bits >> 13) & 0x3ff));
};

/** What the host would give for these files, and how it would read them. `parts` hears of every part that is asked for. */
export const opened = (
  { json, shards }: Files,
  parts: (shard: number, from: number, bytes: number) => void = () => undefined,
): { readonly opened: OpenedWeights; readonly read: ReadPart } => {
  const listed: Shard[] = shards.map(({ path, bytes }) => ({ path, bytes: bytes.length }));
  return {
    opened: { file: 1, name: 'model.json', text: JSON.stringify(json), shards: listed },
    read: (shard, from, bytes) => {
      parts(shard, from, bytes);
      return Promise.resolve((shards[shard]?.bytes ?? new Uint8Array()).slice(from, from + bytes).buffer);
    },
  };
};

/** What TensorFlow.js itself loads from the same files. */
export const loadedByTensorFlow = ({ json, shards }: Files): Promise<tf.LayersModel> => {
  const { modelTopology, weightsManifest } = json as { modelTopology: object; weightsManifest: tf.io.WeightsManifestConfig };
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: tf.io.concatenateArrayBuffers(shards.map(({ bytes }) => bytes.buffer)),
    }),
  );
};
