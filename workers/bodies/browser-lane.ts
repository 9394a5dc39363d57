// Puts a lane into a classic blob worker of the runner frame.

import type { LaneReply } from '#engine/lane-protocol.ts';
import type { WorkerStart } from './contract.ts';
import { freezeDeep } from './freeze-realm.ts';
import { createLaneHandler } from './handler.ts';
import { laneCodec } from './lane-codec.ts';
import type { PortRequest } from './port-request.ts';
import { lockRealm } from './realm.ts';

// All bodies of a segment share the module's `import.meta`. At the end, so that no line moves.
const lockMeta = '\nObject.freeze(import.meta.resolve); Object.freeze(import.meta);';

/**
 * Zod completes its classes when each is first used, so they cannot be frozen: what a body changes in them, later
 * steps of the same lane see.
 */
const unfinishedLibraries: ReadonlySet<string> = new Set(['zod']);

/** Locks the realm at once, so that a spare worker is ready before it is wanted, then waits for its port. */
export function startBrowserLane(scope: typeof globalThis): void {
  const realm = lockRealm(scope);
  const importText = async (text: string): Promise<{ exports: object; url: string }> => {
    const url = realm.moduleUrl(text + lockMeta);
    try {
      return { exports: (await import(/* @vite-ignore */ url)) as object, url };
    } finally {
      realm.revokeUrl(url);
    }
  };
  warmUp(importText);
  void realm.firstMessage.then((event) => {
    const { port } = event.data as WorkerStart;
    const texts = new Map<string, string>();
    const handle = createLaneHandler({
      post(reply: LaneReply, transfer) {
        if (typeof reply === 'number') realm.postToFrame(reply);
        else if (transfer === undefined) port.postMessage(reply);
        else port.postMessage(reply, transfer);
      },
      now: realm.now,
      yieldToMessages: realm.yieldToMessages,
      importModule: importText,
      async loadLibrary(specifier) {
        const text = texts.get(specifier);
        if (text === undefined) throw new Error(`There is no library “${specifier}”.`);
        const library = { ...(await importText(text)).exports };
        return unfinishedLibraries.has(specifier) ? Object.freeze(library) : freezeDeep(library);
      },
      every: realm.every,
      timers: realm.timers,
      codec: laneCodec,
      listen: realm.listen,
    });
    port.onmessage = ({ data }: MessageEvent<PortRequest>) => {
      if (data.type === 'library') texts.set(data.specifier, data.text);
      else handle(data);
    };
  });
}

// What the first step would otherwise wait for: the first import of a realm, and code compiled on first use.
function warmUp(importText: (text: string) => Promise<unknown>): void {
  void importText('');
  const encoded = laneCodec.encode([{ warm: 1, up: 'yes' }]);
  if (encoded.ok) laneCodec.freeze(laneCodec.decode(encoded.value));
}
