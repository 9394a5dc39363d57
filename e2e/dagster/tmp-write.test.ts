import { rmSync } from 'node:fs';
import { test } from 'vitest';
import { writeExport } from './write-export.ts';
test('write', () => {
  for (const name of ['seattle-weather','checks','graph-asset','multi-asset','observable','resources','weather-fail','flights-200k']) {
    rmSync(`/tmp/w5dg/${name}`, { recursive: true, force: true });
    console.log(writeExport(name, `/tmp/w5dg/${name}`));
  }
});
