// The files of the project as a tree; those of what is selected on the canvas carry a mark.

import { IconFile, IconFileTypeTs, IconFolder } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { ProjectId } from '#model/ids.ts';
import css from './code-page.module.css';
import { fileRows } from './file-rows.ts';

interface FileTreeProps {
  readonly projectId: ProjectId;
  readonly paths: readonly string[];
  readonly shown: string;
  readonly marked: ReadonlySet<string>;
}

const rowHeight = 28;

export function FileTree({ projectId, paths, shown, marked }: FileTreeProps) {
  const rows = useMemo(() => fileRows(paths), [paths]);
  const place = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const index = rows.findIndex(({ path }) => path === shown);
  useEffect(() => {
    if (index >= 0) virtualizer.scrollToIndex(index);
  }, [virtualizer, index]);
  return (
    <nav className={css.tree} aria-label="Files" ref={place}>
      <div className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const { path, name, depth, isFolder } = row;
          const style = { transform: `translateY(${item.start}px)`, paddingLeft: 8 + depth * 16 };
          if (isFolder)
            return (
              <div key={path} className={css.folder} style={style}>
                <IconFolder size={16} stroke={1.5} aria-hidden />
                <span className={css.name}>{name}</span>
              </div>
            );
          const Icon = name.endsWith('.ts') ? IconFileTypeTs : IconFile;
          return (
            <Link
              key={path}
              className={css.file}
              style={style}
              to="/p/$projectId/code/$"
              params={{ projectId, _splat: path }}
              title={path}
              aria-current={path === shown ? 'page' : undefined}
            >
              <Icon size={16} stroke={1.5} aria-hidden />
              <span className={css.name}>{name}</span>
              {marked.has(path) ? <span className={css.mark} title="Selected on the canvas" /> : null}
            </Link>
          );
        })}
      </div>
    </nav>
  );
}
