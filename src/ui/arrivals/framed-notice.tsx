// What the app shows inside another page, where it does not open.

import { Button } from '@mantine/core';
import { ErrorState } from '#ui/kit/panel-state.tsx';

export function FramedNotice() {
  return (
    <main>
      <ErrorState
        title="Headwater does not open inside another page"
        action={
          <Button component="a" href={location.href} target="_blank" rel="noopener">
            Open it in a tab of its own
          </Button>
        }
      >
        That page could lead your clicks to your projects. Only a shared project is shown inside others, to be
        looked at.
      </ErrorState>
    </main>
  );
}
