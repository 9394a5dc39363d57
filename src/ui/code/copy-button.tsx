// Copies a text, and says for a moment that it has.

import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { copy, copied, error } = useClipboard();
  const label = error ? 'This browser does not let the page copy' : copied ? 'Copied' : `Copy ${what}`;
  return (
    <Tooltip label={label} position="left">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        aria-label={`Copy ${what}`}
        onClick={() => copy(text)}
      >
        {copied ? <IconCheck size={16} stroke={1.5} /> : <IconCopy size={16} stroke={1.5} />}
      </ActionIcon>
    </Tooltip>
  );
}
