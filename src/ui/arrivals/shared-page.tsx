// What a link brings: all of it stands in the link. Shown to be looked at, or opened when its content is trusted.

import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { LoadingState } from '#ui/kit/panel-state.tsx';
import { ArrivalView } from './arrival-view.tsx';
import { LinkRefused } from './link-refused.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useLinkArrival } from './use-link-arrival.ts';

export function SharedPage() {
  const { text } = useParams({ from: '/shared/$text' });
  const { openIfTrusted, trustAndOpen } = useArrivals();
  const navigate = useNavigate();
  const reading = useLinkArrival(text, openIfTrusted);
  if (reading.type === 'read')
    return (
      <ArrivalView
        key={reading.arrival.hash}
        arrival={reading.arrival}
        onTrust={() => trustAndOpen(reading.arrival)}
        onDiscard={() => void navigate({ to: '/', replace: true })}
      />
    );
  return (
    <main id="main" tabIndex={-1}>
      {reading.type === 'refused' ? (
        <LinkRefused message={reading.message}>
          <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
            All projects
          </Button>
        </LinkRefused>
      ) : (
        <LoadingState label="Reading the link" />
      )}
    </main>
  );
}
