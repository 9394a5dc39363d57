// Reads what stands in a link: what it brings, or why it brings nothing.

import { useEffect, useState } from 'react';
import type { Arrival } from '#state/arrival-store.ts';
import { type Message, messageOf } from '#ui/kit/messages.ts';

export type LinkReading =
  | { readonly type: 'reading' }
  | { readonly type: 'refused'; readonly message: Message }
  | { readonly type: 'read'; readonly arrival: Arrival };

/** `take` may do away with what was read before it is shown: it answers whether it did. */
export function useLinkArrival(text: string, take?: (arrival: Arrival) => Promise<boolean>): LinkReading {
  const [reading, setReading] = useState<LinkReading>({ type: 'reading' });
  useEffect(() => {
    const stop = new AbortController();
    setReading({ type: 'reading' });
    void read(text, stop.signal, take).then((outcome) => {
      if (outcome && !stop.signal.aborted) setReading(outcome);
    });
    return () => stop.abort();
  }, [text, take]);
  return reading;
}

async function read(
  text: string,
  signal: AbortSignal,
  take: ((arrival: Arrival) => Promise<boolean>) | undefined,
): Promise<LinkReading | undefined> {
  try {
    const { readLinkText } = await import('./read-arrival.ts');
    const arrival = await readLinkText(text);
    if (!arrival.ok) return { type: 'refused', message: messageOf(arrival.error) };
    if (signal.aborted || (await take?.(arrival.value))) return undefined;
    return { type: 'read', arrival: arrival.value };
  } catch (error) {
    return { type: 'refused', message: { title: error instanceof Error ? error.message : String(error) } };
  }
}
