import { ts } from 'ts-morph';
import type { Machine } from '../machine';
import type { Value } from '../values/values';
import { LayerValue, TensorValue, type ModelValue } from './entities';

/** Remembers that a token of the source stands for a layer, so that a hover on it can answer. */
export function noteUse(m: Machine, token: ts.Node, value: LayerValue | TensorValue | ModelValue): void {
  const layer = value instanceof TensorValue ? value.application.layer : value;
  if (!(layer instanceof LayerValue)) return;
  const start = token.getStart(m.file);
  m.uses.set(`${m.file.fileName}:${start}:${layer.origin.name.start}`, { path: m.file.fileName, start, end: token.end, layer });
}

/** `.apply` itself answers for the layer it applies. */
export function noteApplication(m: Machine, callee: ts.Expression, target: Value, key: string | undefined): void {
  if (key === 'apply' && target instanceof LayerValue && ts.isPropertyAccessExpression(callee)) noteUse(m, callee.name, target);
}
