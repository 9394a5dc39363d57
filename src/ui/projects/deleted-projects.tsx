// Projects that were deleted within the last day: each can be brought back, or erased to free its room.

import { Button } from '@mantine/core';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DiscardedProject } from '#engine/ports.ts';
import { ConfirmDialog } from '#ui/kit/confirm-dialog.tsx';
import { formatPlural } from '#ui/kit/format.ts';
import { RelativeTime } from '#ui/kit/relative-time.tsx';
import css from './projects.module.css';
import { useProjectActions } from './use-project-actions.ts';

export function DeletedProjects({ projects }: { readonly projects: readonly DiscardedProject[] }) {
  const actions = useProjectActions();
  const [doomed, setDoomed] = useState<DiscardedProject>();
  const [isErasing, setIsErasing] = useState(false);
  if (projects.length === 0) return null;

  const erase = async ({ row }: DiscardedProject) => {
    setIsErasing(true);
    await actions.erase(row.projectId, row.name);
    setIsErasing(false);
    setDoomed(undefined);
  };

  return (
    <section aria-labelledby="deleted-title">
      <h2 id="deleted-title" className={css.sectionTitle}>
        Recently deleted
      </h2>
      <p className={css.sectionText}>Kept for a day with everything in them, then removed for good.</p>
      <ul className={css.projects}>
        {projects.map((project) => (
          <li key={project.row.projectId} className={css.deletedRow}>
            <span className={css.deletedName} title={project.row.name}>
              {project.row.name}
            </span>
            <span className={css.rowFact}>
              Deleted <RelativeTime at={project.discardedAt} />
            </span>
            <Button
              size="sm"
              variant="default"
              leftSection={<IconRestore size={14} stroke={1.75} />}
              onClick={() => void actions.recover(project.row.projectId, project.row.name)}
            >
              Bring back
            </Button>
            <Button
              size="sm"
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={14} stroke={1.75} />}
              onClick={() => setDoomed(project)}
            >
              Erase
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={doomed !== undefined}
        title={`Erase “${doomed?.row.name ?? ''}”?`}
        confirmLabel="Erase project"
        danger
        busy={isErasing}
        onCancel={() => setDoomed(undefined)}
        onConfirm={() => doomed && void erase(doomed)}
      >
        {formatPlural(doomed?.row.assetCount ?? 0, 'asset')}, all runs and every stored value of the project
        leave this browser now. This cannot be undone.
      </ConfirmDialog>
    </section>
  );
}
