// The project's name in the top bar: a menu of what can be done with it, and the place where it is renamed.

import { Menu, TextInput } from '@mantine/core';
import {
  IconArchive,
  IconBrandPython,
  IconBrandTypescript,
  IconChevronDown,
  IconCopy,
  IconDeviceFloppy,
  IconLayoutGrid,
  IconPencil,
  IconShare2,
  IconStack2,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { useProvideCommands } from '#ui/kit/app-commands.tsx';
import { noticeError } from '#ui/kit/notices.ts';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useProjectActions } from '#ui/projects/use-project-actions.ts';
import css from './top-bar.module.css';

const ShareDialog = lazy(async () => ({
  default: (await import('#ui/share/share-dialog.tsx')).ShareDialog,
}));

export function ProjectMenu() {
  const name = useDocument((state) => state.document.info.name);
  const projectId = useDocument((state) => state.projectId);
  const actions = useProjectActions();
  const navigate = useNavigate();
  const [renaming, setRenaming] = useState(false);
  const [sharing, setSharing] = useState(false);
  useProvideCommands(() =>
    projectId === undefined
      ? []
      : [{ id: 'share', section: 'Project', label: 'Share…', run: () => setSharing(true) }],
  );
  if (projectId === undefined) return null;
  if (renaming) return <RenameField name={name} onDone={() => setRenaming(false)} />;
  return (
    <>
      {sharing ? (
        <Suspense fallback={null}>
          <ShareDialog onClose={() => setSharing(false)} />
        </Suspense>
      ) : null}
      <Menu position="bottom-start" width={264}>
        <Menu.Target>
          <button type="button" className={css.project} title={name} onDoubleClick={() => setRenaming(true)}>
            <span className={css.projectName}>{name === '' ? 'Untitled project' : name}</span>
            <IconChevronDown size={14} stroke={2} className={css.chevron} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} />} onClick={() => setRenaming(true)}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconShare2 size={16} stroke={1.5} />} onClick={() => setSharing(true)}>
            Share…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDeviceFloppy size={16} stroke={1.5} />}
            onClick={() => void actions.saveToFile(projectId, name)}
          >
            Save to file
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBrandTypescript size={16} stroke={1.5} />}
            onClick={() => void actions.exportCode({ type: 'typescript' })}
          >
            Export as TypeScript project
          </Menu.Item>
          <Menu.Item
            leftSection={<IconBrandPython size={16} stroke={1.5} />}
            onClick={() =>
              void navigate({
                to: '/p/$projectId/code',
                params: { projectId },
                search: { target: 'dagster' },
              })
            }
          >
            Export as Dagster project…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArchive size={16} stroke={1.5} />}
            onClick={() => void actions.backUp(projectId, name)}
          >
            Back up with runs and values
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} stroke={1.5} />}
            onClick={() => void actions.duplicate(projectId, name === '' ? 'Untitled project' : name)}
          >
            Duplicate
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLayoutGrid size={16} stroke={1.5} />}
            onClick={() => void navigate({ to: '/' })}
          >
            All projects
          </Menu.Item>
          <Menu.Item
            leftSection={<IconStack2 size={16} stroke={1.5} />}
            onClick={() => void navigate({ to: '/locations' })}
          >
            Code locations
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function RenameField({ name, onDone }: { readonly name: string; onDone(): void }) {
  const { documents } = useServices();
  const [text, setText] = useState(name);
  const isDone = useRef(false);
  const finish = (keep: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    const wanted = text.trim();
    if (keep && wanted !== '' && wanted !== name) {
      const { description } = documents.store.getState().document.info;
      const error = documents.run({
        type: 'RenameProject',
        name: wanted,
        ...(description === undefined ? {} : { description }),
      });
      if (error) noticeError(error, 'The project was not renamed');
    }
    onDone();
  };
  return (
    <TextInput
      className={css.rename}
      size="sm"
      aria-label="Name of the project"
      value={text}
      autoFocus
      maxLength={200}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
    />
  );
}
