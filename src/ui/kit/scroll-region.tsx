// A part of a page that scrolls on its own: it can be reached, and scrolled, with the keyboard.

import type { ReactNode } from 'react';

interface ScrollRegionProps {
  /** What a reader of the screen is told it is. */
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: browsers other than Chromium give what scrolls no focus of its own
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
