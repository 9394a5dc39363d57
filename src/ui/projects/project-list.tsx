// The projects of this browser, newest opened first.

import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArchive,
  IconCopy,
  IconDeviceFloppy,
  IconDots,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProjectRow } from '#engine/ports.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import css from './projects.module.css';
import { RenameDialog } from './rename-dialog.tsx';
import { useProjectActions } from './use-project-actions.ts';

const shownName = (row: ProjectRow) => (row.name === '' ? 'Untitled project' : row.name);

export function ProjectList({ rows }: { readonly rows: readonly ProjectRow[] }) {
  const actions = useProjectActions();
  const [renamed, setRenamed] = useState<ProjectRow>();
  return (
    <section aria-label="Your projects">
      <ul className={css.projects}>
        {rows.map((row) => (
          <li key={row.projectId} className={css.row} data-testid="project-row">
            <Link
              className={css.rowLink}
              to="/p/$projectId/graph"
              params={{ projectId: row.projectId }}
              title={shownName(row)}
            >
              {shownName(row)}
            </Link>
            <span className={css.rowFact}>{formatPlural(row.assetCount, 'asset')}</span>
            <span className={css.rowFact}>
              Opened <RelativeTime at={row.openedAt} />
            </span>
            <Menu position="bottom-end" width={248}>
              <Menu.Target>
                <ActionIcon className={css.rowMenu} aria-label={`More for “${shownName(row)}”`}>
                  <IconDots size={16} stroke={1.75} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconPencil size={16} stroke={1.5} />}
                  onClick={() => setRenamed(row)}
                >
                  Rename
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconCopy size={16} stroke={1.5} />}
                  onClick={() => void actions.duplicate(row.projectId, shownName(row))}
                >
                  Duplicate
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item
                  leftSection={<IconDeviceFloppy size={16} stroke={1.5} />}
                  onClick={() => void actions.saveToFile(row.projectId, row.name)}
                >
                  Save to file
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconArchive size={16} stroke={1.5} />}
                  onClick={() => void actions.backUp(row.projectId, row.name)}
                >
                  Back up with runs and values
                </Menu.Item>
                <Menu.Divider />
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash size={16} stroke={1.5} />}
                  onClick={() => void actions.remove(row.projectId, shownName(row))}
                >
                  Delete
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ul>
      {renamed === undefined ? null : (
        <RenameDialog
          name={shownName(renamed)}
          onCancel={() => setRenamed(undefined)}
          onRename={async (name) => {
            if (await actions.rename(renamed.projectId, name)) setRenamed(undefined);
          }}
        />
      )}
    </section>
  );
}
