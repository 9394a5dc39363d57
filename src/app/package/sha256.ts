// SHA-256 where Node has it built in.

import { createHash } from 'node:crypto';
import type { Sha256 } from '#engine/ports.ts';

export const sha256Hex: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
