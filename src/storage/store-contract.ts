// What every adapter of the Store port must do, whatever it stores in. Test code only.

import { describeDocuments } from './store-contract-documents.ts';
import { describeLeading } from './store-contract-leading.ts';
import { describeRuns } from './store-contract-runs.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function describeStore(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describeRuns(name, makeStore);
  describeDocuments(name, makeStore);
  describeLeading(name, makeStore);
}
