// The two JSON entries of a backup, and whether a foreign value is one of them.

import type { LogRow, ProjectRow } from '#engine/ports.ts';
import type { RunRecord } from '#model/events.ts';
import type { RunId } from '#model/ids.ts';

export interface BackupManifest {
  readonly format: 'headwater-backup';
  readonly version: number;
  readonly entries: readonly { readonly name: string; readonly size: number; readonly checksum: number }[];
}

export interface BackupProject {
  readonly row: ProjectRow;
  readonly checkpoint: { readonly seq: number; readonly documentText: string };
  readonly log: readonly LogRow[];
  readonly runs: readonly RunRecord[];
  readonly segments: readonly { readonly seq: number; readonly runId: RunId; readonly entry: string }[];
  readonly packs: readonly { readonly id: string; readonly entry: string }[];
  readonly files: readonly { readonly sha256: string; readonly entry: string }[];
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isAnything: Check = () => true;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isOneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    choices.includes(value as string);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const recordOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);
const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(checks, key)) &&
    Object.entries(checks).every(([key, check]) => check(Object.hasOwn(value, key) ? value[key] : undefined));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isManifest = shape({
  format: isOneOf('headwater-backup'),
  version: isCount,
  entries: listOf(shape({ name: isText, size: isCount, checksum: isCount })),
});

const isRun = shape({
  runId: isText,
  status: isOneOf(
    'QUEUED',
    'STARTING',
    'STARTED',
    'SUCCESS',
    'FAILURE',
    'CANCELING',
    'CANCELED',
    'INTERRUPTED',
  ),
  target: isText,
  trigger: isText,
  createdAt: isNumber,
  startedAt: maybe(isNumber),
  endedAt: maybe(isNumber),
  stepCount: isCount,
  succeeded: isCount,
  failed: isCount,
  skipped: isCount,
  tags: recordOf(isText),
  config: maybe(shape({ assets: maybe(recordOf(isAnything)), resources: maybe(recordOf(isAnything)) })),
  fencing: isCount,
  assetIds: listOf(isText),
});

const isProject = shape({
  row: shape({
    projectId: isText,
    name: isText,
    createdAt: isNumber,
    updatedAt: isNumber,
    openedAt: isNumber,
    assetCount: isCount,
  }),
  checkpoint: shape({ seq: isCount, documentText: isText }),
  log: listOf(shape({ seq: isCount, entry: isText })),
  runs: listOf(isRun),
  segments: listOf(shape({ seq: isCount, runId: isText, entry: isText })),
  packs: listOf(shape({ id: isText, entry: isText })),
  files: listOf(shape({ sha256: isText, entry: isText })),
});

export const maybeManifest = (value: unknown): BackupManifest | undefined =>
  isManifest(value) ? (value as BackupManifest) : undefined;

export function maybeProject(value: unknown): BackupProject | undefined {
  if (!isProject(value)) return undefined;
  const project = value as BackupProject;
  const runIds = new Set(project.runs.map(({ runId }) => runId));
  const isWhole =
    project.log.every(({ seq }, index) => seq === index + 1) &&
    project.checkpoint.seq <= project.log.length &&
    project.segments.every(({ seq }, index) => seq > (project.segments[index - 1]?.seq ?? 0)) &&
    project.segments.every(({ runId }) => runIds.has(runId));
  return isWhole ? project : undefined;
}
