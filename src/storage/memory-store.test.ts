import { createMemoryBacking, createMemoryStore } from './memory-store.ts';
import { describeStore } from './store-contract.ts';

describeStore('the memory store', async () => {
  const backing = createMemoryBacking();
  return {
    open: async (schemaEpoch) => createMemoryStore(backing, schemaEpoch),
    async damageSegment(projectId, seq) {
      backing.projects.get(projectId)!.segments.get(seq)!.bytes[30]! ^= 1;
    },
    async losePack(projectId, packId) {
      backing.projects.get(projectId)!.packs.delete(packId);
    },
    dispose: async () => {},
  };
});
