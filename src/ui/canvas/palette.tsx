// What can be put on the canvas: drag it to its place, or press Enter and it finds one. Folds to icons.

import { ActionIcon, Portal, Tooltip } from '@mantine/core';
import {
  IconBraces,
  IconChevronsLeft,
  IconChevronsRight,
  IconEye,
  IconFileSpreadsheet,
  IconNote,
  IconWorld,
} from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { type DragEvent, useState } from 'react';
import { unitIcons } from '#ui/inspector/unit-looks.ts';
import { keysText } from '#ui/kit/key-hint.tsx';
import { useServices } from '#ui/kit/services.tsx';
import { shortcuts } from '#ui/kit/shortcuts.ts';
import { useActions } from './actions-context.ts';
import type { NewItem } from './canvas-actions.ts';
import css from './palette.module.css';
import { useTouchDrag } from './use-touch-drag.ts';

const mime = 'application/x-headwater-item';

const items: readonly {
  readonly item: NewItem;
  readonly label: string;
  readonly about: string;
  readonly Icon: typeof IconBraces;
  readonly keys?: string;
}[] = [
  {
    item: 'asset',
    label: 'TypeScript asset',
    about: 'Data that a TypeScript function makes',
    Icon: IconBraces,
    keys: shortcuts.addAsset.keys,
  },
  {
    item: 'multi',
    label: 'Multi-asset',
    about: 'Several assets that one TypeScript function makes together',
    Icon: unitIcons.multi,
  },
  {
    item: 'graph',
    label: 'Graph asset',
    about: 'An asset made in several steps, ops, that you wire on a canvas of its own',
    Icon: unitIcons.graph,
  },
  {
    item: 'observable',
    label: 'Observable asset',
    about: 'Data made elsewhere that a TypeScript function looks at, to see whether they changed',
    Icon: IconEye,
  },
  {
    item: 'multi-observable',
    label: 'Multi-observable',
    about: 'Several assets made elsewhere that one TypeScript function looks at together',
    Icon: unitIcons['multi-observable'],
  },
  {
    item: 'external',
    label: 'External asset',
    about: 'Data that something else makes: it can be depended on, not materialized',
    Icon: IconWorld,
  },
  { item: 'note', label: 'Note', about: 'Words on the canvas', Icon: IconNote, keys: shortcuts.addNote.keys },
];

const isNewItem = (text: string): text is NewItem => items.some(({ item }) => item === text);

export function Palette() {
  const { preferences } = useServices();
  const actions = useActions();
  const [isOpen, setIsOpen] = useState(() => preferences.read('palette') === 'open');
  const toggle = () => {
    setIsOpen(!isOpen);
    preferences.write('palette', isOpen ? 'folded' : 'open');
  };
  const { carried, handlers } = useTouchDrag();
  const fold = isOpen ? 'Fold the palette' : 'Unfold the palette';
  return (
    <Panel position="center-left" className={css.palette ?? ''} data-overlay="left">
      <section aria-label="Palette" className={css.items} data-open={isOpen || undefined}>
        {items.map(({ item, label, about, Icon, keys }) => (
          <Tooltip
            key={item}
            position="right"
            multiline
            w={220}
            label={`${isOpen ? about : `${label}: ${about.charAt(0).toLowerCase()}${about.slice(1)}`}. Drag it to the canvas${keys ? `, or press ${keysText(keys)}` : ''}.`}
          >
            <button
              type="button"
              className={css.item}
              draggable
              aria-label={label}
              onDragStart={(event) => {
                event.dataTransfer.setData(mime, item);
                event.dataTransfer.effectAllowed = 'copy';
              }}
              onClick={() => actions.add(item)}
              {...handlers(item)}
            >
              <Icon size={18} stroke={1.5} aria-hidden />
              {isOpen ? <span>{label}</span> : null}
            </button>
          </Tooltip>
        ))}
        {isOpen ? (
          <div className={css.hint}>
            <IconFileSpreadsheet size={18} stroke={1.5} aria-hidden />
            <span>Drop a data file on the canvas to make an asset of it.</span>
          </div>
        ) : null}
        <Tooltip label={fold} position="right">
          <ActionIcon
            size="md"
            className={css.fold ?? ''}
            aria-label={fold}
            aria-expanded={isOpen}
            onClick={toggle}
          >
            {isOpen ? (
              <IconChevronsLeft size={16} stroke={1.5} />
            ) : (
              <IconChevronsRight size={16} stroke={1.5} />
            )}
          </ActionIcon>
        </Tooltip>
      </section>
      {carried ? (
        <Portal>
          <div className={css.carried} style={{ left: carried.x, top: carried.y }} aria-hidden>
            {items.find(({ item }) => item === carried.item)?.label}
          </div>
        </Portal>
      ) : null}
    </Panel>
  );
}

/** Does this drag carry something from the palette? What, is only known when it is dropped. */
export const carriesItem = (event: DragEvent): boolean => event.dataTransfer.types.includes(mime);

export function droppedItem(event: DragEvent): NewItem | undefined {
  const text = event.dataTransfer.getData(mime);
  return isNewItem(text) ? text : undefined;
}
