// What a run left behind, in the shape of the vectors. The counterpart of case_outcomes.py.

import type { ExecuteInProcessResult, MetadataEntries, ResultEvent } from 'headwater';

type Json = MetadataEntries[string]['value'];

/** A version that hangs on a run's id in Dagster, or on a content hash in ours: not compared. */
export const VOLATILE = '<volatile>';

interface AssetEventOutcome {
  readonly asset: string;
  readonly isStored?: boolean;
  readonly metadata: MetadataEntries;
  readonly description: string | null;
  readonly codeVersion: string | null;
  readonly dataVersion: string | null;
  readonly isUserProvided: boolean;
  readonly inputVersions: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

interface CheckOutcome {
  readonly asset: string;
  readonly check: string;
  readonly passed: boolean;
  readonly severity: string;
  readonly blocking: boolean;
  readonly description: string | null;
  readonly metadata: MetadataEntries;
}

export interface CauseOutcome {
  readonly key: string;
  readonly category: string;
  readonly reason: string;
  readonly dependency?: string;
  readonly children?: readonly CauseOutcome[];
}
export type StaleOutcome = Readonly<
  Record<string, { readonly status: string; readonly causes: readonly CauseOutcome[] }>
>;

interface FailureOutcome {
  readonly by: 'body' | 'dagster';
  readonly message: string;
  readonly metadata?: MetadataEntries;
}

/** What one run did, or that it was refused. Vectors may leave parts out. */
export interface Outcome {
  readonly refused?: { readonly error: string; readonly message: string };
  readonly success?: boolean;
  /** succeeded, failed, skipped, abandoned or not started, by step. */
  readonly steps?: Readonly<Record<string, string>>;
  readonly events?: Readonly<Record<string, readonly string[]>>;
  /** By step, a failure per try. */
  readonly failures?: Readonly<Record<string, readonly FailureOutcome[]>>;
  /** What was said of abandoned steps. */
  readonly messages?: Readonly<Record<string, string>>;
  readonly materializations?: readonly AssetEventOutcome[];
  readonly observations?: readonly AssetEventOutcome[];
  readonly checks?: readonly CheckOutcome[];
  readonly planned?: readonly string[];
  readonly plannedChecks?: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly trace?: Readonly<Record<string, readonly unknown[]>>;
  readonly stale?: StaleOutcome;
}

const stepEvents: ReadonlySet<string> = new Set([
  'STEP_START',
  'STEP_RESTARTED',
  'LOADED_INPUT',
  'STEP_INPUT',
  'STEP_OUTPUT',
  'ASSET_MATERIALIZATION',
  'ASSET_OBSERVATION',
  'ASSET_CHECK_EVALUATION',
  'HANDLED_OUTPUT',
  'STEP_SUCCESS',
  'STEP_FAILURE',
  'STEP_UP_FOR_RETRY',
  'STEP_SKIPPED',
  'HOOK_COMPLETED',
  'HOOK_ERRORED',
  'HOOK_SKIPPED',
]);

/** @param plannedSteps the steps of the vector: those that left no event are abandoned or not started */
export function outcomeOf(
  result: ExecuteInProcessResult,
  trace: Readonly<Record<string, readonly unknown[]>>,
  plannedSteps: readonly string[],
): Outcome {
  const { allEvents } = result;
  const ofType = (type: ResultEvent['type']) => allEvents.filter((event) => event.type === type);
  const messages = Object.fromEntries(
    allEvents.flatMap(({ stepKey, message }) =>
      stepKey !== undefined && message?.includes('Not executing') ? [[stepKey, message]] : [],
    ),
  );
  const events: Record<string, string[]> = {};
  const failures: Record<string, FailureOutcome[]> = {};
  for (const event of allEvents) {
    if (event.stepKey === undefined || !stepEvents.has(event.type)) continue;
    events[event.stepKey] ??= [];
    events[event.stepKey]!.push(lineOf(event));
    if (event.type !== 'STEP_FAILURE' && event.type !== 'STEP_UP_FOR_RETRY') continue;
    failures[event.stepKey] ??= [];
    failures[event.stepKey]!.push(failureOf(event));
  }
  const fateOf = (step: string): string => {
    const lines = events[step] ?? [];
    if (lines.includes('STEP_FAILURE')) return 'failed';
    if (lines.includes('STEP_SKIPPED')) return 'skipped';
    if (lines.includes('STEP_SUCCESS')) return 'succeeded';
    return step in messages ? 'abandoned' : 'not started';
  };
  const steps = [...new Set([...plannedSteps, ...Object.keys(events), ...Object.keys(messages)])].sort();
  const materializations = allEvents.flatMap((event, at) =>
    event.type === 'ASSET_MATERIALIZATION'
      ? [{ ...assetEventOf(event), isStored: isStored(allEvents.slice(at + 1), event.stepKey) }]
      : [],
  );
  return {
    success: result.success,
    steps: Object.fromEntries(steps.map((step) => [step, fateOf(step)])),
    events: Object.fromEntries(Object.entries(events).map(([step, lines]) => [step, hooksInOrder(lines)])),
    failures,
    messages,
    materializations,
    observations: ofType('ASSET_OBSERVATION').map(assetEventOf),
    checks: ofType('ASSET_CHECK_EVALUATION').map((event) => ({
      asset: event.assetKey!,
      check: event.checkName!,
      passed: event.passed!,
      severity: event.severity!,
      blocking: event.blocking!,
      description: event.description ?? null,
      metadata: entriesOf(event.metadata),
    })),
    planned: ofType('ASSET_MATERIALIZATION_PLANNED')
      .map((event) => event.assetKey!)
      .sort(),
    plannedChecks: ofType('ASSET_CHECK_EVALUATION_PLANNED')
      .map((event) => `${event.assetKey}:${event.checkName}`)
      .sort(),
    values: Object.fromEntries(
      materializations
        .filter((event) => event.isStored)
        .map(({ asset }) => [asset, result.assetValue(asset) ?? null]),
    ),
    trace,
  };
}

/** Metadata with tables and lineages as the vectors write them. */
function entriesOf(metadata: MetadataEntries = {}): MetadataEntries {
  const columns = (schema: unknown): Json =>
    (schema as { columns: readonly { name: string; type: string }[] }).columns.map(({ name, type }) => [
      name,
      type,
    ]);
  return Object.fromEntries(
    Object.entries(metadata).map(([label, { type, value }]) => {
      if (type === 'tableSchema') return [label, { type, value: columns(value) }];
      if (type === 'table') {
        const { records, schema } = value as { records: Json; schema: Json };
        return [label, { type, value: { records, schema: columns(schema) } }];
      }
      if (type !== 'columnLineage') return [label, { type, value }];
      const { depsByColumn } = value as {
        depsByColumn: Readonly<Record<string, readonly { assetKey: string; columnName: string }[]>>;
      };
      const deps = Object.entries(depsByColumn).map(([column, list]) => [
        column,
        list.map(({ assetKey, columnName }) => ({ assetKey, column: columnName })),
      ]);
      return [label, { type, value: Object.fromEntries(deps) as Json }];
    }),
  );
}

/** An event as one line: its type, and what it is about. */
function lineOf(event: ResultEvent): string {
  if (event.type === 'ASSET_MATERIALIZATION' || event.type === 'ASSET_OBSERVATION')
    return `${event.type} ${event.assetKey}`;
  if (event.type === 'ASSET_CHECK_EVALUATION')
    return `${event.type} ${event.assetKey}:${event.checkName} ${event.passed ? 'passed' : 'failed'}`;
  return event.type;
}

/** Hooks are a set in Dagster: those of one step come in any order. */
function hooksInOrder(lines: readonly string[]): readonly string[] {
  const isHook = (line: string | undefined) => line?.startsWith('HOOK_') ?? false;
  const ordered = [...lines];
  for (let from = 0; from < ordered.length; from++) {
    let to = from;
    while (isHook(ordered[to])) to++;
    ordered.splice(from, to - from, ...ordered.slice(from, to).sort());
    from = Math.max(from, to);
  }
  return ordered;
}

/** Whether an IO manager was handed the value: its event follows the materialization's. */
const isStored = (later: readonly ResultEvent[], step: string | undefined): boolean =>
  later.find((event) => event.stepKey === step && stepEvents.has(event.type))?.type === 'HANDLED_OUTPUT';

function failureOf({ type, error }: ResultEvent): FailureOutcome {
  const byBody = error?.name === 'CaseError' || error?.name === 'RetryRequested' || error?.name === 'Failure';
  return {
    by: byBody ? 'body' : 'dagster',
    message: error?.name === 'RetryRequested' ? '' : (error?.message ?? ''),
    ...(type === 'STEP_FAILURE' && error?.name === 'Failure' && { metadata: entriesOf(error.metadata) }),
  };
}

const inputTag = 'dagster/input_data_version/';

function assetEventOf(event: ResultEvent): AssetEventOutcome {
  const tags: Record<string, string> = { ...event.tags };
  const take = (tag: string): string | null => {
    const value = tags[tag];
    delete tags[tag];
    return value ?? null;
  };
  const versions = {
    codeVersion: take('dagster/code_version'),
    dataVersion: take('dagster/data_version'),
    isUserProvided: take('dagster/data_version_is_user_provided') === 'true',
  };
  const inputVersions: Record<string, string> = {};
  for (const tag of Object.keys(tags)) {
    if (tag.startsWith(inputTag)) inputVersions[tag.slice(inputTag.length)] = take(tag)!;
    else if (tag.startsWith('dagster/input_event_pointer/')) take(tag);
  }
  return {
    asset: event.assetKey!,
    metadata: entriesOf(event.metadata),
    description: event.description ?? null,
    ...versions,
    inputVersions,
    tags,
  };
}

/**
 * Both outcomes with what cannot be compared taken out, and with an order where Dagster's is a matter of lanes.
 * @param contentVersions gathers, over the runs of a case, the versions that Dagster computes of stored values; ours are hashes of their
 * content there
 */
export function comparable(
  theirs: Outcome,
  ours: Outcome,
  contentVersions: Set<string>,
): readonly [Outcome, Outcome] {
  for (const { dataVersion, inputVersions, isStored, isUserProvided } of theirs.materializations ?? []) {
    if (isUserProvided || !/^[0-9a-f]{64}$/.test(dataVersion ?? '')) continue;
    if (isStored || Object.values(inputVersions).some((version) => contentVersions.has(version)))
      contentVersions.add(dataVersion!);
  }
  const hide = (version: string) => (contentVersions.has(version) ? VOLATILE : version);
  const events = (name: 'materializations' | 'observations') => {
    const their = byAsset(theirs[name] ?? []).map((event) => ({
      ...event,
      dataVersion: event.dataVersion === null ? null : hide(event.dataVersion),
      inputVersions: Object.fromEntries(
        Object.entries(event.inputVersions).map(([key, version]) => [key, hide(version)]),
      ),
    }));
    const our = byAsset(ours[name] ?? []);
    return [their, our.map((event, at) => withVolatile(event, their[at]))] as const;
  };
  const [theirMaterializations, ourMaterializations] = events('materializations');
  const [theirObservations, ourObservations] = events('observations');
  return [
    {
      ...theirs,
      materializations: theirMaterializations,
      observations: theirObservations,
      checks: byAsset(theirs.checks ?? []).map(withoutTarget),
      failures: failuresOf(theirs),
    },
    {
      ...ours,
      materializations: ourMaterializations,
      observations: ourObservations,
      checks: byAsset(ours.checks ?? []),
      failures: failuresOf(ours),
    },
  ];
}

/** Steps without dependencies may run in any order; the events of one asset may not. */
const byAsset = <Event extends { readonly asset: string }>(events: readonly Event[]): readonly Event[] =>
  events.toSorted((a, b) => (a.asset < b.asset ? -1 : a.asset > b.asset ? 1 : 0));

function withVolatile(event: AssetEventOutcome, their: AssetEventOutcome | undefined): AssetEventOutcome {
  if (their?.asset !== event.asset) return event;
  const hidden = <Version>(version: Version, other: unknown) => (other === VOLATILE ? VOLATILE : version);
  return {
    ...event,
    codeVersion: hidden(event.codeVersion, their.codeVersion),
    dataVersion: hidden(event.dataVersion, their.dataVersion),
    inputVersions: Object.fromEntries(
      Object.entries(event.inputVersions).map(([key, version]) => [
        key,
        hidden(version, their.inputVersions[key]),
      ]),
    ),
  };
}

const withoutTarget = ({ hasTarget: _unknown, ...check }: CheckOutcome & { hasTarget?: boolean }) => check;

/** What bodies said is compared; what Dagster itself says has other words here. */
const failuresOf = ({ failures = {} }: Outcome): NonNullable<Outcome['failures']> =>
  Object.fromEntries(
    Object.entries(failures).map(([step, tries]) => [
      step,
      tries.map((failure) =>
        failure.by === 'body' ? failure : { by: failure.by, message: 'in words of its own' },
      ),
    ]),
  );
