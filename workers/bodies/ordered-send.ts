// Sends requests to a lane in order, each segment and resource after the texts of the libraries that it needs.

import type { LaneRequest } from '#engine/lane-protocol.ts';
import type { PortRequest } from './port-request.ts';

export function createOrderedSend(
  post: (request: PortRequest) => void,
  libraryText: (specifier: string) => Promise<string | undefined>,
): (request: LaneRequest) => void {
  const given = new Set<string>();
  // Set while one waits for a library; everything after it waits too.
  let turn: Promise<void> | undefined;

  async function postWithLibraries(request: LaneRequest & { libraries: readonly string[] }): Promise<void> {
    for (const specifier of request.libraries) {
      if (given.has(specifier)) continue;
      const text = await libraryText(specifier);
      // Without its text the lane answers that there is no such library.
      if (text === undefined) continue;
      given.add(specifier);
      post({ type: 'library', specifier, text });
    }
    post(request);
  }

  return (request) => {
    const lacks = 'libraries' in request && request.libraries.some((specifier) => !given.has(specifier));
    if (turn === undefined && !lacks) {
      post(request);
      return;
    }
    const own: Promise<void> = (turn ?? Promise.resolve())
      .then(() => ('libraries' in request ? postWithLibraries(request) : post(request)))
      .then(() => {
        if (turn === own) turn = undefined;
      });
    turn = own;
  };
}
