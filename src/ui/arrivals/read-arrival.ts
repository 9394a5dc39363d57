// Reads what came from outside, without running it, storing it or asking anything of the network: all of it, or the
// reason why not. Loaded when something has come.

import { err, ok, type Result } from '#base/result.ts';
import type { ShareBundle, ShareProblem } from '#interop/share/bundle-types.ts';
import { findBundle, findBundleInText, openShareText } from '#interop/share/find-bundle.ts';
import { formatDocument } from '#model/format-document.ts';
import { maxDocumentBytes, parseDocument } from '#model/parse-document.ts';
import type { Arrival } from '#state/arrival-store.ts';
import { projectFromZip } from '#ui/code/project-zip.ts';
import type { AppError } from '#ui/kit/messages.ts';
import { withProjectPaths } from '#ui/projects/side-files.ts';
import { trustedHash } from './trusted-hash.ts';

type Read = Promise<Result<Arrival, AppError>>;

/** A project file with the data files that were chosen beside it. */
export async function readProjectFile(file: File, others: readonly File[]): Read {
  if (file.size > maxDocumentBytes) return err({ type: 'TooLarge', bytes: file.size });
  const bytes = await bytesOf(file);
  const documentText = new TextDecoder().decode(bytes);
  const sideFiles = await Promise.all(
    others.map(async (other) => ({ path: other.name, bytes: await bytesOf(other) })),
  );
  const files = withProjectPaths(documentText, sideFiles);
  return arrivalOf(
    { documentText, ...(files.length > 0 ? { files } : {}) },
    { from: `the file “${file.name}”`, original: { name: file.name, bytes } },
  );
}

/** A TypeScript project as a zip. Throws a sentence when the zip is none. */
export async function readProjectZip(file: File, newId: () => string): Read {
  const bytes = await bytesOf(file);
  const { text, sideFiles, problems } = await projectFromZip(bytes, newId);
  return arrivalOf(
    { documentText: text, ...(sideFiles.length > 0 ? { files: sideFiles } : {}) },
    { from: `the TypeScript project “${file.name}”`, original: { name: file.name, bytes } },
    problems,
  );
}

/** A picture, page or text with a project inside. */
export async function readCarrier(file: File): Read {
  if (file.size > mostCarried) return err({ type: 'ShareTooLarge', bytes: file.size, most: mostCarried });
  const bytes = await bytesOf(file);
  return arrivalOfShared(await findBundle(bytes), {
    from: `the file “${file.name}”`,
    original: { name: file.name, bytes },
  });
}

/** A text from the clipboard: a project file's, a link, or one that carries a project. */
export async function readPastedText(text: string): Read {
  const original = { name: 'pasted.txt', bytes: new TextEncoder().encode(text) };
  const from = 'the clipboard';
  if (/^\s*\{/.test(text))
    return arrivalOf(
      { documentText: text },
      { from, original: { ...original, name: 'pasted.headwater.json' } },
    );
  return arrivalOfShared(await findBundleInText(text), { from, original });
}

/**
 * The text of a project file whose assets are to be added to a project. Only what is added is in the arrival: resources
 * stay behind. `wholeHash`: of all of it.
 */
export async function readPastedAssets(
  text: string,
): Promise<Result<{ readonly arrival: Arrival; readonly wholeHash: string }, AppError>> {
  const read = await readPastedText(text);
  if (!read.ok) return read;
  const { document: whole, hash: wholeHash } = read.value;
  if (whole.resources.size === 0) return ok({ arrival: read.value, wholeHash });
  const document = { ...whole, resources: new Map() };
  const content = { documentText: formatDocument(document) };
  return ok({
    arrival: { ...read.value, document, content, hash: await trustedHash(content) },
    wholeHash,
  });
}

/** What stands in a link behind `sharedPath`. */
export async function readLinkText(text: string): Read {
  return arrivalOfShared(await openShareText(text), {
    from: 'a link',
    original: { name: 'link.txt', bytes: new TextEncoder().encode(location.href) },
  });
}

type Way = Pick<Arrival, 'from' | 'original'>;

/** A carrier may be as large as what it carries, and a picture around it. */
const mostCarried = 256 * 1024 * 1024;

async function arrivalOfShared(found: Result<ShareBundle, ShareProblem>, way: Way): Read {
  return found.ok ? arrivalOf(found.value, way) : found;
}

async function arrivalOf(content: ShareBundle, way: Way, problems: Arrival['problems'] = []): Read {
  const parsed = parseDocument(content.documentText);
  if (!parsed.ok) return err({ type: 'BadDocument', problems: parsed.error });
  const document = parsed.value;
  // However it was laid out, the same project is the same content.
  const same: ShareBundle = { ...content, documentText: formatDocument(document) };
  return ok({ ...way, document, content: same, problems, hash: await trustedHash(same) });
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
