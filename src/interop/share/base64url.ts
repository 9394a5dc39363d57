// Bytes as text that stands in an address as it is: RFC 4648 §5, without padding.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const codes = new TextEncoder().encode(alphabet);
const none = 255;
const valueByCode = new Uint8Array(128).fill(none);
for (const [value, code] of codes.entries()) valueByCode[code] = value;

export const base64urlLength = (byteLength: number): number => Math.ceil((byteLength * 4) / 3);

export function toBase64url(bytes: Uint8Array): string {
  const text = new Uint8Array(base64urlLength(bytes.length));
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let shift = 18; shift >= 0 && at < text.length; shift -= 6)
      text[at++] = codes[(group >> shift) & 63] ?? 0;
  }
  return new TextDecoder().decode(text);
}

/** Undefined for anything that `toBase64url` does not write. */
export function maybeFromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let group = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = valueByCode[text.charCodeAt(i)] ?? none;
    if (value === none) return undefined;
    group = (group << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = group >> bits;
    group &= (1 << bits) - 1;
  }
  // What is left over of the last character says nothing, and is written as zeros.
  return group === 0 ? bytes : undefined;
}

/** White space and what mail programs put at the beginning of quoted lines. */
const isPassedOver = new Uint8Array(128);
for (const code of new TextEncoder().encode('>| \t\r\n')) isPassedOver[code] = 1;
const otherSpaces = new Set([0xa0, 0x200b, 0xfeff]);

export interface GatheredText {
  readonly text: string;
  /** Where it ends in what it was gathered from. */
  readonly end: number;
}

/** The characters of such a text from a place on, whatever white space and quoting marks stand between; at most `most`. */
export function gatherBase64url(from: string, start: number, most: number): GatheredText {
  const isOurs = (at: number) => (valueByCode[from.charCodeAt(at)] ?? none) !== none;
  let end = start;
  let length = 0;
  for (; end < from.length && length < most; end++)
    if (isOurs(end)) length++;
    else if (isPassedOver[from.charCodeAt(end)] !== 1 && !otherSpaces.has(from.charCodeAt(end))) break;
  if (length === end - start) return { text: from.slice(start, end), end };
  const gathered = new Uint8Array(length);
  let to = 0;
  for (let at = start; at < end; at++) if (isOurs(at)) gathered[to++] = from.charCodeAt(at);
  return { text: new TextDecoder().decode(gathered), end };
}
