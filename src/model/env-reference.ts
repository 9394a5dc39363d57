// `{ "env": "NAME" }` in a config: the value of an environment variable, or of the secret store, in its place.

import type { Json } from './document.ts';

/** The name that a value of a config refers to; undefined when it is a value of its own. */
export function envNameOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { env, ...rest } = value as { readonly [key: string]: Json };
  return typeof env === 'string' && /^[^=\0]+$/.test(env) && Object.keys(rest).length === 0 ? env : undefined;
}

/** Every name that a config refers to, at any depth, once. */
export function envNamesOf(config: Json | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: Json | undefined): void => {
    const name = envNameOf(value);
    if (name !== undefined) names.add(name);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(config);
  return names;
}
