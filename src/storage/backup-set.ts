// Several backups in one file: a zip whose entries are stored as they are, since each is packed already.

import { unzipSync, zipSync } from 'fflate';

const ENDING = '.headwater.backup';

export function joinBackups(
  backups: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Uint8Array {
  const entries = backups.map(({ name, bytes }, index): [string, Uint8Array] => [
    `${String(index + 1).padStart(3, '0')} ${name.replace(/[^\p{L}\p{N} _-]+/gu, '-').slice(0, 60)}${ENDING}`,
    bytes,
  ]);
  return zipSync(Object.fromEntries(entries), { level: 0 });
}

/** The backups in the file, in their order; undefined when it is not a file of several. Trusts no size in it. */
export function splitBackups(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  let room = bytes.length;
  let refused = false;
  try {
    const entries = unzipSync(bytes, {
      filter({ name, originalSize, compression }) {
        const isBackup = name.endsWith(ENDING) && compression === 0;
        room -= originalSize;
        if (!isBackup || room < 0) refused = true;
        return !refused;
      },
    });
    const names = Object.keys(entries).sort();
    return refused || names.length === 0 ? undefined : names.map((name) => entries[name]!);
  } catch {
    return undefined;
  }
}
