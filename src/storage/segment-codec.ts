// Events as bytes. Little-endian header: "HWS", format version, checksum of all that follows,
// strings, shapes, bytes of text, how the text is written. Then the text, lengths, shapes and values.
// Whatever is JSON comes back exactly, lone surrogates, -0 and __proto__ keys included.

import { err, ok, type Result } from '#base/result.ts';
import type { RunEvent } from '#model/events.ts';
import { ByteWriter } from './byte-writer.ts';
import { checksum } from './checksum.ts';
import { PlainDecoder } from './plain-decoder.ts';
import { PlainEncoder } from './plain-encoder.ts';

/** Stored bytes that are not what was written. `detail` says how that shows. */
export interface BytesDamaged {
  readonly type: 'BytesDamaged';
  readonly detail: string;
}

const MAGIC = 0x00535748;
const FORMAT = 1;
const HEADER_BYTES = 24;
const TextForm = { utf8: 0, utf16: 1 } as const;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Throws a TypeError on what is not plain data, and a RangeError on data nested some thousand levels deep. */
export const encodeEvents = (events: readonly RunEvent[]): Uint8Array<ArrayBuffer> => encodePlain(events);

/** The strings of the events share memory with each other: keep them together or not at all. */
export const decodeEvents = (bytes: Uint8Array): Result<readonly RunEvent[], BytesDamaged> => {
  const decoded = decodePlain(bytes);
  if (!decoded.ok) return decoded;
  return Array.isArray(decoded.value) ? ok(decoded.value as readonly RunEvent[]) : damaged('no events in it');
};

function encodePlain(value: unknown): Uint8Array<ArrayBuffer> {
  const encoder = new PlainEncoder();
  encoder.write(value);
  const lengths = new ByteWriter(encoder.strings.length + 16);
  for (const text of encoder.strings) lengths.varint(text.length);
  const joined = encoder.strings.join('');
  const wide = LONE_SURROGATE.test(joined);
  const text = wide ? utf16Bytes(joined) : new TextEncoder().encode(joined);

  const parts = [text, lengths.written(), encoder.shapes.written(), encoder.body.written()];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, HEADER_BYTES));
  let at = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const header = new DataView(bytes.buffer);
  header.setUint32(0, MAGIC | (FORMAT << 24), true);
  header.setUint32(8, encoder.strings.length, true);
  header.setUint32(12, encoder.shapeCount, true);
  header.setUint32(16, text.length, true);
  header.setUint32(20, wide ? TextForm.utf16 : TextForm.utf8, true);
  header.setUint32(4, checksum(bytes, 8), true);
  return bytes;
}

function decodePlain(bytes: Uint8Array): Result<unknown, BytesDamaged> {
  if (bytes.length < HEADER_BYTES) return damaged('it is cut short');
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = header.getUint32(0, true);
  if ((magic & 0xffffff) !== MAGIC) return damaged('it does not begin as it should');
  if (magic >>> 24 !== FORMAT) return damaged(`its format ${magic >>> 24} is unknown to this version`);
  if (header.getUint32(4, true) !== checksum(bytes, 8)) return damaged('its checksum does not match');
  try {
    const textEnd = HEADER_BYTES + header.getUint32(16, true);
    const textBytes = bytes.subarray(HEADER_BYTES, textEnd);
    const wide = header.getUint32(20, true) === TextForm.utf16;
    const text = wide
      ? utf16Text(textBytes)
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(textBytes);
    const decoder = new PlainDecoder(bytes, textEnd);
    decoder.readStrings(text, header.getUint32(8, true));
    decoder.readShapes(header.getUint32(12, true));
    return ok(decoder.read());
  } catch (thrown) {
    return damaged(thrown instanceof Error ? thrown.message : 'it makes no sense');
  }
}

const damaged = (detail: string) => err<BytesDamaged>({ type: 'BytesDamaged', detail });

function utf16Bytes(text: string): Uint8Array<ArrayBuffer> {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index += 1) units[index] = text.charCodeAt(index);
  return new Uint8Array(units.buffer);
}

function utf16Text(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.slice().buffer);
  let text = '';
  for (let at = 0; at < units.length; at += 8192)
    text += String.fromCharCode(...units.subarray(at, at + 8192));
  return text;
}
