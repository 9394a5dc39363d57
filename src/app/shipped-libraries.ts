// The libraries that bodies may import, as the app ships them.

import { libraries } from 'virtual:runner';

/** The module text of a library; undefined when there is none of that name. */
export async function shippedLibraryText(specifier: string): Promise<string | undefined> {
  if (!Object.hasOwn(libraries, specifier)) return undefined;
  return (await libraries[specifier]?.())?.text;
}
