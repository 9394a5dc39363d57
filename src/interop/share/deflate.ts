// Deflate without a header, by the platform's own streams. Unpacking is bounded: it stops as soon as there is more
// than was foreseen, so that a few bytes cannot fill the memory.

/** A slice of the packed bytes gives at most about a thousand times as much at once. */
const sliceBytes = 2048;

export async function deflate(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await through(
    new CompressionStream('deflate-raw'),
    bytes,
    1 << 20,
    bytes.length + (1 << 20),
  );
  if (!packed.isWhole) throw new Error('Packing made the bytes larger than they can get.');
  return packed.bytes;
}

/** Undefined when the bytes cannot be unpacked, or do not unpack to exactly `length` bytes. */
export async function maybeInflate(
  bytes: Uint8Array,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const unpacked = await through(new DecompressionStream('deflate-raw'), bytes, sliceBytes, length);
    return unpacked.isWhole && unpacked.bytes.length === length ? unpacked.bytes : undefined;
  } catch {
    return undefined;
  }
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  slice: number,
  most: number,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly isWhole: boolean }> {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const write = async () => {
    // A slice is taken in only when what the ones before it gave has been read.
    for (let at = 0; at < bytes.length; at += slice)
      await writer.write(new Uint8Array(bytes.subarray(at, at + slice)));
    await writer.close();
  };
  // What fails in writing fails in reading as well, and is dealt with there.
  const written = write().catch(() => undefined);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!next.value) continue;
    pieces.push(next.value);
    length += next.value.length;
    if (length > most) {
      await reader.cancel();
      return { bytes: new Uint8Array(0), isWhole: false };
    }
  }
  await written;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { bytes: whole, isWhole: true };
}
