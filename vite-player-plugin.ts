// Makes player.html: one page without a project, with all that shows and runs one inside it. The app puts a project
// into a copy of it (src/interop/share/player-page.ts).

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { bundleWorker, runnerPlugin, runnerScriptHash } from './vite-runner-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const fileName = 'player.html';

export function playerPlugin(): Plugin {
  let page: Promise<string> | undefined;
  const getPage = (): Promise<string> => (page ??= makePage());
  return {
    name: 'headwater-player',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: await getPage() });
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, async (_request, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(await getPage());
      });
    },
  };
}

async function makePage(): Promise<string> {
  const { script, style } = await bundlePage();
  const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  // Frames and workers made from blobs inherit it. Nothing outside the page can be reached from it.
  const policy = [
    `default-src 'none'`,
    `script-src '${hash}' '${await runnerScriptHash()}' blob: 'wasm-unsafe-eval'`,
    `worker-src blob:`,
    `frame-src blob:`,
    `style-src 'unsafe-inline'`,
    `img-src data: blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Headwater</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>This page shows and runs a project in your browser and needs JavaScript.</noscript>
<!--project-->
<script type="module">${script}</script>
</body>
</html>
`;
}

async function bundlePage(): Promise<{ readonly script: string; readonly style: string }> {
  const workerText = await bundleWorker('workers/player/entry.worker.ts');
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [react(), runnerPlugin(), workerTextPlugin(workerText)],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        input: `${root}src/app/player/main.tsx`,
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  const scripts = outputs.filter((each) => each.type === 'chunk');
  const [script] = scripts;
  if (!script || scripts.length > 1) throw new Error('The player did not bundle to one script.');
  const styles = outputs.filter((each) => each.type === 'asset' && each.fileName.endsWith('.css'));
  return {
    script: inlineScript(script.code),
    style: styles.map((each) => ('source' in each ? String(each.source) : '')).join('\n'),
  };
}

const workerTextPlugin = (workerText: string): Plugin => ({
  name: 'headwater-player-worker',
  resolveId: (id) => (id === 'virtual:player' ? `\0${id}` : undefined),
  load: (id) =>
    id === '\0virtual:player' ? `export const workerText = ${JSON.stringify(workerText)};` : undefined,
});

/** Neither the end of a script nor the beginning of a comment may stand in an inline one. */
const inlineScript = (code: string): string =>
  code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim();
