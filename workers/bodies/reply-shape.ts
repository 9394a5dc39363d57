// The shape of lane replies, checked by hand: a batch holds thousands of reports, and this runs on each of them.
// Replies have been cloned by the platform, so no getter or proxy can be among them.

import type { MetadataType } from '#model/events.ts';

/** What is wrong with a reply, as text for the run's log; undefined when it has the right shape. */
export function replyProblem(reply: unknown): string | undefined {
  if (typeof reply === 'number')
    return Number.isSafeInteger(reply) ? undefined : 'A marker is not an integer.';
  if (!isRecord(reply)) return 'A reply is not an object.';
  switch (reply.type) {
    case 'ready':
      return undefined;
    case 'reports':
      return reportsProblem(reply);
    case 'progress':
      return isInteger(reply.step) && isFraction(reply.fraction) && isOptional(reply.message, isText)
        ? undefined
        : 'A progress message is malformed.';
    case 'logs':
      return isInteger(reply.step) && isLogs(reply.logs) ? undefined : 'A log message is malformed.';
    case 'revoked':
      return isArrayOf(reply.steps, isInteger) ? undefined : 'A list of revoked steps is malformed.';
    case 'segment-failed':
      return isInteger(reply.id) && isError(reply.error, 0) ? undefined : 'A failed segment is malformed.';
    case 'segment-done':
      return isInteger(reply.id) ? undefined : 'A finished segment is malformed.';
    case 'read-file':
      return isInteger(reply.id) && isText(reply.manager) && isText(reply.path)
        ? undefined
        : 'A request for a file is malformed.';
    case 'closed':
      return isLogs(reply.logs) ? undefined : 'The end of a lane is malformed.';
    default:
      return 'A reply has no known type.';
  }
}

function reportsProblem(reply: Record<string, unknown>): string | undefined {
  const { bytes, reports } = reply;
  if (!(bytes instanceof Uint8Array)) return 'A batch has no bytes.';
  if (!Array.isArray(reports)) return 'A batch has no reports.';
  const size = bytes.byteLength;
  for (const report of reports as readonly unknown[]) {
    if (
      !isRecord(report) ||
      !isInteger(report.step) ||
      !isTime(report.startedAt) ||
      !isTime(report.durationMs) ||
      !isLogs(report.logs) ||
      !isOutcome(report.outcome) ||
      !isOptional(report.inputsFailed, isTrue) ||
      !isOptional(report.hooks, (hooks) => isArrayOf(hooks, isHook))
    )
      return 'A step report is malformed.';
    const { made } = report;
    if (!Array.isArray(made)) return 'A step report does not say what was made.';
    for (const item of made as readonly unknown[])
      if (!isMade(item, size)) return `What step ${report.step} made is malformed.`;
  }
  return undefined;
}

function isMade(item: unknown, size: number): boolean {
  if (!isRecord(item) || !(item.metadata === undefined || isMetadata(item.metadata))) return false;
  if (item.type === 'output') return isOutput(item, size);
  if (item.type === 'check')
    return (
      isIndex(item.check) &&
      typeof item.passed === 'boolean' &&
      (item.severity === 'WARN' || item.severity === 'ERROR') &&
      isOptional(item.description, isText)
    );
  return (
    item.type === 'event' &&
    (item.kind === 'materialization' || item.kind === 'observation') &&
    isText(item.assetKey) &&
    isTags(item.tags) &&
    isOptional(item.description, isText) &&
    isOptional(item.partition, isText)
  );
}

function isOutput(output: Record<string, unknown>, size: number): boolean {
  if (!isIndex(output.output)) return false;
  return (
    isOptional(output.value, (value) => isRange(value, size)) &&
    isOptional(output.dataVersion, isText) &&
    isTags(output.tags) &&
    isOptional(output.mappingKey, isMappingKey) &&
    isOptional(output.isManaged, isTrue) &&
    isOptional(output.isUnstored, isTrue) &&
    isOptional(output.files, (files) => isArrayOf(files, (file) => isFile(file, size)))
  );
}

const isRange = (range: unknown, size: number): boolean =>
  isRecord(range) &&
  isInteger(range.offset) &&
  isInteger(range.length) &&
  range.offset >= 0 &&
  range.length >= 0 &&
  range.offset + range.length <= size;
const isFile = (file: unknown, size: number): boolean =>
  isRecord(file) && isText(file.path) && isOptional(file.bytes, (range) => isRange(range, size));
const isTags = (tags: unknown): boolean =>
  tags === undefined || (isRecord(tags) && Object.values(tags).every(isText));
const isMappingKey = (key: unknown): boolean => isText(key) && /^\w+$/.test(key);
const isIndex = (value: unknown): boolean => isInteger(value) && value >= 0;
const isHook = (hook: unknown): boolean =>
  isRecord(hook) &&
  isText(hook.name) &&
  (hook.outcome === 'completed' || hook.outcome === 'errored' || hook.outcome === 'skipped') &&
  (hook.error === undefined || isError(hook.error, 0));
const isTrue = (value: unknown): boolean => value === true;

function isOutcome(outcome: unknown): boolean {
  if (!isRecord(outcome)) return false;
  if (outcome.type === 'success') return true;
  if (!isError(outcome.error, 0)) return false;
  if (outcome.type === 'failure') return typeof outcome.allowRetries === 'boolean';
  return (
    outcome.type === 'retry' &&
    typeof outcome.maxRetries === 'number' &&
    typeof outcome.secondsToWait === 'number'
  );
}

const maxCauses = 6;

function isError(error: unknown, depth: number): boolean {
  return (
    isRecord(error) &&
    depth <= maxCauses &&
    isText(error.name) &&
    isText(error.message) &&
    isArrayOf(error.frames, isFrame) &&
    (error.cause === undefined || isError(error.cause, depth + 1)) &&
    (error.metadata === undefined || isMetadata(error.metadata))
  );
}

const isFrame = (frame: unknown): boolean =>
  isRecord(frame) && isText(frame.fn) && isInteger(frame.line) && isInteger(frame.column);

function isLogs(logs: unknown): boolean {
  return isArrayOf(logs, isLogLine);
}

const isLogLine = (line: unknown): boolean =>
  isRecord(line) &&
  (line.level === 'INFO' || line.level === 'DEBUG' || line.level === 'WARNING' || line.level === 'ERROR') &&
  isText(line.message) &&
  isTime(line.at) &&
  (line.source === 'log' || line.source === 'console');

const metadataTypes: Readonly<Record<MetadataType, true>> = {
  text: true,
  url: true,
  path: true,
  notebook: true,
  json: true,
  md: true,
  float: true,
  int: true,
  bool: true,
  timestamp: true,
  dagsterRun: true,
  job: true,
  asset: true,
  table: true,
  tableSchema: true,
  columnLineage: true,
  null: true,
  codeReferences: true,
  image: true,
  chart: true,
};

const isMetadata = (metadata: unknown): boolean =>
  isRecord(metadata) &&
  Object.values(metadata).every(
    (entry) =>
      isRecord(entry) &&
      typeof entry.type === 'string' &&
      Object.hasOwn(metadataTypes, entry.type) &&
      isJson(entry.value, 0),
  );

const maxDepth = 110;

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth > maxDepth) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  return isRecord(value) && Object.values(value).every((item) => isJson(item, depth + 1));
}

// Plain objects only: a clone keeps Map, Date and the like, which are no part of any reply.
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const isText = (value: unknown): value is string => typeof value === 'string';
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isFraction = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
const isOptional = (value: unknown, is: (given: unknown) => boolean): boolean =>
  value === undefined || is(value);
const isArrayOf = (value: unknown, is: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(is);
