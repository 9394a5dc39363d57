// "#/graph" and its like: goes on to the same page of the project that was open last.

import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ErrorState, LoadingState } from '#ui/kit/panel-state.tsx';
import { useServices } from '#ui/kit/services.tsx';
import { lastProjectPreference } from '#ui/projects/open-project.ts';

export function LastProject() {
  const { workspace, preferences } = useServices();
  const navigate = useNavigate();
  const { href } = useLocation();
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let wanted = true;
    workspace.listProjects().then(
      (rows) => {
        if (!wanted) return;
        const last = preferences.read(lastProjectPreference);
        const newest = [...rows].sort((a, b) => b.openedAt - a.openedAt)[0];
        const row = rows.find(({ projectId }) => projectId === last) ?? newest;
        if (row) void navigate({ href: `/p/${row.projectId}${href}`, replace: true });
        else void navigate({ to: '/', replace: true });
      },
      (error: unknown) => wanted && setFailure(String(error)),
    );
    return () => {
      wanted = false;
    };
  }, [workspace, preferences, navigate, href]);

  if (failure !== undefined)
    return <ErrorState title="The projects could not be listed">{failure}</ErrorState>;
  return <LoadingState label="Opening the last project" />;
}
