// Help: the tour, the keys, and what this app is.

import { ActionIcon, Menu, Modal } from '@mantine/core';
import { IconHelp, IconInfoCircle, IconKeyboard, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { noticeDone } from '#ui/kit/notices.ts';
import { useTour } from '#ui/tour/use-tour.ts';
import { About } from './about.tsx';

/** As if the key were pressed: whoever shows the sheet listens to it. */
function showKeys(): void {
  const press = new KeyboardEvent('keydown', { key: '?', cancelable: true });
  if (window.dispatchEvent(press))
    noticeDone('Keys stand beside what they do, in menus and tooltips.', 'keys');
}

export function HelpMenu() {
  const tour = useTour();
  const [showsAbout, setShowsAbout] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={256}>
        <Menu.Target>
          <ActionIcon size="md" aria-label="Help" title="Help">
            <IconHelp size={18} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRoute size={16} stroke={1.5} />} onClick={tour.start}>
            {tour.isBegun ? `Go on with the tour: step ${tour.step + 1} of ${tour.count}` : 'Take the tour'}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKeyboard size={16} stroke={1.5} />}
            rightSection="?"
            onClick={showKeys}
          >
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconInfoCircle size={16} stroke={1.5} />}
            onClick={() => setShowsAbout(true)}
          >
            About Headwater
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={showsAbout}
        onClose={() => setShowsAbout(false)}
        title="About Headwater"
        size={480}
        styles={{ title: { fontSize: 16, fontWeight: 600 } }}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <About />
      </Modal>
    </>
  );
}
