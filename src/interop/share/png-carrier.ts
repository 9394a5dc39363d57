// A project inside a PNG, in a chunk of its own that programs which do not know it leave alone: ancillary, private,
// safe to copy (PNG specification, 5.4). The picture may come from anyone: no length in it is believed.

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const ours = typeCode('hwPj');
const lastChunk = typeCode('IEND');
/** Length, type and CRC. */
const frameBytes = 12;
/** More than any program writes: a picture is in pieces of some thousand bytes. */
const mostChunks = 100_000;

interface Chunk {
  readonly type: number;
  /** Where the chunk begins, with its length. */
  readonly at: number;
  readonly length: number;
}

export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, i) => bytes[i] === byte);

/** The picture with the bundle in it, in place of one that it may have had. Undefined when it is no whole PNG. */
export function maybePngWith(png: Uint8Array, packed: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const chunks = chunksOf(png);
  if (!chunks) return undefined;
  const chunk = new Uint8Array(frameBytes + packed.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, packed.length);
  view.setUint32(4, ours);
  chunk.set(packed, 8);
  view.setUint32(8 + packed.length, crc32(chunk.subarray(4, 8 + packed.length)));
  const pieces = chunks
    .filter(({ type }) => type !== ours)
    .map(({ at, length }) => png.subarray(at, at + frameBytes + length));
  return joined([new Uint8Array(signature), ...pieces.slice(0, -1), chunk, ...pieces.slice(-1)]);
}

/** The packed bundle in a picture; undefined when there is none, or its chunk is damaged. */
export function maybeFromPng(png: Uint8Array): Uint8Array | undefined {
  const chunk = chunksOf(png)?.find(({ type }) => type === ours);
  if (!chunk) return undefined;
  const end = chunk.at + 8 + chunk.length;
  const crc = new DataView(png.buffer, png.byteOffset).getUint32(end);
  return crc === crc32(png.subarray(chunk.at + 4, end)) ? png.subarray(chunk.at + 8, end) : undefined;
}

function chunksOf(png: Uint8Array): readonly Chunk[] | undefined {
  if (!isPng(png)) return undefined;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at: number = signature.length; at + frameBytes <= png.length && chunks.length < mostChunks; ) {
    const length = view.getUint32(at);
    if (at + frameBytes + length > png.length) return undefined;
    const type = view.getUint32(at + 4);
    chunks.push({ type, at, length });
    if (type === lastChunk) return chunks;
    at += frameBytes + length;
  }
  return undefined;
}

function typeCode(name: string): number {
  return [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
}

const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcs[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
