// Hooks: what is called when a step has succeeded or failed.

import type { ContextLog } from './context.ts';

/** What a hook is told. Dagster: HookContext. */
export interface HookContext {
  readonly runId: string;
  readonly stepKey: string;
  readonly log: ContextLog;
  readonly resources: Readonly<Record<string, unknown>>;
  /** What the body threw; of failure hooks only. */
  readonly error?: unknown;
}

/** What `successHook` and `failureHook` return. Dagster: HookDefinition. */
export interface HookDefinition {
  readonly name: string;
  readonly on: 'success' | 'failure';
  readonly run: (context: HookContext) => unknown;
  readonly requiredResourceKeys: readonly string[];
}

export interface HookOptions {
  /** By default the function's name. */
  name?: string;
  requiredResourceKeys?: readonly string[];
}

type HookBody = (context: HookContext) => unknown;

/** Calls `body` after a step that has succeeded. An error in it is logged and changes nothing. Dagster: success_hook. */
export function successHook(body: HookBody): HookDefinition;
export function successHook(options: HookOptions, body: HookBody): HookDefinition;
export function successHook(first: HookOptions | HookBody, second?: HookBody): HookDefinition {
  return createHook('success', first, second);
}

/** Calls `body` after a step that has failed for good. An error in it is logged and changes nothing. Dagster: failure_hook. */
export function failureHook(body: HookBody): HookDefinition;
export function failureHook(options: HookOptions, body: HookBody): HookDefinition;
export function failureHook(first: HookOptions | HookBody, second?: HookBody): HookDefinition {
  return createHook('failure', first, second);
}

function createHook(
  on: HookDefinition['on'],
  first: HookOptions | HookBody,
  second: HookBody | undefined,
): HookDefinition {
  const options = typeof first === 'function' ? {} : first;
  const run = typeof first === 'function' ? first : second;
  if (typeof run !== 'function')
    throw new TypeError(`${on}Hook takes a function, or options and a function.`);
  const name = options.name ?? run.name;
  if (name === '') throw new TypeError(`An anonymous ${on} hook needs a \`name\`.`);
  return { name, on, run, requiredResourceKeys: options.requiredResourceKeys ?? [] };
}
