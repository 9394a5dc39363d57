// A worker from text: a page that is one file has no other file to start one from.

interface PolicyMaker {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

export function createBlobWorker(text: string): Worker {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  // Not in every browser.
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyMaker };
  const policy = trustedTypes?.createPolicy('headwater-player', {
    createScriptURL: (wanted) => (wanted === url ? wanted : ''),
  });
  return new Worker((policy?.createScriptURL(url) ?? url) as string);
}
