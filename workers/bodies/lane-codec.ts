// The value codec as a lane uses it.

import type { ValueCodec } from './lane-values.ts';

const text = { in: new TextEncoder(), out: new TextDecoder() };

export const laneCodec: ValueCodec = {
  encode: (value) => ({ ok: true, value: text.in.encode(JSON.stringify({ value })) }),
  decode: (bytes) => (JSON.parse(text.out.decode(bytes)) as { value: unknown }).value,
  freeze: () => true,
};
