// Every materialization of an asset, newest first, each with its metadata and the way to its value; and why
// the latest attempt failed, if it did.

import { ActionIcon, Button, Modal, Tooltip } from '@mantine/core';
import { IconHistory, IconTable } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Materialization } from '#model/asset-state.ts';
import type { AssetId } from '#model/ids.ts';
import { Disclosure } from '#ui/kit/disclosure.tsx';
import { formatDuration, formatExact } from '#ui/kit/format.ts';
import { RunLink } from '#ui/kit/links.tsx';
import { MetadataTable } from '#ui/kit/metadata-table.tsx';
import { EmptyState, ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';
import { useNow } from '#ui/kit/use-now.ts';
import { sizeText } from './asset-facts.ts';
import { FailureStrip } from './failure-strip.tsx';
import css from './materialization-history.module.css';
import { RestoreButton } from './restore-button.tsx';
import { ValueView } from './value-view.tsx';

const pageSize = 20;

type Found =
  | { readonly type: 'loading' }
  | { readonly type: 'failed'; readonly detail: string }
  | { readonly type: 'ready'; readonly items: readonly Materialization[]; readonly hasMore: boolean };

export function MaterializationHistory({ assetId }: { readonly assetId: AssetId }) {
  const asset = useDocument((state) => state.document.assets.get(assetId));
  const { found, more, again } = useHistory(assetId);
  const [shown, setShown] = useState<Materialization>();
  return (
    <div className={css.history}>
      {asset ? <FailureStrip asset={asset} /> : null}
      <Content assetId={assetId} found={found} onMore={more} onAgain={again} onOpen={setShown} />
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        title={shown ? `${asset?.key ?? ''} · ${formatExact(shown.timestamp * 1000)}` : ''}
        size="min(1080px, 92vw)"
        classNames={{ body: css.modalBody ?? '' }}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className={css.modalValue}>
          {shown?.value ? <ValueView value={shown.value} assetKey={asset?.key ?? 'value'} /> : null}
        </div>
      </Modal>
    </div>
  );
}

function useHistory(assetId: AssetId) {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const newest = useRuns((state) => state.states.get(assetId)?.latest?.pointer);
  const [found, setFound] = useState<Found>({ type: 'loading' });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new materialization, or another try, reads again
  useEffect(() => {
    if (projectId === undefined) return;
    let wanted = true;
    workspace.history(projectId, assetId, pageSize).then(
      (items) => wanted && setFound({ type: 'ready', items, hasMore: items.length === pageSize }),
      (error: unknown) => wanted && setFound({ type: 'failed', detail: String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, assetId, newest?.seq, newest?.index, attempt]);

  const more = async () => {
    if (projectId === undefined || found.type !== 'ready') return;
    try {
      const next = await workspace.history(projectId, assetId, pageSize, found.items[found.items.length - 1]);
      // A page that came meanwhile has replaced this one: then this is no longer its end.
      setFound((now) =>
        now === found
          ? { type: 'ready', items: [...found.items, ...next], hasMore: next.length === pageSize }
          : now,
      );
    } catch (error) {
      setFound({ type: 'failed', detail: String(error) });
    }
  };
  return { found, more, again: () => setAttempt(attempt + 1) };
}

interface ContentProps {
  readonly assetId: AssetId;
  readonly found: Found;
  onMore(): Promise<void>;
  onAgain(): void;
  onOpen(materialization: Materialization): void;
}

function Content({ assetId, found, onMore, onAgain, onOpen }: ContentProps) {
  if (found.type === 'loading') return <LoadingState label="Reading the history" />;
  if (found.type === 'failed')
    return (
      <ErrorState
        title="The history could not be read"
        action={
          <Button variant="default" onClick={onAgain}>
            Try again
          </Button>
        }
      >
        {found.detail}
      </ErrorState>
    );
  if (found.items.length === 0)
    return (
      <EmptyState title="Never materialized" icon={<IconHistory size={24} stroke={1.5} />}>
        Each materialization is kept here with its metadata and its value.
      </EmptyState>
    );
  return (
    <>
      <ol className={css.list} aria-label="Materializations">
        {found.items.map((item, i) => (
          <Item
            key={`${item.pointer.seq} ${item.pointer.index}`}
            assetId={assetId}
            item={item}
            isFirst={i === 0}
            onOpen={onOpen}
          />
        ))}
      </ol>
      {found.hasMore ? (
        <Button variant="default" fullWidth onClick={() => void onMore()}>
          Show earlier
        </Button>
      ) : null}
    </>
  );
}

interface ItemProps {
  readonly assetId: AssetId;
  readonly item: Materialization;
  readonly isFirst: boolean;
  onOpen(materialization: Materialization): void;
}

function Item({ assetId, item, isFirst, onOpen }: ItemProps) {
  const [isOpen, setIsOpen] = useState(isFirst);
  const size = item.value ? sizeText(item.value.summary) : 'no value';
  return (
    <li className={css.item}>
      <div className={css.head}>
        <Disclosure isOpen={isOpen} onToggle={() => setIsOpen(!isOpen)}>
          <span className={css.when}>
            <When at={item.timestamp * 1000} />
          </span>
          <span className={css.facts}>
            {size} · {item.restoredFrom ? 'restored' : formatDuration(item.durationMs)}
          </span>
        </Disclosure>
        {item.value && !isFirst && !item.location ? <RestoreButton assetId={assetId} from={item} /> : null}
        {item.value ? (
          <Tooltip label="Open value" position="left">
            <ActionIcon aria-label="Open value" onClick={() => onOpen(item)}>
              <IconTable size={16} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </div>
      {isOpen ? (
        <div className={css.more}>
          {Object.keys(item.metadata).length > 0 ? <MetadataTable entries={item.metadata} /> : null}
          <dl className={css.versions}>
            <dt>Run</dt>
            <dd>
              <RunLink runId={item.runId} />
            </dd>
            {item.restoredFrom ? (
              <>
                <dt>Restored from</dt>
                <dd>the value of {formatExact(item.restoredFrom.timestamp * 1000)}</dd>
              </>
            ) : null}
            <dt>Data version</dt>
            <dd className="hw-mono" title={item.dataVersion}>
              {item.dataVersion.slice(0, 12)}
              {item.dataVersionIsUserProvided ? ' (given)' : ''}
            </dd>
            <dt>Code version</dt>
            <dd className="hw-mono" title={item.codeVersion}>
              {item.codeVersion.slice(0, 12)}
            </dd>
          </dl>
        </div>
      ) : null}
    </li>
  );
}

const dayMs = 24 * 60 * 60 * 1000;

/** Beyond a day "2 days ago" tells materializations apart too badly. */
function When({ at }: { readonly at: number }) {
  const now = useNow();
  if (now - at < dayMs) return <RelativeTime at={at} />;
  return <time dateTime={new Date(at).toISOString()}>{formatExact(at)}</time>;
}
