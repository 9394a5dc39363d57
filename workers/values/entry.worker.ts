// The only file of the value worker that touches `self`.

import { expose } from 'comlink';
import { yieldToOthers } from '../engine/platform-yield.ts';
import { createValueCalls } from './handler.ts';

expose(createValueCalls({ pause: yieldToOthers }));
