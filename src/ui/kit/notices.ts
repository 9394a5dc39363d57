// Short notices in the corner. What must not be missed is a banner or a state of the page instead.

import { notifications } from '@mantine/notifications';
import { formatPlural } from './format.ts';
import { type AppError, messageOf } from './messages.ts';

const shownDetails = 4;

/** An action did not happen; says why. The same `id` replaces an older notice. */
export function noticeError(error: AppError, title?: string): void {
  const { title: what, next, details = [] } = messageOf(error);
  const more = details.length - shownDetails;
  const lines = [
    title === undefined || details.length > 0 ? undefined : what,
    ...details.slice(0, shownDetails),
    more > 0 ? `and ${formatPlural(more, 'more problem')}` : undefined,
    next,
  ].filter((line) => line !== undefined);
  notifications.show({
    id: `error-${error.type}`,
    color: 'red',
    title: title ?? what,
    message: lines.join(details.length > 0 ? '\n' : ' '),
    styles: { description: { whiteSpace: 'pre-line' } },
    autoClose: 8_000,
    withBorder: true,
  });
}

/** Something that failed without an error of ours, e.g. a file that could not be read. */
export function noticeFault(title: string, detail: unknown): void {
  const text = detail instanceof Error ? detail.message : String(detail);
  notifications.show({ color: 'red', title, message: text, autoClose: 8_000, withBorder: true });
}

/** Something the user asked for is done, and does not show by itself. */
export function noticeDone(message: string, id?: string): void {
  notifications.show({ ...(id === undefined ? {} : { id }), message, autoClose: 3_000, withBorder: true });
}

/** A newer build of the app has arrived; it takes over when the user says so. */
export function noticeUpdate(reload: () => void): void {
  notifications.show({
    id: 'update',
    title: 'A new version is ready',
    message: 'Select this notice to reload. Everything you did is saved.',
    autoClose: false,
    withBorder: true,
    style: { cursor: 'pointer' },
    onClick: reload,
  });
}
