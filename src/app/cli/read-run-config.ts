// Run config as it is written on the command line.

import { err, ok, type Result } from '#base/result.ts';
import type { RunConfig } from '../package/run-config.ts';

/** The error is one line. `name` is where the text comes from. */
export function readRunConfig({
  text,
  name,
}: {
  readonly text: string;
  readonly name: string;
}): Result<RunConfig, string> {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (thrown) {
    return err(`${name} is no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  if (!isRecord(config)) return err(`${name} must be an object with “assets” and “resources”.`);
  for (const [part, value] of Object.entries(config)) {
    if (part !== 'assets' && part !== 'resources')
      return err(`${name} has “${part}”, which is not there: it takes “assets” and “resources”.`);
    if (!isRecord(value)) return err(`${name}: “${part}” must be an object by key.`);
  }
  return ok(config);
}

const isRecord = (value: unknown): value is Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
