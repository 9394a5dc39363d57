// When a dynamic result is known: makes the steps that run once per value, and tells those that gather them.

import type {
  CodeStep,
  InputSource,
  MappedSource,
  OpOutput,
  PlanInput,
  PlanStep,
  StepValue,
} from './plan-types.ts';

/** One value of a dynamic output. */
export interface DynamicValue {
  readonly output: string;
  readonly mappingKey: string;
  readonly source: StepValue;
}

/**
 * Appends the mapped steps of `producer` to `steps` and wires them. `nextValue` gives ids for outputs after a
 * step's first. Returns the new steps.
 */
export function expandDynamic(
  steps: PlanStep[],
  producer: CodeStep,
  values: readonly DynamicValue[],
  nextValue: () => number,
): readonly CodeStep[] {
  const made: CodeStep[] = [];
  const gathered = new Map<string, StepValue[]>();
  const gather = (place: string, value: StepValue): void => {
    const list = gathered.get(place);
    if (list) list.push(value);
    else gathered.set(place, [value]);
  };
  for (const { output, mappingKey, source } of values) {
    gather(`element\u0000${output}`, source);
    const own = new Map<string, StepValue>();
    for (const template of producer.mapped ?? []) {
      if (!runsOver(template.inputs, output, own)) continue;
      const resolve = (from: MappedSource): InputSource => {
        if (from.type === 'element') return { type: 'step', ...source };
        if (from.type === 'mapped') return { type: 'step', ...own.get(`${from.op}\u0000${from.output}`)! };
        return from;
      };
      const inputs = template.inputs.map((input): PlanInput => ({ ...input, source: resolve(input.source) }));
      const reads = inputs.flatMap(({ source: from }) =>
        from.type === 'step' ? [{ step: from.step, value: from.value }] : [],
      );
      const number = steps.length;
      const upstream = [...new Set([producer.number, ...reads.map(({ step }) => step)])];
      const outputs = template.outs.map(
        (out, i): OpOutput => ({
          type: 'op',
          name: out.name,
          value: i === 0 ? number : nextValue(),
          isRequired: out.isRequired !== false,
          isDynamic: false,
        }),
      );
      const step: CodeStep = {
        ...template.make,
        number,
        stepKey: `${template.make.stepKey}[${mappingKey}]`,
        label: `${template.make.label}[${mappingKey}]`,
        inputs,
        outputs,
        upstream,
        downstream: [],
        needs: reads.map((read) => [read]),
      };
      for (const up of upstream) steps[up]!.downstream.push(number);
      steps.push(step);
      made.push(step);
      for (const { name, value } of outputs) {
        own.set(`${template.op}\u0000${name}`, { step: number, value });
        gather(`${template.op}\u0000${name}`, { step: number, value });
      }
    }
  }
  for (const { step: number, input, from } of producer.collectors ?? []) {
    const collector = steps[number] as CodeStep;
    const place = from.type === 'element' ? `element\u0000${from.output}` : `${from.op}\u0000${from.output}`;
    const items = gathered.get(place) ?? [];
    const inputs = collector.inputs.with(input, {
      ...collector.inputs[input]!,
      source: { type: 'list', items: items.map((item) => ({ type: 'step', ...item })) },
    });
    for (const { step } of items) {
      if (collector.upstream.includes(step)) continue;
      collector.upstream.push(step);
      steps[step]!.downstream.push(number);
    }
    // A fan-in is skipped only when all that it gathers is missing.
    const needs = items.length === 0 ? collector.needs : [...collector.needs, items];
    steps[number] = { ...collector, inputs, needs };
  }
  return made;
}

// A template belongs to the dynamic output that it, or an op of the same mapping that it reads, runs over.
function runsOver(
  inputs: readonly { readonly source: MappedSource }[],
  output: string,
  own: ReadonlyMap<string, StepValue>,
): boolean {
  return inputs.some(
    ({ source }) =>
      (source.type === 'element' && source.output === output) ||
      (source.type === 'mapped' && own.has(`${source.op}\u0000${source.output}`)),
  );
}
