// What an export wrote, so that the next one into the same folder can take away what is no longer made, and nothing else.

/** Beside the files of every export. */
export const manifestPath = '.headwater-export.json';
const format = 'headwater-export';

/** Hashes of the files' bytes (SHA-256, hex) by path. */
export type FileHashes = ReadonlyMap<string, string>;

export function manifestText(hashes: FileHashes): string {
  const files = [...hashes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `    ${JSON.stringify(path)}: ${JSON.stringify(hash)}`);
  return `{\n  "format": "${format}",\n  "files": {\n${files.join(',\n')}\n  }\n}\n`;
}

/** Empty where the text is no manifest; without paths that lead out of the folder. */
export function readManifest(text: string): FileHashes {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return new Map();
  }
  if (!isRecord(parsed) || parsed.format !== format || !isRecord(parsed.files)) return new Map();
  return new Map(
    Object.entries(parsed.files).flatMap(([path, hash]) =>
      typeof hash === 'string' && isInside(path) ? [[path, hash] as const] : [],
    ),
  );
}

/** What the last export wrote and this one does not, with the hash that it had. */
export const staleFiles = (
  last: FileHashes,
  files: ReadonlyMap<string, unknown>,
): readonly (readonly [path: string, hash: string])[] => [...last].filter(([path]) => !files.has(path));

const isInside = (path: string): boolean =>
  !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
