// How long the values of a run are needed: until the last step that may read them has ended.

import type { StepNumber, StepReport, ValueId } from './lane-protocol.ts';
import { type Plan, type PlanStep, valueOutputs } from './plan-types.ts';
import type { StepResults } from './step-results.ts';

export interface ValueLife {
  /** A step has ended, or will not run: the values that nothing waits for any more. */
  ended(step: PlanStep): readonly ValueId[];
  /** The plan has grown. */
  extend(): void;
  /** An id for a further output of a step that joins the plan. */
  nextId(): ValueId;
}

/** Ids for outputs of steps that join a plan: apart from those that planning gives. */
const firstJoinedValue = 3 * 2 ** 29;

export function createValueLife(plan: Plan, results: StepResults): ValueLife {
  /** By step, how many of its readers have not ended. */
  const readers: number[] = plan.steps.map((step) => step.downstream.length);
  const over = new Set<StepNumber>();
  let next = firstJoinedValue;

  const release = (number: StepNumber): ValueId[] => {
    const values = valueOutputs(plan.steps[number]!).map((output) => output.value);
    for (const value of values) results.forgetBytes(value);
    return values;
  };

  return {
    ended(step) {
      over.add(step.number);
      const unneeded = readers[step.number] === 0 ? release(step.number) : [];
      for (const up of step.upstream) {
        readers[up]! -= 1;
        if (readers[up] === 0 && over.has(up)) unneeded.push(...release(up));
      }
      return unneeded;
    },
    extend() {
      for (const [number, step] of plan.steps.entries())
        readers[number] = step.downstream.filter((reader) => !over.has(reader)).length;
    },
    nextId: () => next++,
  };
}

/** Outputs of a step that its report gives no value for. */
export function valuesLeftOut(step: PlanStep, report: StepReport): readonly ValueId[] {
  const outputs = valueOutputs(step);
  if (
    outputs.length === report.made.length &&
    report.made.every((item) => item.type === 'output' && item.value)
  )
    return [];
  const given = new Set(
    report.made.flatMap((item) =>
      item.type === 'output' && item.value && !item.isManaged ? [outputs[item.output]?.value] : [],
    ),
  );
  return outputs.flatMap(({ value }) => (given.has(value) ? [] : value));
}
