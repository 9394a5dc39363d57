// The body worker's whole script. Bundled to one self-contained classic script (`virtual:runner`).

import { startBrowserLane } from './browser-lane.ts';

startBrowserLane(self);
