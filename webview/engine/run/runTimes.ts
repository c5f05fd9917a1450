import type { StepOutcome } from './execute';

/** What a run took, and where it stopped. */
export class RunTimes {
  /** The first layer that did not run, and why. */
  stop: string | undefined;
  private milliseconds = 0;
  private waited = 0;
  private computed = 0;

  add({ step, milliseconds, waited, outputs, stop }: StepOutcome): void {
    this.milliseconds += milliseconds;
    this.waited += waited;
    if (outputs.length > 0) this.computed++;
    if (stop !== undefined) this.stop ??= `${step.layer.name}: ${stop}`;
  }

  /** @param makingPrograms true for a GPU's first run, which makes its programs in the calls; waiting for the device is what it will always take */
  total(makingPrograms: boolean): { readonly milliseconds: number; readonly steady: number; readonly computed: number } {
    const { milliseconds, waited, computed } = this;
    return { milliseconds, steady: makingPrograms ? waited : milliseconds, computed };
  }
}
