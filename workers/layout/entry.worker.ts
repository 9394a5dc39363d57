// The only file of the layout worker that touches `self`.

import { expose } from 'comlink';
import type { LayoutCalls } from './contract.ts';
import { layoutGraph } from './handler.ts';

const calls: LayoutCalls = { layout: layoutGraph };
expose(calls);
