// "Deleted … Undo": a notice that stays long enough to take back what was just done.

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import css from './undo-notice.module.css';

const shownMs = 20_000;

export function noticeUndo(message: string, id: string, undo: () => void): void {
  notifications.show({
    id,
    autoClose: shownMs,
    withBorder: true,
    message: (
      <span className={css.line}>
        <span className={css.text}>{message}</span>
        <Button
          size="sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </span>
    ),
  });
}
