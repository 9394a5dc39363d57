// The files of the project as a tree; those of what is selected on the canvas carry a mark.

import { IconFile, IconFileTypeTs, IconFolder, IconFolderOpen } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ProjectId } from '#model/ids.ts';
import css from './code-page.module.css';
import type { CodeSearch } from './code-target.ts';
import { fileRows } from './file-rows.ts';

interface FileTreeProps {
  readonly projectId: ProjectId;
  /** Of the addresses of files. */
  readonly search: CodeSearch;
  readonly paths: readonly string[];
  readonly shown: string;
  readonly marked: ReadonlySet<string>;
  /** Folders, without "/" at the end, that begin closed. */
  readonly closedFirst: readonly string[];
}

const rowHeight = 28;

export function FileTree({ projectId, search, paths, shown, marked, closedFirst }: FileTreeProps) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isClosed = (folder: string): boolean =>
    toggled.get(folder) ?? (closedFirst.includes(folder) && !shown.startsWith(`${folder}/`));
  const all = useMemo(() => fileRows(paths), [paths]);
  const closed = all.filter((row) => row.isFolder && isClosed(row.path)).map(({ path }) => `${path}/`);
  const rows =
    closed.length === 0 ? all : all.filter(({ path }) => !closed.some((folder) => path.startsWith(folder)));
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
          if (isFolder) {
            const isOpen = !isClosed(path);
            const FolderIcon = isOpen ? IconFolderOpen : IconFolder;
            return (
              <button
                key={path}
                type="button"
                className={css.folder}
                style={style}
                title={path}
                aria-expanded={isOpen}
                onClick={() => setToggled(new Map(toggled).set(path, isOpen))}
              >
                <FolderIcon size={16} stroke={1.5} aria-hidden />
                <span className={css.name}>{name}</span>
              </button>
            );
          }
          const Icon = name.endsWith('.ts') ? IconFileTypeTs : IconFile;
          return (
            <Link
              key={path}
              className={css.file}
              style={style}
              to="/p/$projectId/code/$"
              params={{ projectId, _splat: path }}
              search={search}
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
