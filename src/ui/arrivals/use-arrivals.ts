// The way in for everything from outside: to the arrival page, or straight to its project when its content is trusted.

import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Result } from '#base/result.ts';
import type { ProjectId } from '#model/ids.ts';
import type { Arrival } from '#state/arrival-store.ts';
import type { AppError } from '#ui/kit/messages.ts';
import { noticeDone, noticeError, noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import { importArrival, projectOfArrival } from './open-arrival.ts';
import { trustContent, trustedContent } from './trust.ts';

export interface Arrivals {
  /** Shows what has come, or says why it cannot be. `name` is what it is called in the latter, in quotes. */
  receive(read: Result<Arrival, AppError>, name: string): Promise<void>;
  /** Takes in a text that `mayBeShared`. */
  receiveText(text: string): Promise<void>;
  /** Answers whether its content is trusted, and it is open by now. */
  openIfTrusted(arrival: Arrival): Promise<boolean>;
  /** Shows what was pasted into a project, to be looked at before it is added there. */
  showPasted(arrival: Arrival): Promise<void>;
  /** Goes to the project that it was pasted into, which adds it; trusting its content from here on. */
  trustAndAdd(arrival: Arrival): Promise<void>;
  /** Makes a project of it, trusting its content from here on. */
  trustAndOpen(arrival: Arrival): Promise<void>;
}

export function useArrivals(): Arrivals {
  const { workspace, preferences, clock, arrivals } = useServices();
  const navigate = useNavigate();
  return useMemo((): Arrivals => {
    const services = { workspace, preferences, clock };
    const show = (projectId: ProjectId) =>
      navigate({ to: '/p/$projectId/graph', params: { projectId }, replace: isAtArrival() });

    const trustAndOpen = async (arrival: Arrival) => {
      const imported = await importArrival(services, arrival);
      if (!imported.ok) return noticeError(imported.error, `“${shortName(arrival)}” was not opened`);
      await show(imported.value);
      arrivals.setState({ arrival: undefined });
    };

    const openIfTrusted = async (arrival: Arrival) => {
      // What could not be read is for its user to see first.
      if (arrival.problems.length > 0 || !trustedContent(preferences, arrival.hash)) return false;
      const known = await projectOfArrival(services, arrival.hash);
      if (known === undefined) await trustAndOpen(arrival);
      else {
        await show(known);
        noticeDone('This is the project that was made of it when it was opened before.', 'arrival-known');
      }
      return true;
    };

    const receive = async (read: Result<Arrival, AppError>, name: string) => {
      if (!read.ok) return noticeError(read.error, `${name} was not opened`);
      if (await openIfTrusted(read.value)) return;
      arrivals.setState({ arrival: read.value });
      await navigate({ to: '/arrived' });
    };

    return {
      openIfTrusted,
      trustAndOpen,
      async showPasted(arrival) {
        arrivals.setState({ arrival });
        await navigate({ to: '/arrived' });
      },
      async trustAndAdd({ document, hash, into }) {
        if (!into) return;
        trustContent(preferences, { hash, name: document.info.name, at: clock.now(), isAdded: true });
        arrivals.setState({ arrival: undefined, adding: { document, into } });
        await show(into.projectId);
      },
      receive,
      async receiveText(text) {
        try {
          const { readPastedText } = await import('./read-arrival.ts');
          await receive(await readPastedText(text), 'What was pasted');
        } catch (error) {
          noticeFault('What was pasted was not opened', error);
        }
      },
    };
  }, [workspace, preferences, clock, arrivals, navigate]);
}

/** Whether a text looks like one that somebody shared: a link, lines that carry a project, a picture's or page's. */
export const mayBeShared = (text: string): boolean =>
  /#\/shared\/|^[> |\t]*Headwater project .* in \d+ characters:|id=["']headwater-project["']/m.test(
    text.slice(0, maxSearched),
  );

const maxSearched = 1_000_000;

/** Going back from the project must not lead to the sheet again. */
const isAtArrival = (): boolean => /^#\/(arrived|shared\/)/.test(location.hash);

const shortName = ({ document }: Arrival): string => document.info.name.slice(0, 80);
