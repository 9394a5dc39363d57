// All that a lane may be sent over its port: the engine's requests, and the libraries that they need.

import type { LaneRequest } from '#engine/lane-protocol.ts';

/** A shipped library as module text; sent to a lane before the first segment that needs it. */
export interface LibraryText {
  readonly type: 'library';
  readonly specifier: string;
  readonly text: string;
}

export type PortRequest = LaneRequest | LibraryText;
