// One shared project inside another page: to be looked at, with a way to the app. There is no trust here, and
// nothing that could be trusted with anything: no projects, no engine, no preferences.

import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Clock } from '#engine/ports.ts';
import { emptyDocument } from '#model/document.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { ServicesProvider } from '#ui/kit/services.tsx';
import { EmbedPage } from './embed-page.tsx';
import { inertServices } from './inert-services.ts';

export function EmbedRoot({ clock }: { readonly clock: Clock }) {
  const services = useMemo(() => inertServices(emptyDocument(''), clock), [clock]);
  // Nodes know how to lead to other pages; here there is but one.
  const router = useMemo(
    () =>
      createRouter({
        routeTree: createRootRoute({ component: EmbedPage, notFoundComponent: EmbedPage }),
        history: createMemoryHistory(),
      }),
    [],
  );
  return (
    <ErrorBoundary name="The shared project">
      <ServicesProvider services={services}>
        <RouterProvider router={router} />
      </ServicesProvider>
    </ErrorBoundary>
  );
}
