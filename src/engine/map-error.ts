// From positions in a segment module to positions in the user's own source.

import type { BodyError, SourcePosition } from '#model/events.ts';
import type { LaneError } from '#model/lane-error.ts';
import { type ModulePlace, placeOf } from './segment-module.ts';

/** The error with its position and its stack in bodies and shared modules; other frames are dropped. */
export function mapLaneError(error: LaneError, places: readonly ModulePlace[]): BodyError {
  const stack: string[] = [];
  let position: SourcePosition | undefined;
  for (const frame of error.frames) {
    const found = placeOf(places, frame.line);
    if (!found) continue;
    const { place, line } = found;
    const source = place.kind === 'body' ? { assetKey: place.name } : { module: place.name };
    position ??= { ...source, line, column: frame.column };
    stack.push(`at ${frame.fn || '(anonymous)'} (${place.name}:${line}:${frame.column})`);
  }
  return {
    name: error.name,
    message: error.message,
    ...(position === undefined ? {} : { position }),
    ...(stack.length === 0 ? {} : { stack }),
    ...(error.cause === undefined ? {} : { cause: mapLaneError(error.cause, places) }),
    ...(error.metadata === undefined ? {} : { metadata: error.metadata }),
  };
}
