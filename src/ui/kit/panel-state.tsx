// What a page or panel shows when it has nothing, not yet, or cannot.

import { Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import css from './panel-state.module.css';

interface PanelStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The first step to take. */
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** Says what the place is for and offers the first step. */
export function EmptyState({ title, children, action, icon }: PanelStateProps) {
  return (
    <div className={css.state}>
      {icon === undefined ? null : <div className={css.icon}>{icon}</div>}
      <h2 className={css.title}>{title}</h2>
      {children === undefined ? null : <div className={css.text}>{children}</div>}
      {action === undefined ? null : <div className={css.action}>{action}</div>}
    </div>
  );
}

/** What went wrong, and the way on. */
export function ErrorState({ title, children, action }: PanelStateProps) {
  return (
    <div className={css.state} role="alert">
      <div className={css.icon} data-tone="error">
        <IconAlertTriangle size={24} stroke={1.5} />
      </div>
      <h2 className={css.title}>{title}</h2>
      {children === undefined ? null : <div className={css.text}>{children}</div>}
      {action === undefined ? null : <div className={css.action}>{action}</div>}
    </div>
  );
}

const showAfterMs = 200;

/** Appears only when the wait is long enough to notice, so that quick loads do not flicker. */
export function LoadingState({ label }: { readonly label: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), showAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={css.state} role="status" aria-busy="true">
      {shown ? (
        <>
          <Loader size="sm" />
          <div className={css.text}>{label}</div>
        </>
      ) : (
        <span className="hw-hidden">{label}</span>
      )}
    </div>
  );
}
