// The bodies that assets begin with.

/** Of an asset that is looked at: `name` is a plain name. */
export const observingBody = (name: string): string => `import { DataVersion } from 'headwater';

export default async function ${name}() {
  // Look at the data and return their version:
  // another text when the data have changed.
  return new DataVersion('1');
}
`;

/** Of several assets that are looked at by one body. */
export const observingAllBody = (
  name: string,
  keys: readonly string[],
): string => `import { DataVersion, ObserveResult } from 'headwater';

export default async function* ${name}() {
  // Look at the data and say of each its version:
  // another text when the data have changed.
  const dataVersion = new DataVersion('1');
${keys.map((key) => `  yield new ObserveResult({ assetKey: ${quoted(key)}, dataVersion });\n`).join('')}}
`;

/** Of a multi-asset. */
export const makingAllBody = (
  name: string,
  outputs: readonly string[],
): string => `export default async function ${name}() {
  // Return every output under its name. To read other
  // assets, name them in the first parameter.
  return { ${outputs.map((output) => `${output}: []`).join(', ')} };
}
`;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
