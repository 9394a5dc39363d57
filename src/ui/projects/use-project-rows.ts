// The projects of this browser, newest opened first, and those deleted lately; kept up to date across tabs.

import { useEffect, useState } from 'react';
import type { DiscardedProject, ProjectRow } from '#engine/ports.ts';
import { useServices } from '#ui/kit/services.tsx';

export type ProjectRows =
  | { readonly type: 'loading' }
  | {
      readonly type: 'ready';
      readonly rows: readonly ProjectRow[];
      readonly deleted: readonly DiscardedProject[];
    }
  | { readonly type: 'failed'; readonly detail: string };

export function useProjectRows(): { readonly projects: ProjectRows; reload(): void } {
  const { workspace } = useServices();
  const [projects, setProjects] = useState<ProjectRows>({ type: 'loading' });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt lists again
  useEffect(() => {
    let wanted = true;
    const load = () =>
      Promise.all([workspace.listProjects(), workspace.listDiscarded()]).then(
        ([rows, deleted]) => {
          if (!wanted) return;
          setProjects({
            type: 'ready',
            rows: [...rows].sort((a, b) => b.openedAt - a.openedAt),
            deleted: [...deleted].sort((a, b) => b.discardedAt - a.discardedAt),
          });
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
