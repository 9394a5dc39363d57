// States where code runs and what it may reach.

import { ActionIcon, Popover } from '@mantine/core';
import { IconCheck, IconShieldCheck, IconX } from '@tabler/icons-react';
import css from './top-bar.module.css';

const may = ['Its inputs, and the libraries shipped with the app', 'Its log and its progress'];
const mayNot = [
  'The network: no host is granted',
  'Your other projects, and what this browser stores',
  'This page, its cookies, and your files',
];

export function Shield() {
  return (
    <Popover width={336} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size="md" aria-label="Where code runs and what it may reach" title="Where code runs">
          <IconShieldCheck size={18} stroke={1.5} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.popover} aria-label="Where code runs">
        <h2>Code runs in this browser, locked in</h2>
        <p>
          The bodies of assets run in sandboxed workers with an origin of their own, a fresh one for each run.
          Opening or importing a project runs nothing.
        </p>
        <h2>A body may reach</h2>
        <ul className={css.facts}>
          {may.map((text) => (
            <li key={text}>
              <IconCheck size={16} stroke={2} className={css.yes} aria-hidden />
              <span>{text}</span>
            </li>
          ))}
        </ul>
        <h2>It may not reach</h2>
        <ul className={css.facts}>
          {mayNot.map((text) => (
            <li key={text}>
              <IconX size={16} stroke={2} className={css.no} aria-hidden />
              <span>{text}</span>
            </li>
          ))}
        </ul>
        <p>Nothing leaves this device unless you save or share it.</p>
      </Popover.Dropdown>
    </Popover>
  );
}
