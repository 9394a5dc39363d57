// The projects of this browser, newest opened first.

import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArchive, IconDeviceFloppy, IconDots, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ProjectRow } from '#engine/ports.ts';
import { ConfirmDialog } from '#ui/kit/confirm-dialog.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import css from './projects.module.css';
import { useProjectActions } from './use-project-actions.ts';

interface ProjectListProps {
  readonly rows: readonly ProjectRow[];
  onChanged(): void;
}

export function ProjectList({ rows, onChanged }: ProjectListProps) {
  const actions = useProjectActions();
  const [doomed, setDoomed] = useState<ProjectRow>();
  const [deleting, setDeleting] = useState(false);

  const remove = async (row: ProjectRow) => {
    setDeleting(true);
    await actions.remove(row.projectId, row.name);
    setDeleting(false);
    setDoomed(undefined);
    onChanged();
  };

  return (
    <section aria-label="Your projects">
      <ul className={css.projects}>
        {rows.map((row) => (
          <li key={row.projectId} className={css.row}>
            <Link className={css.rowLink} to="/p/$projectId/graph" params={{ projectId: row.projectId }}>
              {row.name === '' ? 'Untitled project' : row.name}
            </Link>
            <span className={css.rowFact}>{formatPlural(row.assetCount, 'asset')}</span>
            <span className={css.rowFact}>
              Opened <RelativeTime at={row.openedAt} />
            </span>
            <Menu position="bottom-end" width={240}>
              <Menu.Target>
                <ActionIcon className={css.rowMenu} aria-label={`More for “${row.name}”`}>
                  <IconDots size={16} stroke={1.75} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
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
                  onClick={() => setDoomed(row)}
                >
                  Delete
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={doomed !== undefined}
        title={`Delete “${doomed?.name ?? ''}”?`}
        confirmLabel="Delete project"
        danger
        busy={deleting}
        aside={
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArchive size={16} stroke={1.5} />}
            onClick={() => doomed && void actions.backUp(doomed.projectId, doomed.name)}
          >
            Back up first
          </Button>
        }
        onCancel={() => setDoomed(undefined)}
        onConfirm={() => doomed && void remove(doomed)}
      >
        {formatPlural(doomed?.assetCount ?? 0, 'asset')}, all runs and every stored value of the project leave
        this browser. This cannot be undone; a backup can be restored.
      </ConfirmDialog>
    </section>
  );
}
