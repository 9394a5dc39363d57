// The row of a list that opens what it tells more about.

import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './disclosure.module.css';

interface DisclosureProps {
  readonly isOpen: boolean;
  readonly children: ReactNode;
  onToggle(): void;
}

export const Disclosure = ({ isOpen, children, onToggle }: DisclosureProps) => (
  <button type="button" className={css.toggle} aria-expanded={isOpen} onClick={onToggle}>
    <IconChevronRight size={14} stroke={1.75} className={css.chevron} aria-hidden />
    {children}
  </button>
);
