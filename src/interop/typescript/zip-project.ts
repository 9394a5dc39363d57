// An exported project as a zip: written whole, with the SDK and the command line in it, and read back.

import { unzipSync, type Zippable, zipSync } from 'fflate';
import { err, ok, type Result } from '#base/result.ts';
import type { DataFile } from '#model/document.ts';
import type { ExportPlan } from '../project-code.ts';
import type { ProjectTexts } from './read-project.ts';
import { vendorFolder } from './write-package.ts';

/** The earliest time that a zip can hold: equal projects give equal bytes. */
const anyTime = new Date(1980, 0, 1);

/**
 * Every file of an export, by path. `data` holds the bytes of the document's data files, by their path in the document;
 * `kit` the vendored files, by name.
 */
export function exportedBytes(
  plan: ExportPlan,
  data: ReadonlyMap<string, Uint8Array>,
  kit: Readonly<Record<string, Uint8Array>>,
): ReadonlyMap<string, Uint8Array> {
  const encoder = new TextEncoder();
  const entries = new Map<string, Uint8Array>();
  for (const [path, text] of plan.texts) entries.set(path, encoder.encode(text));
  for (const { path, file } of plan.data) {
    const bytes = data.get(file.path);
    if (bytes) entries.set(path, bytes);
  }
  for (const [name, bytes] of Object.entries(kit)) entries.set(`${plan.vendor}/${name}`, bytes);
  return entries;
}

/** Those files as a zip; the command in it can be run as it is. */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {};
  for (const [path, bytes] of files) {
    const mode = path.endsWith(`${vendorFolder}/headwater.mjs`) ? { os: 3, attrs: 0o755 << 16 } : {};
    entries[path] = [bytes, { mtime: anyTime, ...mode }];
  }
  return zipSync(entries, { level: 6 });
}

/** The files of the kit, from the zip in which the app ships them. */
export const unzipKit = (bytes: Uint8Array): Readonly<Record<string, Uint8Array>> => unzipSync(bytes);

export type ZipProblem =
  | { readonly type: 'ZipUnreadable'; readonly detail: string }
  | { readonly type: 'ZipTooLarge' }
  | { readonly type: 'ZipNoProject' };

export interface UnzippedProject extends ProjectTexts {
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

const maxBytes = 1024 * 1024 * 1024;
/** More than this is unpacked only from a zip that is large itself: text shrinks by less than `maxRatio`. */
const freeBytes = 64 * 1024 * 1024;
const maxRatio = 50;
const maxEntries = 100_000;
const maxInline = 256 * 1024;

/** Takes a zip apart. Its files may lie in one folder; what belongs to machines and not to the project is passed over. */
export async function unzipProject(
  zip: Uint8Array,
  deps: { sha256(bytes: Uint8Array): Promise<string>; toBase64(bytes: Uint8Array): string },
): Promise<Result<UnzippedProject, ZipProblem>> {
  let total = 0;
  let count = 0;
  const isTooMuch = () =>
    total > Math.min(maxBytes, Math.max(freeBytes, zip.length * maxRatio)) || count > maxEntries;
  let entries: Readonly<Record<string, Uint8Array>>;
  try {
    entries = unzipSync(zip, {
      filter({ name, originalSize }) {
        if (isPassedOver(name)) return false;
        total += originalSize;
        count += 1;
        return !isTooMuch();
      },
    });
  } catch (thrown) {
    return err({ type: 'ZipUnreadable', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  if (isTooMuch()) return err({ type: 'ZipTooLarge' });
  const root = rootOf(Object.keys(entries));
  if (root === undefined) return err({ type: 'ZipNoProject' });
  const texts = new Map<string, string>();
  const data = new Map<string, Pick<DataFile, 'sha256' | 'bytes' | 'data'>>();
  const bytes = new Map<string, Uint8Array>();
  const decoder = new TextDecoder();
  for (const [name, content] of Object.entries(entries)) {
    if (!name.startsWith(root) || name.endsWith('/')) continue;
    const path = name.slice(root.length);
    if (/\.(ts|json)$/.test(path) && !path.startsWith('data/')) texts.set(path, decoder.decode(content));
    else {
      const sha256 = await deps.sha256(content);
      const isSmall = content.length <= maxInline;
      data.set(path, {
        sha256,
        bytes: content.length,
        ...(isSmall ? { data: deps.toBase64(content) } : {}),
      });
      bytes.set(path, content);
    }
  }
  return ok({ texts, data, bytes });
}

const isPassedOver = (name: string): boolean =>
  /(^|\/)(node_modules|vendor|types|__MACOSX|\.[^/]+)\//.test(name) ||
  (/(^|\/)tests\//.test(name) && !name.endsWith('.cases.json')) ||
  name.split('/').includes('..');

/** The folder that `definitions.ts` lies in, with its "/"; the outermost when there are several. */
function rootOf(names: readonly string[]): string | undefined {
  const roots = names.filter((name) => /(^|\/)definitions\.ts$/.test(name));
  const [first] = roots.sort((a, b) => a.length - b.length);
  return first?.slice(0, -'definitions.ts'.length);
}
