// The left rail: the pages of the open project. On narrow screens it lies at the bottom.

import {
  IconDatabase,
  IconFileCode,
  IconPlayerPlay,
  IconPlugConnected,
  IconSchema,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ProjectId } from '#model/ids.ts';
import { activeRun } from '#state/runs-store.ts';
import { useRuns } from '#ui/kit/services.tsx';
import css from './rail.module.css';

const pages = [
  { to: '/p/$projectId/graph', label: 'Graph', Icon: IconSchema },
  { to: '/p/$projectId/catalog', label: 'Catalog', Icon: IconDatabase },
  { to: '/p/$projectId/runs', label: 'Runs', Icon: IconPlayerPlay },
  { to: '/p/$projectId/resources', label: 'Resources', Icon: IconPlugConnected },
  { to: '/p/$projectId/code', label: 'Code', Icon: IconFileCode },
] as const;

export function Rail({ projectId }: { readonly projectId: ProjectId }) {
  const isRunning = useRuns((state) => activeRun(state) !== undefined);
  return (
    <nav className={css.rail} aria-label="Pages">
      {pages.map(({ to, label, Icon }) => (
        <Link key={to} className={css.item} to={to} params={{ projectId }}>
          <span className={css.icon}>
            <Icon size={20} stroke={1.5} aria-hidden />
            {label === 'Runs' && isRunning ? <span className={css.live} title="A run is under way" /> : null}
          </span>
          {label}
        </Link>
      ))}
    </nav>
  );
}
