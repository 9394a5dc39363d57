// Judges each thing that a body gives by the shape of its step (Dagster 1.13, execute_step.py and
// compute_generator.py): which output, check or event it is, whether it may come now, and what is missing in the end.

import { BodyRuleError } from './body-rule-error.ts';
import type { Made, MadeCheck, MadeOutput } from './made.ts';
import { coerceMetadata, type RawMetadata } from './metadata.ts';
import { blockedError, describeKind, isEvent, isPlainObject, mergeMetadata } from './result-kinds.ts';
import {
  AssetCheckResult,
  AssetMaterialization,
  AssetObservation,
  DataVersion,
  DynamicOutput,
  MaterializeResult,
  ObserveResult,
  Output,
} from './results.ts';
import type { StepShape } from './step-shape.ts';

export interface SorterCall {
  readonly shape: StepShape;
  readonly label: string;
  addedMetadata(assetKey: string): RawMetadata | undefined;
  onMade(made: Made): void | Promise<void>;
}

export interface ResultSorter {
  takeYielded(event: unknown): Promise<void>;
  takeReturned(returned: unknown): Promise<void>;
  /** After all has been taken: what is made without a word, what is missing, and which checks forbid to go on. */
  end(): Promise<void>;
}

export function createResultSorter({ shape, label, addedMetadata, onMade }: SorterCall): ResultSorter {
  const { outputs, checks = [] } = shape;
  const seenOutputs = new Set<number>();
  const mappingKeys = new Set<string>();
  const seenChecks = new Set<number>();
  const blocked: number[] = [];

  const refuse = (message: string): never => {
    throw new BodyRuleError(message);
  };
  const names = (list: readonly string[]): string => list.map((name) => `“${name}”`).join(', ');

  // ------------------------------------------------------------------------------------------- yielded

  async function takeYielded(event: unknown): Promise<void> {
    if (event instanceof AssetCheckResult) return takeCheck(event, undefined);
    if (event instanceof AssetMaterialization || event instanceof AssetObservation) return takeEvent(event);
    if (event instanceof DynamicOutput) return takeDynamic(event);
    if (event instanceof Output) return takeOutput(indexOf(event.outputName), event);
    if (event instanceof ObserveResult || (event instanceof MaterializeResult && shape.form !== 'observe'))
      return takeResult(event);
    refuse(`A generator body yields ${expected()}; “${label}” yielded ${describeKind(event)}.`);
  }

  function expected(): string {
    if (shape.form === 'check') return 'AssetCheckResult';
    if (shape.form === 'observe') return 'ObserveResult';
    return shape.form === 'op' ? 'Output or DynamicOutput' : 'Output or MaterializeResult';
  }

  // ------------------------------------------------------------------------------------------ returned

  async function takeReturned(returned: unknown): Promise<void> {
    if (returned instanceof AssetMaterialization || returned instanceof AssetObservation)
      refuse(
        `“${label}” returned an ${returned.constructor.name}: yield it, so that it is not taken for the value.`,
      );
    const events = eventsIn(returned);
    requireChecks(events);
    if (events) {
      for (const event of events) await takeYielded(event);
      return;
    }
    switch (shape.form) {
      case 'check':
        if (returned !== undefined && returned !== null)
          refuse(`A check returns an AssetCheckResult; “${label}” returned ${describeKind(returned)}.`);
        return;
      case 'observe':
        if (returned instanceof DataVersion && outputs.length === 1)
          return takeResult(new ObserveResult({ dataVersion: returned }), 0);
        return refuse(
          `An observation returns a DataVersion or an ObserveResult; “${label}” returned ${describeKind(returned)}.`,
        );
      default:
        return outputs.length === 1 ? takeOnly(returned) : takeNamed(returned);
    }
  }

  /** What was returned as a list of events: one of them, or an array of nothing else. */
  function eventsIn(returned: unknown): readonly unknown[] | undefined {
    if (isEvent(returned)) return [returned];
    if (Array.isArray(returned) && returned.length > 0 && returned.every(isEvent)) return returned;
    return undefined;
  }

  // A body that returns has no later moment to give what is missing: nothing of it is made then.
  function requireChecks(events: readonly unknown[] | undefined): void {
    if (checks.length === 0 || shape.form === 'check') return;
    const given = (events ?? []).flatMap((event) =>
      event instanceof AssetCheckResult
        ? [event]
        : event instanceof MaterializeResult || event instanceof ObserveResult
          ? event.checkResults
          : [],
    ).length;
    if (given < checks.length)
      refuse(
        `“${label}” declares ${checks.length === 1 ? 'the check' : 'the checks'} ${names(checks.map((check) => check.name))} and returned ${given === 0 ? 'no result' : `${given} of ${checks.length} results`} of ${checks.length === 1 ? 'it' : 'them'}.`,
      );
  }

  async function takeOnly(returned: unknown): Promise<void> {
    const only = outputs[0]!;
    if (only.isDynamic) {
      if (Array.isArray(returned) && returned.length === 0) return;
      refuse(
        `“${label}” gives the dynamic output “${only.name}”: return an array of DynamicOutputs, or yield them.`,
      );
    }
    if (only.isImplicit && (returned === undefined || returned === null)) {
      if (only.isOptional && shape.unselected?.length)
        refuse(
          `“${label}” can be split and returned ${describeKind(returned)}: yield a MaterializeResult for each selected asset.`,
        );
      return;
    }
    if (shape.form === 'multi' && isNamedBy(returned, [only.name, ...(shape.unselected ?? [])]))
      return takeNamed(returned);
    await takeOutput(0, new Output(returned));
  }

  const isNamedBy = (value: unknown, keys: readonly string[]): value is object =>
    isPlainObject(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((key) => keys.includes(key));

  async function takeNamed(returned: unknown): Promise<void> {
    if (
      (returned === undefined || returned === null) &&
      outputs.every(({ isImplicit, isOptional }) => isImplicit && !isOptional)
    )
      return;
    if (shape.form === 'op' && Array.isArray(returned) && returned.length === outputs.length) {
      for (const [index, value] of returned.entries()) await takeValue(index, value);
      return;
    }
    if (!isPlainObject(returned))
      return refuse(
        `“${label}” has several outputs: return an object with ${names(outputs.map(({ name }) => name))}, or yield an Output for each. It returned ${describeKind(returned)}.`,
      );
    for (const key of Object.keys(returned)) indexOf(key);
    for (const [index, { name }] of outputs.entries())
      if (Object.hasOwn(returned, name)) await takeValue(index, (returned as Record<string, unknown>)[name]);
  }

  async function takeValue(index: number, value: unknown): Promise<void> {
    const { name, isDynamic } = outputs[index]!;
    if (isDynamic && Array.isArray(value)) {
      for (const item of value) await takeYielded(item);
      return;
    }
    if (value instanceof Output) {
      if (value.outputName !== 'result' && value.outputName !== name)
        refuse(`The Output under “${name}” names “${value.outputName}”.`);
      return takeOutput(index, value);
    }
    if (value instanceof MaterializeResult) return takeResult(value, index);
    await takeOutput(index, new Output(value));
  }

  // -------------------------------------------------------------------------------------- single things

  /** The output of that name or key. Refuses what is not there or not wanted. */
  function indexOf(name: string): number {
    const index = outputs.findIndex((output) => output.name === name || output.assetKey === name);
    if (index >= 0) return index;
    if (name === 'result' && outputs.length === 1) return 0;
    if (shape.unselected?.includes(name))
      return refuse(
        `“${label}” returned an output “${name}” that is not selected. The selected outputs are ${names(outputs.map((output) => output.name))}.`,
      );
    return refuse(
      `“${label}” returned an output “${name}” that does not exist. The available outputs are ${names(outputs.map((output) => output.name))}.`,
    );
  }

  async function takeOutput(index: number, output: Output): Promise<void> {
    const { isDynamic, name } = outputs[index]!;
    if (isDynamic) refuse(`The output “${name}” of “${label}” is dynamic: yield DynamicOutputs.`);
    if (output.value instanceof AssetCheckResult) return takeCheck(output.value, undefined);
    admit(index);
    await emit({
      type: 'output',
      output: index,
      hasValue: true,
      value: output.value,
      ...detailsOf(index, output),
    });
  }

  async function takeResult(result: MaterializeResult | ObserveResult, known?: number): Promise<void> {
    const index = known ?? indexOfResult(result);
    admit(index);
    const hasValue = result instanceof MaterializeResult && result.hasValue;
    await emit({
      type: 'output',
      output: index,
      hasValue,
      value: hasValue ? (result as MaterializeResult).value : undefined,
      ...detailsOf(index, result),
    });
    for (const check of result.checkResults) await takeCheck(check, result.assetKey);
  }

  function indexOfResult(result: MaterializeResult | ObserveResult): number {
    const kind = result instanceof ObserveResult ? 'ObserveResult' : 'MaterializeResult';
    if (result.assetKey === undefined) {
      if (outputs.length === 1) return 0;
      return refuse(
        `A ${kind} of “${label}” names no asset, and there are several: ${names(outputs.map(({ assetKey, name }) => assetKey ?? name))}.`,
      );
    }
    const index = outputs.findIndex(({ assetKey }) => assetKey === result.assetKey);
    if (index >= 0) {
      if (result instanceof ObserveResult && !outputs[index]!.isObservation)
        refuse(
          `“${label}” materializes “${result.assetKey}”: return a MaterializeResult, not an ObserveResult.`,
        );
      return index;
    }
    if (shape.unselected?.includes(result.assetKey))
      return refuse(`${kind} names “${result.assetKey}”, which is not selected.`);
    const own = outputs.flatMap(({ assetKey }) => assetKey ?? []);
    return refuse(`${kind} names “${result.assetKey}”, but this body makes ${names(own)}.`);
  }

  // Outputs must come before those made from them, or the data versions of the latter would be wrong.
  function admit(index: number): void {
    const { name, assetKey, feeds = [] } = outputs[index]!;
    if (seenOutputs.has(index)) refuse(`“${assetKey ?? name}” was returned or yielded twice by “${label}”.`);
    for (const fed of feeds)
      if (seenOutputs.has(outputs.findIndex((output) => output.name === fed)))
        refuse(
          `“${outputs.find((output) => output.name === fed)!.assetKey ?? fed}” was yielded before its dependency “${assetKey ?? name}”. Yield outputs in topological order.`,
        );
    seenOutputs.add(index);
  }

  async function takeDynamic(output: DynamicOutput): Promise<void> {
    const index = indexOf(output.outputName);
    const { isDynamic, name } = outputs[index]!;
    if (!isDynamic) refuse(`“${label}” yielded a DynamicOutput, but its output “${name}” is not dynamic.`);
    if (mappingKeys.has(`${index} ${output.mappingKey}`))
      refuse(`“${label}” gave the mapping key “${output.mappingKey}” of “${name}” twice.`);
    mappingKeys.add(`${index} ${output.mappingKey}`);
    const metadata = coerceMetadata(output.metadata);
    await emit({
      type: 'output',
      output: index,
      hasValue: true,
      value: output.value,
      mappingKey: output.mappingKey,
      ...(metadata === undefined ? {} : { metadata }),
    });
  }

  async function takeCheck(result: AssetCheckResult, resultKey: string | undefined): Promise<void> {
    const check = checkOf(result, resultKey);
    if (seenChecks.has(check)) refuse(`The check “${checks[check]!.name}” has two results.`);
    seenChecks.add(check);
    const metadata = coerceMetadata(result.metadata);
    const made: MadeCheck = {
      type: 'check',
      check,
      passed: result.passed,
      severity: result.severity,
      ...(metadata === undefined ? {} : { metadata }),
      ...(result.description === undefined ? {} : { description: result.description }),
    };
    await emit(made);
    if (checks[check]!.isBlocking && !result.passed && result.severity === 'ERROR') blocked.push(check);
  }

  function checkOf(result: AssetCheckResult, resultKey: string | undefined): number {
    const keys = new Set(checks.map((check) => check.assetKey));
    const assetKey =
      result.assetKey ?? (resultKey !== undefined && keys.has(resultKey) ? resultKey : undefined);
    if (assetKey === undefined && keys.size > 1)
      return refuse(
        `An AssetCheckResult of “${label}” names no asset, and there are several: ${names([...keys])}.`,
      );
    const candidates = checks.flatMap((check, index) =>
      assetKey === undefined || check.assetKey === assetKey ? [index] : [],
    );
    if (result.checkName === undefined) {
      if (candidates.length === 1) return candidates[0]!;
      if (candidates.length > 1)
        return refuse(
          `An AssetCheckResult of “${label}” names no check, and there are several: ${names(candidates.map((index) => checks[index]!.name))}.`,
        );
    }
    const found = candidates.find((index) => checks[index]!.name === result.checkName);
    if (found !== undefined) return found;
    const known =
      checks.length === 0
        ? 'It declares no checks.'
        : `Its checks are ${names(checks.map(({ name }) => name))}.`;
    return refuse(
      `“${label}” gave a result of the check ${result.checkName === undefined ? '' : `“${result.checkName}” `}that it does not declare. ${known}`,
    );
  }

  function takeEvent(event: AssetMaterialization | AssetObservation): void | Promise<void> {
    const metadata = coerceMetadata(event.metadata);
    return onMade({
      type: 'event',
      kind: event instanceof AssetMaterialization ? 'materialization' : 'observation',
      assetKey: event.assetKey,
      ...(metadata === undefined ? {} : { metadata }),
      ...(event.tags === undefined ? {} : { tags: { ...event.tags } }),
      ...(event.description === undefined ? {} : { description: event.description }),
      ...(event.partition === undefined ? {} : { partition: event.partition }),
    });
  }

  function detailsOf(
    index: number,
    { metadata, dataVersion, tags }: Pick<Output, 'metadata' | 'dataVersion' | 'tags'>,
  ): Pick<MadeOutput, 'metadata' | 'dataVersion' | 'tags'> {
    const { assetKey } = outputs[index]!;
    const merged = mergeMetadata(
      coerceMetadata(metadata),
      assetKey === undefined ? undefined : coerceMetadata(addedMetadata(assetKey)),
    );
    return {
      ...(merged === undefined ? {} : { metadata: merged }),
      ...(dataVersion === undefined ? {} : { dataVersion: dataVersion.value }),
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    };
  }

  const emit = (made: Made): void | Promise<void> => onMade(made);

  // ---------------------------------------------------------------------------------------------- end

  async function end(): Promise<void> {
    for (const [index, output] of outputs.entries()) {
      if (seenOutputs.has(index) || output.isDynamic) continue;
      if (output.isOptional) continue;
      if (!output.isImplicit)
        refuse(
          `“${label}” did not return an output for the non-optional output “${output.assetKey ?? output.name}”.`,
        );
      await emit({
        type: 'output',
        output: index,
        hasValue: false,
        value: undefined,
        ...detailsOf(index, {}),
      });
    }
    for (const name of shape.missedAnyway ?? [])
      refuse(
        `“${label}” did not return an output for the non-optional output “${name}”, which is not selected. An output of a body that can make some of its assets is optional (isRequired: false).`,
      );
    if (shape.form !== 'check')
      for (const [index, { name }] of checks.entries())
        if (!seenChecks.has(index)) refuse(`“${label}” did not return a result of its check “${name}”.`);
    if (blocked.length > 0) throw blockedError(blocked.map((index) => checks[index]!));
  }

  return { takeYielded, takeReturned, end };
}
