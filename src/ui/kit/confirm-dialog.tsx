// Asks before something that cannot be undone. The button says what it does.

import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button does: "Delete project". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** Something to do first, left of the buttons. */
  readonly aside?: ReactNode;
  readonly busy?: boolean;
  onConfirm(): void;
  onCancel(): void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, confirmLabel, danger = false, aside, busy = false } = props;
  return (
    <Modal
      opened={opened}
      onClose={props.onCancel}
      title={title}
      size={460}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div style={{ color: 'var(--hw-text-2)' }}>{children}</div>
      <Group justify="space-between" mt="lg" gap="xs">
        <div>{aside}</div>
        <Group gap="xs">
          <Button variant="default" onClick={props.onCancel}>
            Cancel
          </Button>
          <Button
            {...(danger ? { color: 'red' } : {})}
            loading={busy}
            onClick={props.onConfirm}
            data-autofocus
          >
            {confirmLabel}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}
