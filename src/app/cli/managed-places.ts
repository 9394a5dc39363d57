// Where in a plan the inputs stand that an IO manager loads.

import type { Plan } from '#engine/plan-types.ts';
import type { AssetGraph } from '#model/graph.ts';
import { managedInput } from '../package/managers.ts';
import type { StepBodies } from '../package/step-bodies.ts';
import type { ManagedPlace } from './module-protocol.ts';

export function managedPlaces(plan: Plan, graph: AssetGraph, bodies: StepBodies): readonly ManagedPlace[] {
  const places: ManagedPlace[] = [];
  const add = (stepKey: string, inputs: readonly { readonly name: string; readonly key: string }[]) => {
    for (const { name, key } of inputs) {
      const managed = managedInput(key, graph, bodies.record(stepKey)?.ins[name]);
      if (managed) places.push({ stepKey, input: name, managed });
    }
  };
  for (const step of plan.steps) {
    if (step.kind !== 'code') continue;
    add(step.stepKey, step.inputs);
    for (const { make, inputs } of step.mapped ?? []) add(make.stepKey, inputs);
  }
  return places;
}
