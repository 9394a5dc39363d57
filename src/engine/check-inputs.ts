// What a check reads.

import type { Check } from '#model/document.ts';
import { type NamedInput, namedInputs } from '#model/graph.ts';

/** The inputs of a check: the one name outside `ins` means the checked asset, whatever it is called. */
export function checkInputs(check: Check): NamedInput[] {
  const only = check.specs.length === 1 ? check.specs[0]!.asset : undefined;
  return namedInputs(check).map(({ name, key }) =>
    only !== undefined && !Object.hasOwn(check.ins ?? {}, name) ? { name, key: only } : { name, key },
  );
}
