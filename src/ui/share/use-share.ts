// What the dialog shares: gathered and packed anew for each choice, of the project as it was when the dialog opened.

import { useEffect, useState } from 'react';
import { maxShareBytes, packBundle } from '#interop/share/share-bundle.ts';
import { maxShareText } from '#interop/share/share-content.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { type Services, useServices } from '#ui/kit/services.tsx';
import { type GatheredBundle, gatherBundle, type ShareChoice, type ShareSource } from './gather-bundle.ts';

export interface PackedShare extends GatheredBundle {
  readonly packed: Uint8Array<ArrayBuffer>;
}

export type Shared =
  | { readonly type: 'ready'; readonly share: PackedShare }
  | { readonly type: 'too-large'; readonly bytes: number; readonly most: number }
  | { readonly type: 'failed'; readonly detail: string };

export interface Sharing {
  /** Of an earlier choice while the newest is being packed. */
  readonly shared: Shared | undefined;
  /** What that was packed for. */
  readonly choice: ShareChoice;
  readonly isBusy: boolean;
}

/** The project as it is now, with everything that was typed so far. Undefined when none is open. */
export function useShareSource(): ShareSource | undefined {
  const services = useServices();
  const [source] = useState(() => sourceOf(services));
  return source;
}

function sourceOf({ workspace, documents, runs }: Services): ShareSource | undefined {
  flushDrafts(documents);
  const { projectId, document, graph } = documents.store.getState();
  if (projectId === undefined) return undefined;
  return { workspace, projectId, document, graph, states: runs.store.getState().states };
}

export function useShare(source: ShareSource, choice: ShareChoice): Sharing {
  const [last, setLast] = useState<{ readonly shared: Shared; readonly choice: ShareChoice }>();
  useEffect(() => {
    let isCurrent = true;
    const tell = (shared: Shared) => {
      if (isCurrent) setLast({ shared, choice });
    };
    packed(source, choice).then(tell, (thrown: unknown) =>
      tell({ type: 'failed', detail: thrown instanceof Error ? thrown.message : String(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [source, choice]);
  return { shared: last?.shared, choice: last?.choice ?? choice, isBusy: last?.choice !== choice };
}

async function packed(source: ShareSource, choice: ShareChoice): Promise<Shared> {
  const gathered = await gatherBundle(source, choice);
  const { length } = gathered.bundle.documentText;
  if (length > maxShareText) return { type: 'too-large', bytes: length, most: maxShareText };
  if (gathered.bytes > maxShareBytes)
    return { type: 'too-large', bytes: gathered.bytes, most: maxShareBytes };
  return { type: 'ready', share: { ...gathered, packed: await packBundle(gathered.bundle) } };
}
