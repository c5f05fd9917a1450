import type { ModelRead, ModelUse } from '../../model/reading';
import type { Machine } from '../machine';
import { distinctModels, readingsOf } from './models';

/** A token that stands for more models tells of the first. */
const MAX_MODELS = 8;
/** Tokens of one file, and models of other files that it uses, that are told. */
const MAX_USES = 500;
const MAX_FOREIGN = 8;

/** The tokens of one file that stand for models, its own and those of other files. */
export function modelUsesOf(m: Machine, path: string): readonly ModelUse[] {
  const uses = [...m.modelUses.values()].filter((use) => use.path === path).sort((a, b) => a.start - b.start);
  const foreign = new Set(uses.flatMap(({ models }) => [...models].filter(({ origin }) => origin.path !== path)).slice(0, MAX_FOREIGN));
  return uses.slice(0, MAX_USES).flatMap(({ start, end, models }): readonly ModelUse[] => {
    const told = [...models].filter((model) => model.origin.path === path || foreign.has(model)).slice(0, MAX_MODELS);
    const read = distinctModels(
      told.flatMap((model) => readingsOf(m, model).map((one) => (model.origin.path === path ? one : uncalled(one)))),
    );
    return read.length === 0 ? [] : [{ span: { start, end }, models: read }];
  });
}

/** Whoever uses a model of another file is the caller, and need not be told. */
function uncalled({ caller: _caller, ...others }: ModelRead): ModelRead {
  return others;
}
