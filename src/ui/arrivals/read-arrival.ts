// Reads what came from outside, without running it, storing it or asking anything of the network: all of it, or the
// reason why not. Loaded when something has come.

import { err, ok, type Result } from '#base/result.ts';
import type { ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { maxDocumentBytes, parseDocument } from '#model/parse-document.ts';
import type { Arrival, ArrivedContent } from '#state/arrival-store.ts';
import { projectFromZip } from '#ui/code/project-zip.ts';
import type { AppError } from '#ui/kit/messages.ts';
import { withProjectPaths } from '#ui/projects/side-files.ts';
import { contentHash } from './content-hash.ts';

/** A project file with the data files that were chosen beside it. */
export async function readProjectFile(
  file: File,
  others: readonly File[],
): Promise<Result<Arrival, AppError>> {
  if (file.size > maxDocumentBytes) return err({ type: 'TooLarge', bytes: file.size });
  const bytes = await bytesOf(file);
  const text = new TextDecoder().decode(bytes);
  const sideFiles = await Promise.all(
    others.map(async (other) => ({ path: other.name, bytes: await bytesOf(other) })),
  );
  return arrivalOf(text, withProjectPaths(text, sideFiles), [], {
    from: `the file “${file.name}”`,
    original: { name: file.name, bytes },
  });
}

/** A TypeScript project as a zip. Throws a sentence when the zip is none. */
export async function readProjectZip(file: File, newId: () => string): Promise<Result<Arrival, AppError>> {
  const bytes = await bytesOf(file);
  const { text, sideFiles, problems } = await projectFromZip(bytes, newId);
  return arrivalOf(text, sideFiles, problems, {
    from: `the TypeScript project “${file.name}”`,
    original: { name: file.name, bytes },
  });
}

async function arrivalOf(
  text: string,
  files: NonNullable<ArrivedContent['files']>,
  problems: Arrival['problems'],
  way: Pick<Arrival, 'from' | 'original'>,
): Promise<Result<Arrival, AppError>> {
  const parsed = parseDocument(text);
  if (!parsed.ok) return err({ type: 'BadDocument', problems: parsed.error });
  const document: ProjectDocument = parsed.value;
  // However it was laid out, the same project is the same content.
  const content: ArrivedContent = {
    documentText: formatDocument(document),
    ...(files.length > 0 ? { files } : {}),
  };
  return ok({ ...way, document, content, problems, hash: await contentHash(content) });
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
