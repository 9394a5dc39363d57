// Finding an asset on the canvas: type, choose with the arrows, Enter goes there.

import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from 'react';
import type { AssetId } from '#model/ids.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { searchAssets } from '#ui/kit/search-assets.ts';
import { useDocument, useRuns } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import css from './canvas-search.module.css';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { useGoToAsset } from './use-go-to-asset.ts';

const mostShown = 50;

/** Brings the marked row into view when it is marked. */
const scrollIntoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });

export function CanvasSearch() {
  const isSearching = useCanvas((state) => state.isSearching);
  return isSearching ? <SearchBox /> : null;
}

function SearchBox() {
  const canvas = useCanvasStore();
  const goToAsset = useGoToAsset();
  const document = useDocument((state) => state.document);
  const states = useRuns((state) => state.states);
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const deferred = useDeferredValue(text);
  const found = useMemo(() => searchAssets(document, deferred, mostShown), [document, deferred]);
  const id = useId();

  const close = () => canvas.setState({ isSearching: false });
  const go = (assetId: AssetId) => {
    close();
    goToAsset(assetId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') setMarked(Math.min(found.length - 1, marked + 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(0, marked - 1));
    else if (event.key === 'Enter') {
      const hit = searchAssets(document, text, mostShown)[marked];
      if (hit) go(hit.asset.id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Panel position="top-center" className={css.panel ?? ''}>
      <TextInput
        autoFocus
        role="combobox"
        aria-label="Find on the canvas"
        aria-expanded={found.length > 0}
        aria-controls={id}
        {...(found[marked] ? { 'aria-activedescendant': `${id}-${marked}` } : {})}
        placeholder="Find by name, group, tag, kind or description"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={14} stroke={1.75} />}
        rightSection={
          <ActionIcon aria-label="Close the search" onClick={close}>
            <IconX size={14} stroke={1.75} />
          </ActionIcon>
        }
        autoComplete="off"
        spellCheck={false}
      />
      {deferred.trim() === '' ? null : (
        <div id={id} role="listbox" aria-label="Assets found" className={`nowheel ${css.list}`}>
          {found.length === 0 ? <div className={css.none}>No asset matches “{deferred.trim()}”</div> : null}
          {found.map(({ asset, where }, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's
            <div
              key={asset.id}
              ref={i === marked ? scrollIntoView : null}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === marked}
              className={css.row}
              onPointerMove={() => setMarked(i)}
              onClick={() => go(asset.id)}
            >
              <StatusIcon status={nodeStatus(asset, states.get(asset.id))} />
              <span className={css.key}>{asset.key}</span>
              <span className={css.where}>{where ?? asset.group ?? ''}</span>
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}
