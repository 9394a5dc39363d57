// Status in words. A status is never told by colour alone.

import type { NodeStatus } from '#model/asset-state.ts';
import type { RunStatus } from '#model/events.ts';

export type AnyStatus = NodeStatus | RunStatus;

const labels: Readonly<Record<AnyStatus, string>> = {
  never: 'Never materialized',
  queued: 'Queued',
  running: 'Running',
  materialized: 'Materialized',
  failed: 'Failed',
  stale: 'Stale',
  skipped: 'Skipped',
  canceled: 'Canceled',
  interrupted: 'Interrupted',
  external: 'External',
  observed: 'Observed',
  QUEUED: 'Queued',
  STARTING: 'Starting',
  STARTED: 'Running',
  SUCCESS: 'Succeeded',
  FAILURE: 'Failed',
  CANCELING: 'Canceling',
  CANCELED: 'Canceled',
  INTERRUPTED: 'Interrupted',
};

export const statusLabel = (status: AnyStatus): string => labels[status];

/** The picture that stands for a status; several run statuses share one with a node's. */
export type StatusShape = NodeStatus;

const shapeByRunStatus: Readonly<Record<RunStatus, StatusShape>> = {
  QUEUED: 'queued',
  STARTING: 'running',
  STARTED: 'running',
  SUCCESS: 'materialized',
  FAILURE: 'failed',
  CANCELING: 'running',
  CANCELED: 'canceled',
  INTERRUPTED: 'interrupted',
};

export const statusShape = (status: AnyStatus): StatusShape =>
  status in shapeByRunStatus ? shapeByRunStatus[status as RunStatus] : (status as NodeStatus);
