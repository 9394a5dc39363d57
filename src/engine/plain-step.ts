// A lane's step that makes one asset, for tests and measurements.

import type { LaneInput, SegmentStep, StepNumber } from './lane-protocol.ts';

export const plainStep = (
  step: StepNumber,
  fields: {
    readonly key?: string;
    readonly body?: number;
    readonly inputs?: readonly (readonly [string, LaneInput])[];
  } = {},
): SegmentStep => {
  const { key = 's', body = 0, inputs = [] } = fields;
  return {
    step,
    stepKey: key,
    assetKey: key,
    label: key,
    shape: { form: 'asset' },
    outputs: [{ name: 'result', assetKey: key, value: step }],
    body,
    inputs,
    after: [],
    retryNumber: 0,
  };
};
