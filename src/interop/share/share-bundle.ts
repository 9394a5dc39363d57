// What is shared as bytes: a project, and what else goes along. The bytes may come from anyone, so opening them
// trusts no size and no byte, runs nothing, and gives all of it or a reason.

import { err, ok, type Result } from '#base/result.ts';
import { parseDocument } from '#model/parse-document.ts';
import type { ShareBundle, ShareProblem } from './bundle-types.ts';
import { deflate, maybeInflate } from './deflate.ts';
import { decodeContent, encodeContent, maxShareText } from './share-content.ts';

/** The most that a bundle may hold, packed and unpacked; of its text, `maxShareText`. */
export const maxShareBytes = 32 * 1024 * 1024;

const magic = [0x48, 0x57, 0x53] as const; // "HWS"
const version = 1;
const hashAt = 8;
const packedAt = 40;

/** "HWS", the version, the length of the content, its SHA-256, the content deflated. */
export async function packBundle(bundle: ShareBundle): Promise<Uint8Array<ArrayBuffer>> {
  const content = encodeContent(bundle);
  const [packed, hash] = await Promise.all([deflate(content), sha256(content)]);
  const bytes = new Uint8Array(packedAt + packed.length);
  bytes.set([...magic, version]);
  new DataView(bytes.buffer).setUint32(4, content.length, true);
  bytes.set(hash, hashAt);
  bytes.set(packed, packedAt);
  return bytes;
}

/** Names what is in a bundle, however it travels: lower-case hex SHA-256. */
export const contentHash = async (bundle: ShareBundle): Promise<string> =>
  [...(await sha256(encodeContent(bundle)))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export async function openBundle(bytes: Uint8Array): Promise<Result<ShareBundle, ShareProblem>> {
  if (bytes.length <= packedAt || magic.some((byte, i) => bytes[i] !== byte))
    return err({ type: 'NothingShared' });
  const found = bytes[magic.length] ?? 0;
  if (found > version) return err({ type: 'ShareNewer', found, known: version });
  if (found < version) return err(damaged(`there is no version ${found}`));
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const most = maxShareBytes;
  if (Math.max(bytes.length, length) > most)
    return err({ type: 'ShareTooLarge', bytes: Math.max(bytes.length, length), most });
  const content = await maybeInflate(bytes.subarray(packedAt), length);
  if (!content) return err(damaged('it is cut off, or does not unpack to what it says'));
  const hash = await sha256(content);
  if (hash.some((byte, i) => byte !== bytes[hashAt + i])) return err({ type: 'ShareAltered' });
  const decoded = decodeContent(content);
  if (!decoded.ok) return err(damaged(decoded.error));
  return checked(decoded.value);
}

/** Refuses a project that a file could not bring either, and whatever speaks of what is not in it. */
function checked(bundle: ShareBundle): Result<ShareBundle, ShareProblem> {
  const { length } = bundle.documentText;
  if (length > maxShareText) return err({ type: 'ShareTooLarge', bytes: length, most: maxShareText });
  const parsed = parseDocument(bundle.documentText);
  if (!parsed.ok) return err({ type: 'ShareInvalid', problems: parsed.error });
  const { assets, files } = parsed.value;
  const keys = new Set([...assets.values()].map(({ key }) => key));
  const paths = new Set([...files.values()].map(({ path }) => path));
  for (const { key } of [...(bundle.values ?? []), ...(bundle.results ?? [])])
    if (!keys.has(key)) return err(damaged(`it speaks of “${key}”, which is no asset of the project`));
  for (const { path } of bundle.files ?? [])
    if (!paths.has(path)) return err(damaged(`it has a file “${path}”, which is not one of the project`));
  return ok(bundle);
}

const damaged = (detail: string): ShareProblem => ({ type: 'ShareDamaged', detail });

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
