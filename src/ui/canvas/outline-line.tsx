// One line of the outline: a group, an asset with its status, what it reads or feeds, or a note.

import { IconChevronRight } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import type { Asset } from '#model/document.ts';
import { nodeStatus } from '#ui/inspector/asset-facts.ts';
import { groupColour } from '#ui/inspector/group-hue.ts';
import { formatCount, formatPlural } from '#ui/kit/format.ts';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { StatusIcon } from '#ui/kit/status-icon.tsx';
import { useCanvas } from './canvas-store.ts';
import { NameInput } from './node-name.tsx';
import css from './outline.module.css';
import type { OutlineRow } from './outline-rows.ts';

export const outlineRowDomId = (row: OutlineRow): string => `outline ${row.id}`.replaceAll(/\s/g, '·');

export interface OutlineLineProps {
  readonly row: OutlineRow;
  readonly top: number;
  readonly isActive: boolean;
  readonly isRenaming: boolean;
  onRenamed(): void;
  onFold(isOpen: boolean): void;
  onClick(event: MouseEvent): void;
  onOpen(): void;
}

export function OutlineLine(props: OutlineLineProps) {
  const { row, top, isActive, isRenaming, onRenamed, onFold, onClick, onOpen } = props;
  const isSelected = useSession(({ selectedAssets, selectedNotes }) =>
    row.type === 'asset'
      ? selectedAssets.has(row.asset.id)
      : row.type === 'note' && selectedNotes.has(row.note.id),
  );
  const isOpen = row.type === 'group' || row.type === 'asset' ? row.isOpen : undefined;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      id={outlineRowDomId(row)}
      role="treeitem"
      className={css.row}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (row.level - 1) * 16 }}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-selected={isSelected}
      {...(isOpen === undefined ? {} : { 'aria-expanded': isOpen })}
      data-active={isActive || undefined}
      data-type={row.type}
      onClick={onClick}
      onDoubleClick={onOpen}
    >
      <span
        className={css.fold}
        data-open={isOpen}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          if (isOpen !== undefined) onFold(!isOpen);
        }}
      >
        {isOpen === undefined ? null : <IconChevronRight size={14} stroke={2} />}
      </span>
      {row.type === 'group' ? (
        <>
          <span className={css.groupName}>{row.name}</span>
          <span className={css.count}>{formatCount(row.count)}</span>
        </>
      ) : row.type === 'note' ? (
        <span className={css.words}>{row.note.text.split('\n', 1)[0] || 'Empty note'}</span>
      ) : row.type === 'neighbour' ? (
        <Named asset={row.asset} before={<span className={css.relation}>{row.relation}</span>} />
      ) : isRenaming ? (
        <NameInput asset={row.asset} onEnd={onRenamed} />
      ) : (
        <Named asset={row.asset} after={<Badges asset={row.asset} />} />
      )}
    </div>
  );
}

interface NamedProps {
  readonly asset: Asset;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}

function Named({ asset, before, after }: NamedProps) {
  const state = useRuns((runs) => runs.states.get(asset.id));
  const colour = useDocument(({ document }) => groupColour(document, asset.group));
  const fraction = state?.status === 'running' ? state.progress?.fraction : undefined;
  return (
    <>
      {before}
      <span className={css.swatch} style={{ background: colour }} />
      <span className={css.words} title={asset.key}>
        {asset.key}
      </span>
      {after}
      <StatusIcon
        status={nodeStatus(asset, state)}
        size={14}
        {...(fraction === undefined ? {} : { progress: fraction })}
      />
    </>
  );
}

function Badges({ asset }: { readonly asset: Asset }) {
  const problems = useCanvas((canvas) => canvas.problemCounts.get(asset.id) ?? 0);
  if (problems === 0) return null;
  return (
    <span className={css.problems} title={formatPlural(problems, 'problem')}>
      {problems}
      <span className="hw-hidden"> {problems === 1 ? 'problem' : 'problems'}</span>
    </span>
  );
}
