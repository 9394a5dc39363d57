// Shows the tour's card while it is on; the card is loaded when first asked for.

import { lazy, Suspense } from 'react';
import { useTour } from './use-tour.ts';

const TourCard = lazy(async () => ({ default: (await import('./tour-card.tsx')).TourCard }));

export function TourHost() {
  const { isShown } = useTour();
  return isShown ? (
    <Suspense>
      <TourCard />
    </Suspense>
  ) : null;
}
