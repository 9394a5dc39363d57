// What was deleted, with the way back.

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Asset } from '#model/document.ts';
import type { DocumentStore } from '#state/document-store.ts';
import { formatPlural } from '#ui/kit/format.ts';
import { noticeError } from '#ui/kit/notices.ts';

const id = 'deleted';

export function noticeDeleted(documents: DocumentStore, assets: readonly Asset[], notes = 0): void {
  const what =
    notes > 0
      ? formatPlural(assets.length + notes, assets.length > 0 ? 'item' : 'note')
      : assets.length === 1
        ? `“${assets[0]!.key}”`
        : formatPlural(assets.length, 'asset');
  const undo = () => {
    notifications.hide(id);
    const error = documents.undo();
    if (error) noticeError(error);
  };
  notifications.hide(id);
  notifications.show({
    id,
    autoClose: 6_000,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span style={{ overflowWrap: 'anywhere' }}>Deleted {what}</span>
        <Button size="sm" variant="default" onClick={undo}>
          Undo
        </Button>
      </Group>
    ),
  });
  // The button takes back the latest command: once there is another one, it would take back that.
  const { undo: latest, seq } = documents.store.getState();
  const stop = documents.store.subscribe((state) => {
    if (state.undo?.label === latest?.label && state.seq <= seq + 1) return;
    stop();
    notifications.hide(id);
  });
}
