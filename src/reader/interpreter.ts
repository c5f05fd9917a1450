import type { Arr } from './state/heap';
import type { CallPlace } from './values/native';
import type { ClassValue, GeneratorValue, Value } from './values/values';

/** What running the source's functions needs; set once by the interpreter, so that built-ins need not import it. */
export interface Interpreter {
  call(callee: Value, self: Value, args: readonly Value[], at: CallPlace): Value;
  getMember(target: Value, key: string, at: CallPlace): Value;
  applyEntity(entity: Value, inputs: Value, at: CallPlace): Value;
  construct(callee: ClassValue, args: readonly Value[], at: CallPlace): Value;
  /** All that a generator yields, in order. */
  collect(generator: GeneratorValue): Arr;
}
