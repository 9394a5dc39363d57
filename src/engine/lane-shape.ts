// A step's shape as its lane must know it.

import type { LaneInput, LaneOutput, ManagedInput, SegmentStep } from './lane-protocol.ts';
import type { CodeStep, PlanOutput } from './plan-types.ts';

export function laneShape(
  step: CodeStep,
): Pick<SegmentStep, 'assetKey' | 'label' | 'shape' | 'outputs' | 'resources'> {
  const outputs: LaneOutput[] = [];
  for (const output of step.outputs) if (output.type !== 'check') outputs.push(laneOutput(output, step));
  const checks = step.outputs.flatMap((output) =>
    output.type === 'check'
      ? [
          {
            name: output.name,
            assetKey: output.assetKey,
            ...(output.isBlocking ? { isBlocking: true as const } : {}),
          },
        ]
      : [],
  );
  const about = step.outputs.find((output) => output.type !== 'op');
  return {
    assetKey: about?.assetKey ?? step.label,
    label: step.label,
    shape: {
      form: step.form,
      ...(checks.length > 0 ? { checks } : {}),
      ...(step.unselected ? { unselected: step.unselected } : {}),
      ...(step.missedAnyway ? { missedAnyway: step.missedAnyway } : {}),
    },
    outputs,
    ...(step.resources.length > 0 ? { resources: step.resources } : {}),
  };
}

function laneOutput(output: Exclude<PlanOutput, { type: 'check' }>, step: CodeStep): LaneOutput {
  const { name, value } = output;
  if (output.type === 'op')
    return {
      name,
      value,
      ...(output.isRequired ? {} : { isOptional: true }),
      ...(output.isDynamic ? { isDynamic: true } : {}),
    };
  const feeds = step.outputs.flatMap((other) =>
    other.type === 'asset' &&
    other !== output &&
    other.parents.some(({ assetId }) => assetId === output.assetId)
      ? [other.name]
      : [],
  );
  return {
    name,
    value,
    assetKey: output.assetKey,
    ...(output.isRequired ? {} : { isOptional: true }),
    ...(output.isObservation ? { isObservation: true } : {}),
    ...(output.isImplicit ? { isImplicit: true } : {}),
    ...(feeds.length > 0 ? { feeds } : {}),
    ...(output.ioManager === undefined ? {} : { manager: output.ioManager }),
    ...(output.ioManager === undefined || output.definition === undefined
      ? {}
      : { definition: output.definition }),
  };
}

/** The keys of all resources and IO managers that a step needs of its lane. */
export function resourcesOf({ resources = [], outputs, inputs }: SegmentStep): readonly string[] {
  const managers = [
    ...outputs.map(({ manager }) => manager),
    ...inputs.map(([, input]) => (isManaged(input) ? input.manager : undefined)),
  ];
  return [...new Set([...resources, ...managers.filter((key) => key !== undefined)])];
}

/** Is the input loaded by an IO manager? */
export const isManaged = (input: LaneInput): input is ManagedInput =>
  typeof input === 'object' && 'manager' in input;
