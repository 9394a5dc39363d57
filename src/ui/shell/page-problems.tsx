// Addresses that lead nowhere, and pages that broke.

import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { ErrorState } from '#ui/kit/panel-state.tsx';
import { useTitle } from '#ui/kit/use-title.ts';

export function UnknownPage() {
  useTitle('Unknown page');
  return (
    <main tabIndex={-1}>
      <ErrorState
        title="There is no page at this address"
        action={
          <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
            All projects
          </Button>
        }
      >
        The link may be from another version of the app, or mistyped.
      </ErrorState>
    </main>
  );
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const detail = error instanceof Error ? error.message : String(error);
  const isStale = /dynamically imported module|Importing a module script failed/i.test(detail);
  return (
    <ErrorState
      title={isStale ? 'This page could not be loaded' : 'This page failed'}
      action={
        <>
          <Button onClick={() => (isStale ? location.reload() : reset())}>
            {isStale ? 'Reload' : 'Show it again'}
          </Button>
          <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
            All projects
          </Button>
        </>
      }
    >
      {isStale ? 'The app may have been updated since this tab was opened.' : 'Your work is not affected.'}{' '}
      {detail}
    </ErrorState>
  );
}
