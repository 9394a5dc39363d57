// Anything a body threw, as plain data. The thrown thing is hostile until proven otherwise: every read of
// it may throw, and every text is clipped.

import type { MetadataEntries } from '#model/events.ts';
import type { LaneError, LaneFrame } from '#model/lane-error.ts';
import { coerceMetadata } from './metadata.ts';
import { Failure } from './results.ts';

const maxMessage = 10_000;
const maxFrames = 30;
const maxCauses = 5;

/**
 * The error's name, message, causes and the frames that lie in `moduleUrl`, innermost first.
 * Frames elsewhere (our own machinery) are left out.
 */
export function describeError(thrown: unknown, moduleUrl: string, depth = 0): LaneError {
  if (typeof thrown !== 'object' || thrown === null)
    return { name: 'Error', message: clip(describeThrownValue(thrown)), frames: [] };
  const name = readText(thrown, 'name') || 'Error';
  const message = readText(thrown, 'message');
  const stack = readText(thrown, 'stack');
  const cause = depth < maxCauses ? readCause(thrown) : undefined;
  const metadata = failureMetadata(thrown);
  return {
    name: name.slice(0, 200),
    message: clip(message),
    frames: parseFrames(stack, moduleUrl),
    ...(cause === undefined ? {} : { cause: describeError(cause, moduleUrl, depth + 1) }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** Frames of a V8, Firefox or Safari stack that lie in `moduleUrl`. */
export function parseFrames(stack: string, moduleUrl: string): LaneFrame[] {
  const frames: LaneFrame[] = [];
  for (const line of stack.split('\n')) {
    const at = line.indexOf(moduleUrl);
    if (at < 0) continue;
    const position = /^:(\d+):(\d+)/.exec(line.slice(at + moduleUrl.length));
    if (!position) continue;
    const before = line.slice(0, at);
    const fn = (
      /at (?:async )?(?:new )?(.*?) \($/.exec(before)?.[1] ??
      /^(?:async\*?)?(.*?)@$/.exec(before)?.[1] ??
      ''
    ).trim();
    frames.push({ fn: fn.slice(0, 200), line: Number(position[1]), column: Number(position[2]) });
    if (frames.length === maxFrames) break;
  }
  return frames;
}

function describeThrownValue(thrown: unknown): string {
  if (typeof thrown === 'string') return `Thrown: ${thrown}`;
  if (typeof thrown === 'function') return 'A function was thrown.';
  return `Thrown: ${String(thrown)}`;
}

function readText(thrown: object, field: string): string {
  try {
    const value: unknown = Reflect.get(thrown, field);
    return typeof value === 'string' ? value : '';
  } catch {
    // A hostile getter: the field counts as empty.
    return '';
  }
}

function readCause(thrown: object): unknown {
  try {
    return Reflect.get(thrown, 'cause');
  } catch {
    // A hostile getter: the error counts as having no cause.
    return undefined;
  }
}

function failureMetadata(thrown: object): MetadataEntries | undefined {
  if (!(thrown instanceof Failure)) return undefined;
  try {
    return coerceMetadata(thrown.metadata);
  } catch {
    // Metadata that does not coerce must not hide the failure that carries it.
    return undefined;
  }
}

const clip = (text: string): string => (text.length <= maxMessage ? text : `${text.slice(0, maxMessage)}…`);
