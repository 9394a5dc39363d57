// The only file of the code worker that touches `self`.

import { expose } from 'comlink';
import { createCodeCalls } from './handler.ts';

expose(createCodeCalls());
