// Bundles what runs behind the runner's door to self-contained text, in dev and in build alike: a blob worker and
// a blob document can load no file of their own. Also writes the page's content security policy, which has to
// name the hash of the frame's script.

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Libraries that bodies may import. What would remember something between steps is shut off. */
const libraries: Readonly<Record<string, string>> = {
  'd3-array': `export * from 'd3-array';`,
  'date-fns': `export * from 'date-fns';
export const setDefaultOptions = () => {
  throw new Error('setDefaultOptions would last beyond this body: pass the options to each call.');
};`,
  // Compiling schemas to functions is not allowed where bodies run, and trying it leaves a trace on a frozen object.
  zod: `import { config } from 'zod';
config({ jitless: true });
export * from 'zod';`,
};

const virtualPrefix = 'virtual:runner';

interface RunnerParts {
  readonly workerText: string;
  readonly frameDocument: string;
  readonly scriptHash: string;
}

/** `virtual:runner` (see src/app/runner-virtual.d.ts), `virtual:runner-node`, and the policy in index.html. */
export function runnerPlugin(): Plugin {
  let parts: Promise<RunnerParts> | undefined;
  let isDev = false;
  const getParts = (): Promise<RunnerParts> => (parts ??= bundleParts());
  return {
    name: 'headwater-runner',
    configResolved(config) {
      isDev = config.command === 'serve';
    },
    resolveId: (id) => (id.startsWith(virtualPrefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${virtualPrefix}`)) return undefined;
      const name = id.slice(1);
      if (name === 'virtual:runner') return runnerModule(await getParts());
      if (name === 'virtual:runner-node')
        return `export const workerText = ${JSON.stringify(await bundleNodeLane())};
${libraryLoaders}
export const libraryText = async (specifier) =>
  Object.hasOwn(libraries, specifier) ? (await libraries[specifier]()).text : undefined;`;
      const library = name.slice('virtual:runner-library/'.length);
      const text = await bundleLibrary(library);
      return text === undefined ? undefined : `export const text = ${JSON.stringify(text)};`;
    },
    // In dev every change of what was bundled starts the page anew.
    handleHotUpdate({ file, server }) {
      if (!/\/(workers\/bodies|src\/(sdk|model|base)|src\/app\/runner-)/.test(file)) return;
      parts = undefined;
      for (const id of server.moduleGraph.idToModuleMap.keys())
        if (id.startsWith(`\0${virtualPrefix}`)) {
          const module = server.moduleGraph.getModuleById(id);
          if (module) server.moduleGraph.invalidateModule(module);
        }
      server.ws.send({ type: 'full-reload' });
    },
    transformIndexHtml: {
      order: 'pre',
      async handler() {
        const content = pagePolicy((await getParts()).scriptHash, isDev);
        return [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content },
            injectTo: 'head-prepend',
          },
        ];
      },
    },
  };
}

/** The page's policy. Frames and workers made from blobs inherit it. */
export function pagePolicy(scriptHash: string, isDev: boolean): string {
  const script = `'self' 'wasm-unsafe-eval' blob: '${scriptHash}'`;
  return [
    `default-src 'none'`,
    // Vite's dev client is inline and speaks over a socket. An inline script next to a hash is refused, so dev
    // lists none: the frame's own policy still holds there.
    `script-src ${isDev ? `'self' 'wasm-unsafe-eval' blob: 'unsafe-inline'` : script}`,
    `worker-src 'self' blob:`,
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    `frame-src 'self' blob:`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `object-src 'none'`,
    ...(isDev ? [] : [`require-trusted-types-for 'script'`]),
  ].join('; ');
}

/** The text of one shipped library as a module; undefined when there is none of that name. */
export async function bundleLibrary(name: string): Promise<string | undefined> {
  const source = Object.hasOwn(libraries, name) ? libraries[name] : undefined;
  if (source === undefined) return undefined;
  const text = await bundleSource(`library-${name}`, source);
  // Zod shares its settings with other copies of itself over the global object, which is shut where bodies run.
  return name === 'zod' ? `const sharedByZod = {};\n${text.replaceAll('globalThis', 'sharedByZod')}` : text;
}

/** A worker of this repository as one classic script. */
export const bundleWorker = (path: string): Promise<string> => bundleFile(path, 'iife');

/** What a page's policy has to name so that the runner frame works on it. */
export const runnerScriptHash = async (): Promise<string> => (await bundleParts()).scriptHash;

/** The lane for Node's worker threads as one ES module. */
export function bundleNodeLane(): Promise<string> {
  return bundleFile('workers/bodies/node-entry.ts', 'es', true);
}

async function bundleParts(): Promise<RunnerParts> {
  const workerText = await bundleFile('workers/bodies/entry.worker.ts', 'iife');
  const script = await bundleFile('src/app/runner-bootstrap.ts', 'iife');
  const scriptHash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  // The frame's own policy, on top of what it inherits: here even the app's own origin is out of reach.
  const policy = `default-src 'none'; script-src '${scriptHash}' blob: 'wasm-unsafe-eval'; worker-src blob:`;
  const frameDocument = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;
  return { workerText, frameDocument, scriptHash };
}

const libraryLoaders = `export const libraries = { ${Object.keys(libraries)
  .map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(`virtual:runner-library/${name}`)})`)
  .join(', ')} };`;

const runnerModule = ({ workerText, frameDocument }: RunnerParts): string =>
  [
    `export const workerText = ${JSON.stringify(workerText)};`,
    `export const frameDocument = ${JSON.stringify(frameDocument)};`,
    libraryLoaders,
  ].join('\n');

const bundleFile = (path: string, format: 'iife' | 'es', isNode = false): Promise<string> =>
  bundle(`${root}${path}`, format, isNode, []);

// A module that exists only as text, as an entry of its own.
function bundleSource(name: string, source: string): Promise<string> {
  const entry = `${root}${name}.entry.js`;
  return bundle(entry, 'es', false, [
    {
      name: 'headwater-text-entry',
      resolveId: (id) => (id === entry ? entry : undefined),
      load: (id) => (id === entry ? source : undefined),
    },
  ]);
}

async function bundle(
  entry: string,
  format: 'iife' | 'es',
  isNode: boolean,
  plugins: readonly Plugin[],
): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [...plugins],
    ...(isNode ? { ssr: { noExternal: true, target: 'node' } } : {}),
    build: {
      write: false,
      target: isNode ? 'node20' : 'es2023',
      minify: !isNode,
      modulePreload: false,
      ssr: isNode,
      rolldownOptions: {
        // What is imported when first needed stands inside: its loader, which asks where it is, is never called.
        checks: { bundlerTimings: false, emptyImportMeta: false },
        input: entry,
        output: { format, codeSplitting: false, ...(format === 'iife' ? { name: '_' } : {}) },
        preserveEntrySignatures: 'strict',
        ...(isNode ? { external: [/^node:/] } : {}),
      },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const output of outputs)
    if ('output' in output) {
      const [chunk, ...others] = output.output;
      if (others.some((other) => other.type === 'chunk'))
        throw new Error(`${entry} did not bundle to one file.`);
      // A closing tag in the text would end the frame's inline script.
      return chunk.code.replaceAll('</script', '<\\/script').trim();
    }
  throw new Error(`${entry} did not bundle.`);
}
