// TypeScript to JavaScript in Node, by the same stripper as in the browser. Costs a few hundred milliseconds the
// first time it is asked.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { err, ok } from '#base/result.ts';
import type { StripTypes } from '#engine/ports.ts';
import { readStripError } from '#engine/strip-error.ts';

type Stripper = typeof import('@swc/wasm-typescript');

let stripper: Stripper | undefined;

// In a built command it lies beside this file; elsewhere it is installed.
function loadStripper(): Stripper {
  const beside = fileURLToPath(new URL('strip-types.cjs', import.meta.url));
  const require = createRequire(import.meta.url);
  return require(existsSync(beside) ? beside : '@swc/wasm-typescript') as Stripper;
}

export const stripTypes: StripTypes = (source) => {
  stripper ??= loadStripper();
  try {
    return ok(stripper.transformSync(source, { mode: 'strip-only', module: true }).code);
  } catch (thrown) {
    return err(readStripError(thrown));
  }
};
