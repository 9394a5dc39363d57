// TypeScript to JavaScript in Node, by the same stripper as in the browser. Costs a few hundred milliseconds the
// first time it is asked.

import { createRequire } from 'node:module';
import { err, ok } from '#base/result.ts';
import type { StripTypes } from '#engine/ports.ts';
import { readStripError } from '#engine/strip-error.ts';

type Stripper = typeof import('@swc/wasm-typescript');

let stripper: Stripper | undefined;

export const stripTypes: StripTypes = (source) => {
  stripper ??= createRequire(import.meta.url)('@swc/wasm-typescript') as Stripper;
  try {
    return ok(stripper.transformSync(source, { mode: 'strip-only', module: true }).code);
  } catch (thrown) {
    return err(readStripError(thrown));
  }
};
