import type { Reading } from '../../model/reading';
import { touches } from '../../model/span';
import type { TrainingCall } from '../../model/training';
import { Lines } from '../lines';
import type { HoverAnswer } from '../../model/hoverAnswer';
import { hoverText } from '../writing';
import { compileSays, type Place, type Said } from './compileHover';
import { fitSays } from './fitHover';

const MAX_CASES = 2;

/** The hover of `compile`, `fit` and `fitDataset`, and of their options: of an option of `compile`, only what it is about. */
export function trainingHover(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  for (const call of reading.trainings) {
    const option = call.options.find(({ span }) => touches(span, offset));
    const span = touches(call.name, offset) ? call.name : option?.span;
    if (!span || (call.method === 'compile' && option && !OF_COMPILE.has(option.key))) continue;
    return { span, markdown: markdownOf(call, touches(call.name, offset) ? undefined : option?.key, reading, new Lines(text)), about: [] };
  }
  return undefined;
}

const OF_COMPILE = new Set(['loss', 'optimizer', 'metrics']);

function markdownOf(call: TrainingCall, option: string | undefined, reading: Reading, lines: Lines): string {
  const place: Place = ({ path, start, line }) =>
    path === reading.path ? `line ${lines.lineOf(start)}` : `${path.split('/').at(-1) ?? ''}:${line}`;
  const shown = call.cases.slice(0, MAX_CASES);
  const said: readonly Said[] = shown.map((made) => (call.method === 'compile' ? compileSays(made, option, place) : fitSays(call, made)));
  const more = call.cases.length - shown.length;
  return hoverText(
    [...said.flatMap((one, i) => [...(i > 0 ? [''] : []), ...one.lines]), ...(more > 0 ? [`… and ${more} more cases`] : [])],
    [...new Set(said.flatMap(({ prose }) => prose))],
  );
}
