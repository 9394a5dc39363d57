// How Node loads a user's module: TypeScript is stripped as everywhere else, and `headwater` is this very build. Runs
// in Node's thread for loader hooks, and evaluates nothing.

import { readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { stripTypes } from '../node/strip-types.ts';

export interface HooksData {
  readonly packageEntry: string;
}

let packageEntry = '';

/** What a module may import without having it installed: that which bodies may import, and what config is made of. */
const offered = /^(zod|d3-array|date-fns)(\/|$)/;
const endings = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];

export const initialize: InitializeHook<HooksData> = (data) => {
  packageEntry = data.packageEntry;
};

export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'headwater') return { url: packageEntry, shortCircuit: true };
  try {
    return await next(specifier, context);
  } catch (thrown) {
    for (const other of alternatives(specifier)) {
      try {
        return await next(other, context);
      } catch {
        // The error of the specifier as it was written says more.
      }
    }
    if (/^(zod|d3-array|date-fns)$/.test(specifier))
      return { url: new URL(`${specifier}.mjs`, packageEntry).href, shortCircuit: true };
    if (offered.test(specifier)) return next(specifier, { ...context, parentURL: packageEntry });
    throw thrown;
  }
};

/** Modules are written for editors and bundlers too: `./orders` and `./orders.js` may mean `./orders.ts`. */
function alternatives(specifier: string): string[] {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return [];
  const asTypeScript = specifier.replace(/\.(m?)js$/, '.$1ts');
  if (asTypeScript !== specifier) return [asTypeScript];
  return endings.map((ending) => `${specifier}${ending}`);
}

export const load: LoadHook = async (url, context, next) => {
  const [address = url] = url.split(/[?#]/);
  if (!address.startsWith('file:') || !/\.m?ts$/.test(address)) return next(url, context);
  const path = fileURLToPath(address);
  const stripped = stripTypes(readFileSync(path, 'utf8'));
  if (stripped.ok) return { format: 'module', source: stripped.value, shortCircuit: true };
  const { message, line, column } = stripped.error;
  const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
  throw new SyntaxError(`${path}${place}: ${message}`);
};
