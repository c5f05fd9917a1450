import type { LayerCase } from '../model/reading';
import { showShapes } from './cases';
import { sameShapes } from './counting';
import { cut, labelled, shortName } from './writing';

const MAX_OPS = 6;

/** What the `call` of a layer class of the source really gives, beside what the class declares, and the ops that it is made of. */
export function callLine({ callShape, outputShape, ops }: LayerCase): readonly string[] {
  if (callShape === undefined && ops === undefined) return [];
  const gives =
    callShape === undefined
      ? []
      : outputShape !== undefined && sameShapes(callShape, outputShape)
        ? ['gives what the class declares']
        : [`gives ${showShapes(callShape)}, the class declares ${showShapes(outputShape)}`];
  if (ops === undefined) return [labelled('call', gives.join(''))];
  if (typeof ops === 'string') return [labelled('call', [...gives, `no list of ops: ${cut(shortName(ops), 60)}`].join(' · '))];
  const names = ops.steps.slice(0, MAX_OPS).map(({ op }) => shortName(op));
  const more = ops.steps.length - names.length;
  return [
    labelled('call', [...gives, names.join(' → ') + (more > 0 ? ` → … ${more} more` : '')].filter((part) => part !== '').join(' · ')),
  ];
}
