// How the kinds of units are drawn and called.

import { IconBinoculars, IconSitemap, IconStack2 } from '@tabler/icons-react';

export const unitIcons = {
  graph: IconSitemap,
  multi: IconStack2,
  'multi-observable': IconBinoculars,
} as const;

export const unitKindNames = {
  graph: 'Graph asset',
  multi: 'Multi-asset',
  'multi-observable': 'Observable assets of one body',
} as const;
