import type { Plain } from '../model/plain';
import type { Reading } from '../model/reading';
import { touches } from '../model/span';
import type { MakerCall } from '../model/training';
import { generalFilling } from './initializers';
import type { HoverAnswer } from '../model/hoverAnswer';
import { optimizerOf, stepLines } from './training/optimizers';
import { penaltyFormula } from './training/penalties';
import { hoverText, labelled, shortName } from './writing';

/** The hover of a call that makes an initializer, a regularizer or an optimizer, and of what it is assigned to. */
export function makerHover(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  for (const call of reading.makers ?? []) {
    const span = [call.name, call.variable].find((one) => one && touches(one, offset));
    const lines = span && linesOf(call);
    if (!span || !lines || lines.length === 0) continue;
    const variable = call.variable ? ` ${shortName(text.slice(call.variable.start, call.variable.end))}` : '';
    return { span, markdown: hoverText([`${shortName(call.path.split('.').at(-1) ?? '')}${variable}`, ...lines]), about: [] };
  }
  return undefined;
}

function linesOf({ path, args }: MakerCall): readonly string[] {
  const [room, name = ''] = path.split('.');
  if (room === 'train') {
    const optimizer = optimizerOf(name, args);
    return optimizer ? stepLines(optimizer) : [];
  }
  if (room === 'regularizers') {
    const formula = penaltyFormula({ $tf: path, args: args as readonly Plain[] });
    return formula === undefined
      ? []
      : [labelled('penalty', formula === '' ? 'none: its rate is 0' : `${formula}   added to the loss while training`)];
  }
  const filling = room === 'initializers' ? generalFilling(name) : undefined;
  return filling === undefined ? [] : [labelled('begins', filling)];
}
