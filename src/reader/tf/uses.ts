import type { ts } from 'ts-morph';
import { isIdentifier, isPropertyAccessExpression } from '../syntax/kinds';
import type { Machine, Use } from '../machine';
import type { Value } from '../values/values';
import { LayerValue, ModelValue, TensorValue } from './entities';

/** Remembers that a token of the source stands for a layer or a model, so that a hover on it can answer. */
export function noteUse(m: Machine, token: ts.Node, value: LayerValue | TensorValue | ModelValue): void {
  if (value instanceof ModelValue) {
    noteModel(m, token, value);
    return;
  }
  const layer = value instanceof TensorValue ? value.application.layer : value;
  if (!(layer instanceof LayerValue)) return;
  const uses = m.uses.get(token) ?? new Map<number, Use>();
  m.uses.set(token, uses);
  const { start } = layer.origin.name;
  if (!uses.has(start)) uses.set(start, { path: m.file.fileName, start: token.getStart(m.file), end: token.end, layer });
}

/** A token may stand for several models: that of a helper that is called for each. */
function noteModel(m: Machine, token: ts.Node, model: ModelValue): void {
  const start = token.getStart(m.file);
  const key = `${m.file.fileName}:${start}`;
  const known = m.modelUses.get(key);
  if (known) known.models.add(model);
  else m.modelUses.set(key, { path: m.file.fileName, start, end: token.end, models: new Set([model]) });
}

/** What a model is assigned to. */
export function noteModelHeld(m: Machine, target: ts.Expression, value: Value): void {
  if (value instanceof ModelValue) noteModel(m, isPropertyAccessExpression(target) ? target.name : target, value);
}

/** `createNet` in `createNet(10)`: who points at a call that gives a model asks for the model. */
export function noteModelMade(m: Machine, callee: ts.Expression, value: Value): void {
  if (!(value instanceof ModelValue)) return;
  const token = isPropertyAccessExpression(callee) ? callee.name : callee;
  if (isIdentifier(token)) noteModel(m, token, value);
}

/** `.apply` itself answers for the layer it applies. */
export function noteApplication(m: Machine, callee: ts.Expression, target: Value, key: string | undefined): void {
  if (key === 'apply' && target instanceof LayerValue && isPropertyAccessExpression(callee)) noteUse(m, callee.name, target);
}
