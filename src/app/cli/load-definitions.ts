// The `Definitions` that a module exports. What is wrong is said in a line, with details behind it.

import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '#base/result.ts';
import { Definitions } from '../package/definitions.ts';

/** Imports the module: everything at its top level runs. */
export async function loadDefinitions(url: string): Promise<Result<Definitions, readonly string[]>> {
  const path = fileURLToPath(url);
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>;
  } catch (thrown) {
    return err(loadProblem(path, thrown));
  }
  return definitionsIn(path, exports);
}

function definitionsIn(
  path: string,
  exports: Readonly<Record<string, unknown>>,
): Result<Definitions, readonly string[]> {
  const namesByValue = new Map<Definitions, string[]>();
  for (const [name, value] of Object.entries(exports)) {
    if (!(value instanceof Definitions)) continue;
    const names = namesByValue.get(value);
    if (names) names.push(name);
    else namesByValue.set(value, [name]);
  }
  const [first, ...more] = namesByValue;
  if (first && more.length === 0) return ok(first[0]);
  if (first) {
    const names = [first, ...more].map(([, [name]]) => `“${name}”`).join(', ');
    return err([
      `${path} exports several Definitions (${names}). Export one: Definitions.merge(…) makes one of them.`,
    ]);
  }
  const stranger = Object.entries(exports).find(([, value]) => isForeignDefinitions(value));
  return err([
    stranger
      ? `“${stranger[0]}” of ${path} is not made by this Headwater. Import Definitions from 'headwater'.`
      : `${path} exports no Definitions. Add: export default new Definitions({ assets: […] })`,
  ]);
}

const isForeignDefinitions = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && value.constructor?.name === 'Definitions';

function loadProblem(path: string, thrown: unknown): readonly string[] {
  const error = thrown instanceof Error ? thrown : new Error(`Thrown: ${String(thrown)}`);
  const [message = '', ...lines] = error.message.split('\n');
  const hint = /does not provide an export named/.test(message)
    ? [`If that is a type, import it with "import type".`]
    : [];
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*file:/.test(line));
  return [`${path} cannot be loaded: ${error.name}: ${message}`, ...lines, ...hint, ...stack];
}
