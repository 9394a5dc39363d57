// The engine worker's stripper of types: swc, compiled to WebAssembly.

import loadStripper, { transformSync } from '@swc/wasm-typescript-esm';
import { err, ok } from '#base/result.ts';
import type { StripTypes } from '#engine/ports.ts';
import { readStripError } from '#engine/strip-error.ts';

/** Loads the stripper (1.4 MB compressed) and gives it as a function. */
export async function createStripper(): Promise<StripTypes> {
  await loadStripper();
  return (source) => {
    try {
      return ok(transformSync(source, { mode: 'strip-only', module: true }).code);
    } catch (thrown) {
      return err(readStripError(thrown));
    }
  };
}
