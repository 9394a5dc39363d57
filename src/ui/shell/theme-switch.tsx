// Light, dark, or as the system has it. The choice is remembered.

import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useServices } from '#ui/kit/services.tsx';

const choices = [
  { scheme: 'light', label: 'Light', Icon: IconSun },
  { scheme: 'dark', label: 'Dark', Icon: IconMoon },
  { scheme: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
] as const;

export function ThemeSwitch() {
  const { session } = useServices();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { Icon: Current } = choices.find(({ scheme }) => scheme === colorScheme) ?? choices[2];
  return (
    <Menu position="bottom-end" width={176}>
      <Menu.Target>
        <ActionIcon size="md" aria-label="Theme" title="Theme">
          <Current size={18} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ scheme, label, Icon }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            leftSection={<Icon size={16} stroke={1.5} />}
            rightSection={scheme === colorScheme ? <IconCheck size={14} /> : null}
            onClick={() => {
              setColorScheme(scheme);
              session.setState({ colorScheme: scheme });
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
