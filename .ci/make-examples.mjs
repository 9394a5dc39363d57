// Writes public/examples from e2e/examples, and the JSON Schema of project files: `node .ci/make-examples.mjs`.

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${root}e2e/examples/make-examples.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
});

mkdirSync(`${root}public/examples`, { recursive: true });
for (const [name, content] of module.makeExamples()) {
  writeFileSync(`${root}public/examples/${name}`, content);
  console.log(`public/examples/${name}`);
}
writeFileSync(`${root}public/headwater.schema.json`, module.makeSchema());
console.log('public/headwater.schema.json');
