// A link that brings no project, and why.

import type { ReactNode } from 'react';
import type { Message } from '#ui/kit/messages.ts';
import { ErrorState } from '#ui/kit/panel-state.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { shortened } from './part-reader.tsx';

interface LinkRefusedProps {
  readonly message: Message;
  readonly children?: ReactNode;
}

const shownDetails = 5;
const maxText = 600;

export function LinkRefused({ message: { title, next, details = [] }, children }: LinkRefusedProps) {
  useTitle('Not opened');
  const lines = [title, ...details.slice(0, shownDetails), next].filter((line) => line !== undefined);
  return (
    <ErrorState title="This link was not opened" action={children}>
      {shortened(lines.join(' '), maxText)}
    </ErrorState>
  );
}
