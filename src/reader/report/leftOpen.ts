import type { LeftOpen } from '../../model/reading';
import type { Machine } from '../machine';
import type { Literal } from '../state/assumptions';
import { isStatable } from '../statements/fileStatements';
import { dependenciesOfModel } from '../tf/apply';
import type { ModelValue } from '../tf/entities';
import { LayerValue } from '../tf/entities';
import { OptionRecord, type Option } from '../tf/options';
import { isOpenSize } from '../tf/tensors/openSizes';
import { Num } from '../values/num';
import { Unknown } from '../values/values';
import { applicationsOf } from './graph';

/** More than anybody wants to be asked for. */
const MOST = 12;

/** What a model's source leaves open and a person could state by its name, in the order in which the source comes to it. */
export function leftOpenBy(m: Machine, model: ModelValue, literals: readonly Literal[]): readonly LeftOpen[] {
  const found = new Map<string, LeftOpen>();
  const add = ({ name, reason }: Unknown, isSize: boolean): void => {
    if (isStatable(name) && !found.has(name)) found.set(name, { name, reason, isSize });
  };
  for (const key of m.inOrder(dependenciesOfModel(model))) {
    const unknown = isOpenSize(key) ? undefined : m.names.get(key);
    if (unknown) add(unknown, true);
  }
  // A loop that was tried with one, two and three rounds.
  for (const { tried, subject } of literals) {
    const unknown = tried && subject !== undefined ? m.names.get(subject) : undefined;
    if (unknown) add(unknown, true);
  }
  // An option that changes no size, a dropout's rate for one, must be known all the same before a layer runs.
  for (const layer of layersOf(model)) eachUnknown(m, layer.options, (unknown) => add(unknown, false));
  return [...found.values()].slice(0, MOST);
}

function* layersOf(model: ModelValue): Generator<LayerValue> {
  for (const layer of new Set(applicationsOf(model).map((application) => application.layer))) {
    if (layer instanceof LayerValue) yield layer;
    else yield* layersOf(layer);
  }
}

function eachUnknown(m: Machine, option: Option, add: (unknown: Unknown) => void): void {
  if (typeof option !== 'object' || option === null) return;
  if (option instanceof Unknown) add(option);
  else if (option instanceof Num) {
    for (const key of option.dependsOn) {
      const unknown = isOpenSize(key) ? undefined : m.names.get(key);
      if (unknown) add(unknown);
    }
  } else if (option instanceof LayerValue) eachUnknown(m, option.options, add);
  else if (option instanceof OptionRecord) for (const value of option.entries.values()) eachUnknown(m, value, add);
  else if (Array.isArray(option)) for (const item of option as readonly Option[]) eachUnknown(m, item, add);
}
