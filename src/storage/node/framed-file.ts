// A file that only grows: numbered frames, each with a length and a checksum. A frame cut short at the end (the
// process died while writing it, so nobody was told it is safe) is removed on opening. A frame that is whole
// in length but wrong in content is damage: it stays, and its number is reported.

import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { checksum } from '../checksum.ts';

export interface FramedFile {
  /** Appends a frame, as the next number or a higher one, and answers with it. On failure the file is as before. */
  append(payload: Uint8Array, number?: number): number;
  /** Undefined when there is no such frame or it is damaged. */
  read(number: number): Uint8Array<ArrayBuffer> | undefined;
  /** The last number, damaged frames included. */
  readonly last: number;
  readonly isDamaged: boolean;
  close(): void;
}

/** "HWFR", number, length of the payload, checksum of these three, checksum of the payload. */
const HEADER_BYTES = 20;
const MAGIC = 0x52465748;

/** `onFrame` is called for each whole frame, in order. `flush` waits for the disk at each append. */
export function openFramedFile(
  path: string,
  flush: boolean,
  onFrame: (number: number, payload: Uint8Array<ArrayBuffer>) => void,
): FramedFile {
  const file = openSync(path, openFlags(path));
  const offsets = new Map<number, number>();
  let end = 0;
  let last = 0;
  const size = fstatSync(file).size;
  for (let at = 0; at < size; at = end) {
    const header = headerAt(file, at, size);
    if (!header) {
      if (isTorn(file, at, size)) break;
      const next = nextHeader(file, at + 1, size);
      end = next ?? size;
      // A damaged header in the last frame hides a number; before others, theirs tell which are gone.
      if (next === undefined) last += 1;
      continue;
    }
    if (header.end > size) break;
    const payload = payloadAt(file, at, header);
    if (payload) {
      offsets.set(header.number, at);
      onFrame(header.number, payload);
    }
    last = header.number;
    end = header.end;
  }
  if (end < size) ftruncateSync(file, end);

  return {
    append(payload, number = last + 1) {
      const frame = new Uint8Array(HEADER_BYTES + payload.length);
      const header = new DataView(frame.buffer);
      header.setUint32(0, MAGIC, true);
      header.setUint32(4, number, true);
      header.setUint32(8, payload.length, true);
      frame.set(payload, HEADER_BYTES);
      header.setUint32(12, checksum(frame.subarray(0, 12)), true);
      header.setUint32(16, checksum(payload), true);
      try {
        writeFully(file, frame, end);
        if (flush) fsyncSync(file);
      } catch (thrown) {
        ftruncateSync(file, end);
        throw thrown;
      }
      last = number;
      offsets.set(last, end);
      end += frame.length;
      return last;
    },
    read(number) {
      const at = offsets.get(number);
      const header = at === undefined ? undefined : headerAt(file, at, end);
      return header && payloadAt(file, at!, header);
    },
    get last() {
      return last;
    },
    get isDamaged() {
      return offsets.size < last;
    },
    close: () => closeSync(file),
  };
}

/** Read and write at any place; a missing file is created, an existing one kept. */
function openFlags(path: string): 'r+' | 'w+' {
  try {
    closeSync(openSync(path, 'r'));
    return 'r+';
  } catch {
    return 'w+';
  }
}

interface Header {
  readonly number: number;
  readonly checksum: number;
  /** Where the frame ends. */
  readonly end: number;
}

function headerAt(file: number, at: number, size: number): Header | undefined {
  if (at + HEADER_BYTES > size) return undefined;
  const bytes = bytesAt(file, at, HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(0, true) !== MAGIC) return undefined;
  if (view.getUint32(12, true) !== checksum(bytes.subarray(0, 12))) return undefined;
  return {
    number: view.getUint32(4, true),
    checksum: view.getUint32(16, true),
    end: at + HEADER_BYTES + view.getUint32(8, true),
  };
}

function payloadAt(file: number, at: number, header: Header): Uint8Array<ArrayBuffer> | undefined {
  const payload = bytesAt(file, at + HEADER_BYTES, header.end - at - HEADER_BYTES);
  return checksum(payload) === header.checksum ? payload : undefined;
}

/** A header cut short, or the zeros that a lost flush leaves. */
const isTorn = (file: number, at: number, size: number): boolean =>
  size - at < HEADER_BYTES || bytesAt(file, at, size - at).every((byte) => byte === 0);

/** Reads what is left of the file: it happens only behind a damaged header. */
function nextHeader(file: number, from: number, size: number): number | undefined {
  const rest = Buffer.from(bytesAt(file, from, size - from).buffer);
  const magic = Buffer.from('HWFR');
  for (let at = rest.indexOf(magic); at >= 0; at = rest.indexOf(magic, at + 1)) {
    if (headerAt(file, from + at, size)) return from + at;
  }
  return undefined;
}

function bytesAt(file: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let read = 0; read < length; ) {
    const count = readSync(file, bytes, read, length - read, at + read);
    if (count === 0) break;
    read += count;
  }
  return bytes;
}

export function writeFully(file: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
  }
}
