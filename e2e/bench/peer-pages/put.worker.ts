// The least that keeps a value: one call, one put.

import * as Comlink from 'comlink';
import { Dexie } from 'dexie';

const db = new Dexie('by-hand', { chromeTransactionDurability: 'relaxed' });
db.version(1).stores({ values: '++id' });

Comlink.expose({
  put: async (value: unknown) => {
    await db.table('values').add(value);
  },
});
