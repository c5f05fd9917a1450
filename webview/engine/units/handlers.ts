import type { Handlers } from '../../../src/protocol/channel';
import type { Step } from '../build/program';
import type { UnitRequests } from '../contract/units';
import type { Running } from '../running';
import { findUnits } from './find';

interface UnitContract {
  readonly requests: UnitRequests;
  readonly events: Record<string, never>;
}

export const unitHandlers = (engine: Running): Handlers<UnitContract> => ({
  units: async ({ key }, signal) => {
    const view = engine.session;
    const step = view.step(key);
    const [output] = step.outputs;
    if (output === undefined || !hasUnits(step)) return undefined;
    return view.withValues([output], signal, ([values], either) =>
      values ? findUnits(values, step.runs?.getConfig()['dataFormat'] === 'channelsFirst', either) : undefined,
    );
  },
});

/** Layers that make their values: with weights, or an activation. Others only hand on what is dead already. */
export const hasUnits = ({ runs, slots, shared }: Pick<Step, 'runs' | 'slots' | 'shared'>): boolean =>
  runs !== undefined && (slots.length > 0 || shared || /^(Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU)$/.test(runs.getClassName()));
