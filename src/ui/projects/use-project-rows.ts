// The projects of this browser, newest opened first; kept up to date across tabs.

import { useEffect, useState } from 'react';
import type { ProjectRow } from '#engine/ports.ts';
import { useServices } from '#ui/kit/services.tsx';

export type ProjectRows =
  | { readonly type: 'loading' }
  | { readonly type: 'ready'; readonly rows: readonly ProjectRow[] }
  | { readonly type: 'failed'; readonly detail: string };

export function useProjectRows(): { readonly projects: ProjectRows; reload(): void } {
  const { workspace } = useServices();
  const [projects, setProjects] = useState<ProjectRows>({ type: 'loading' });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt lists again
  useEffect(() => {
    let wanted = true;
    const load = () =>
      workspace.listProjects().then(
        (rows) => {
          const sorted = [...rows].sort((a, b) => b.openedAt - a.openedAt);
          if (wanted) setProjects({ type: 'ready', rows: sorted });
        },
        (error: unknown) => {
          if (wanted) setProjects({ type: 'failed', detail: String(error) });
        },
      );
    void load();
    const stop = workspace.subscribe((event) => {
      if (event.type === 'projects-changed') void load();
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [workspace, attempt]);

  return { projects, reload: () => setAttempt((count) => count + 1) };
}
