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
  for (const layer of layersOf(model)) for (const unknown of unknownsIn(m, layer.options)) add(unknown, false);
  return [...found.values()].slice(0, MOST);
}

function* layersOf(model: ModelValue): Generator<LayerValue> {
  for (const layer of new Set(applicationsOf(model).map((application) => application.layer))) {
    if (layer instanceof LayerValue) yield layer;
    else yield* layersOf(layer);
  }
}

function* unknownsIn(m: Machine, option: Option): Generator<Unknown> {
  if (option instanceof Unknown) yield option;
  else if (option instanceof Num) for (const key of option.dependsOn) yield* named(m, key);
  else if (option instanceof LayerValue) yield* unknownsIn(m, option.options);
  else if (option instanceof OptionRecord) for (const value of option.entries.values()) yield* unknownsIn(m, value);
  else if (Array.isArray(option)) for (const item of option as readonly Option[]) yield* unknownsIn(m, item);
}

function* named(m: Machine, key: string): Generator<Unknown> {
  const unknown = isOpenSize(key) ? undefined : m.names.get(key);
  if (unknown) yield unknown;
}
