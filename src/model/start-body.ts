// The bodies that assets begin with.

/** Of an asset that is looked at: `name` is a plain name. */
export const observingBody = (name: string): string => `import { DataVersion } from 'headwater';

export default async function ${name}() {
  // Look at the data and return their version:
  // another text when the data have changed.
  return new DataVersion('1');
}
`;
