// Asks for a project's new name.

import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

interface RenameDialogProps {
  readonly name: string;
  onRename(name: string): Promise<void>;
  onCancel(): void;
}

export function RenameDialog({ name, onRename, onCancel }: RenameDialogProps) {
  const [text, setText] = useState(name);
  const [isBusy, setIsBusy] = useState(false);
  const wanted = text.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    if (wanted === name) return onCancel();
    setIsBusy(true);
    await onRename(wanted);
    setIsBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onCancel}
      title="Rename project"
      size={420}
      styles={{ title: { fontSize: 16, fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Name"
          value={text}
          maxLength={200}
          data-autofocus
          error={wanted === '' ? 'A project needs a name.' : undefined}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} disabled={wanted === ''}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
