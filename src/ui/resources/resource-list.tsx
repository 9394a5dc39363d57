// The list beside the open resource: those of the project, then the IO managers that every project has.

import { IconBox, IconPlugConnected } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { resourceUsers } from '#model/resource-users.ts';
import { useDocument } from '#ui/kit/services.tsx';
import { readyManagerInfos } from './ready-manager.tsx';
import css from './resources-page.module.css';

export function ResourceList({ opened }: { readonly opened: string | undefined }) {
  const document = useDocument((state) => state.document);
  const users = useMemo(() => resourceUsers(document), [document]);
  const own = [...document.resources.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return (
    <nav className={css.list} aria-label="Resources of the project">
      {own.map(({ key, kind }) => (
        <Row key={key} name={key} kind={kind} isOpen={key === opened} count={users.get(key)?.length ?? 0} />
      ))}
      <h2 className={css.listTitle}>In every project</h2>
      {readyManagerInfos.map(({ key }) => (
        <Row
          key={key}
          name={key}
          kind="ioManager"
          isOpen={key === opened}
          count={users.get(key)?.length ?? 0}
        />
      ))}
    </nav>
  );
}

interface RowProps {
  readonly name: string;
  readonly kind: 'resource' | 'ioManager';
  readonly isOpen: boolean;
  /** How many use it. */
  readonly count: number;
}

function Row({ name, kind, isOpen, count }: RowProps) {
  const projectId = useDocument((state) => state.projectId);
  if (projectId === undefined) return null;
  const Icon = kind === 'resource' ? IconPlugConnected : IconBox;
  return (
    <Link
      className={css.row}
      to="/p/$projectId/resources/$resourceKey"
      params={{ projectId, resourceKey: name }}
      aria-current={isOpen ? 'true' : undefined}
    >
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className={css.rowName} title={name}>
        {name}
      </span>
      {count > 0 ? (
        <span className={css.rowCount} title={`Used ${count === 1 ? 'once' : `${count} times`}`}>
          {count}
        </span>
      ) : null}
    </Link>
  );
}
