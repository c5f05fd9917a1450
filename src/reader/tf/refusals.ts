import type { Machine } from '../machine';
import type { Origin } from './entities';

const MAX_MESSAGE = 600;

/** What TensorFlow.js' messages are about, for the problem's code. */
function codeOf(message: string): string {
  // An option that is of a wrong kind by itself; a layer's input has nothing to do with it.
  if (/^(?:Expected (?:element \d+ of )?\w+ to be a|The \w+ argument must be)/.test(message)) return 'layer-options';
  if (/shape|dimension|rank|ndim|broadcast|size|expected ndim/i.test(message)) return 'shape-mismatch';
  if (/name/i.test(message)) return 'layer-name';
  return 'layer-options';
}

/** What a real caller may well give: that it is missing is no mistake of the function that asks for it. */
const IS_LACK = /\bundefined\b|\brequired key\b/;

/** A refusal that is certain is a problem at its call; under an assumption it is not, for that side may never run. */
export function reportRefusal(
  m: Machine,
  origin: Pick<Origin, 'path' | 'call' | 'name'>,
  message: string,
  inputs: readonly ({ readonly origin: Pick<Origin, 'path' | 'call'>; readonly shape: string } | undefined)[],
  code = codeOf(message),
): void {
  if (m.assumptions.all.length > 0 || (m.mayLackArguments && IS_LACK.test(message))) return;
  if (
    m.problems.some(({ path, problem }) => path === origin.path && problem.span.start === origin.name.start && problem.message === message)
  )
    return;
  m.problems.push({
    path: origin.path,
    problem: {
      span: origin.name,
      severity: 'error',
      code,
      message: message.slice(0, MAX_MESSAGE),
      related: inputs.flatMap((input) =>
        input ? [{ at: { path: input.origin.path, ...input.origin.call }, message: `this is ${input.shape}` }] : [],
      ),
    },
  });
}

/** `add at line 21 fails`: what people are told of everything that comes after. */
export function failsAt(m: Machine, what: string, origin: Pick<Origin, 'path' | 'call'>): string {
  const file = m.modules.get(origin.path)?.file;
  const line = file ? file.getLineAndCharacterOfPosition(origin.call.start).line + 1 : '?';
  return `${what} at line ${line} fails`;
}
