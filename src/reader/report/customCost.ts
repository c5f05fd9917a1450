import type { Machine } from '../machine';
import { LayerValue, type Application } from '../tf/entities';
import type { EagerTensor, OpCall } from '../tf/tensors/eager';
import { tensorsIn } from '../tf/tensors/inputs';
import { lineThrough } from '../tf/tensors/opList';
import { isOpenSize, openSize } from '../tf/tensors/openSizes';

/**
 * Multiply-accumulates for one example of what a layer class' `call` computes, by the kernels that TensorFlow.js runs for it: those of its ops
 * that its outputs come from. undefined for other layers, for a `call` that was not read completely, and where a size other than the batch is open.
 */
export function macsOfCall(m: Machine, { layer, call }: Application): number | undefined {
  if (!(layer instanceof LayerValue) || !layer.custom) return undefined;
  // A class without a `call` hands its inputs on.
  if (!call) return 0;
  const calls = call.outputs && callsBehind(call.outputs);
  if (!calls) return undefined;
  const batch = openSize(m, 0);
  const sums = batch.samples.map((_, k) => calls.reduce((sum, { macs = [] }) => sum + ((macs.length === 1 ? macs[0] : macs[k]) ?? NaN), 0));
  if (sums.every((sum) => sum === sums[0])) return finite(sums[0]);
  if (calls.some(({ outputs = [] }) => outputs.some(({ dependsOn }) => [...dependsOn].some((key) => !isBatch(batch.dependsOn, key)))))
    return undefined;
  const line = lineThrough(batch.samples, sums);
  return line && finite(line.$batch + line.plus);
}

const isBatch = (batch: ReadonlySet<string>, key: string): boolean => isOpenSize(key) && batch.has(key);

const finite = (count: number | undefined): number | undefined =>
  count !== undefined && Number.isFinite(count) ? Math.round(count) : undefined;

/** Every call that tensors come from, once; undefined where one of them comes from what is no call. */
function callsBehind(outputs: readonly EagerTensor[]): readonly OpCall[] | undefined {
  const calls = new Set<OpCall>();
  const open = [...outputs];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    const { source, outcomes } = tensor;
    if (source.kind === 'other' || outcomes.length === 0) return undefined;
    if (source.kind !== 'op' || calls.has(source.call)) continue;
    calls.add(source.call);
    open.push(...source.call.args.flatMap(tensorsIn));
  }
  return [...calls];
}
