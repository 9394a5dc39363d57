// What was opened, dropped or pasted last and is not trusted yet. It is in this tab's memory alone.

import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useArrival, useServices } from '#ui/kit/services.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { ArrivalView } from './arrival-view.tsx';
import { useArrivals } from './use-arrivals.ts';

export function ArrivedPage() {
  const arrival = useArrival((state) => state.arrival);
  const { arrivals } = useServices();
  const { trustAndOpen, trustAndAdd } = useArrivals();
  const navigate = useNavigate();
  if (!arrival) return <NothingArrived />;
  return (
    <ArrivalView
      key={arrival.hash}
      arrival={arrival}
      onTrust={() => (arrival.into ? trustAndAdd(arrival) : trustAndOpen(arrival))}
      onDiscard={() => {
        arrivals.setState({ arrival: undefined });
        void (arrival.into
          ? navigate({
              to: '/p/$projectId/graph',
              params: { projectId: arrival.into.projectId },
              replace: true,
            })
          : navigate({ to: '/', replace: true }));
      }}
    />
  );
}

function NothingArrived() {
  useTitle('Nothing has arrived');
  return (
    <main id="main" tabIndex={-1}>
      <EmptyState
        title="There is nothing to look at"
        action={
          <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
            All projects
          </Button>
        }
      >
        What you open from outside is shown here first, and kept in memory until you trust it. Open the file
        again.
      </EmptyState>
    </main>
  );
}
