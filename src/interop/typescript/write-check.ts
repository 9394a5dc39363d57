// Checks with a body of their own.

import type { Check } from '#model/document.ts';
import { fields } from './code.ts';
import { definitionText } from './definition-file.ts';
import {
  bodyOptions,
  checkFields,
  checkSpecsCode,
  configLeft,
  functionName,
  type Written,
} from './option-fields.ts';

/** Is it said by `assetCheck`, whose one spec has its name? */
export const isSingleCheck = (check: Check): boolean =>
  check.specs.length === 1 && check.specs[0]?.name === check.name && check.canSubset !== true;

export function writeCheck(check: Check): Written {
  const { ins, checkSpecs: _, ...shared } = bodyOptions(check, undefined);
  const name = functionName(check.body) === check.name ? undefined : check.name;
  const left = {
    ...configLeft(check),
    ...(check.template === undefined ? {} : { template: check.template }),
  };
  const [spec] = check.specs;
  if (spec && isSingleCheck(check)) {
    const { asset, name: _name, ...rest } = spec;
    const options = fields({ asset, name, ...checkFields(rest), additionalIns: ins, ...shared });
    return { text: definitionText({ optionsType: 'AssetCheckOptions', body: check.body, options }), left };
  }
  const options = fields({
    name,
    specs: checkSpecsCode(check.specs, undefined) ?? [],
    canSubset: check.canSubset ? true : undefined,
    ins,
    ...shared,
  });
  return { text: definitionText({ optionsType: 'MultiAssetCheckOptions', body: check.body, options }), left };
}

/** What makes a definition of it. */
export const checkMaker = (check: Check): string => (isSingleCheck(check) ? 'assetCheck' : 'multiAssetCheck');
