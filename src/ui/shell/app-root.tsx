// The app below its services: the router and the corner where notices appear.

import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { CommandsProvider } from '#ui/kit/app-commands.tsx';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { createAppRouter } from './router.tsx';

export function AppRoot() {
  const [router] = useState(createAppRouter);
  return (
    <ErrorBoundary name="The app">
      <CommandsProvider>
        <RouterProvider router={router} />
      </CommandsProvider>
      <Notifications position="bottom-right" limit={4} />
    </ErrorBoundary>
  );
}
