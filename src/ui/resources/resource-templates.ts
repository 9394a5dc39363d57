// What a new resource may start from: small classes that work as they are.

import type { Resource } from '#model/document.ts';

export interface ResourceTemplate {
  readonly label: string;
  /** What it is good for, in a line. */
  readonly about: string;
  readonly make: Omit<Resource, 'key'> & { readonly key: string };
}

const httpClient = `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';

/** Asks one service. In a body: \`await context.resources.http.get('/stations')\`. */
export default class HttpClient extends ConfigurableResource(
  z.object({
    baseUrl: z.string().url().describe('What every path is added to'),
    token: z.string().optional().describe('Sent as a bearer token'),
  }),
) {
  // In the browser this needs a grant for the host.
  async get(path: string): Promise<any> {
    const headers: Record<string, string> = {};
    if (this.token !== undefined) headers.authorization = \`Bearer \${this.token}\`;
    const response = await fetch(this.baseUrl + path, { headers });
    if (!response.ok) throw new Error(\`\${path} answered \${response.status}\`);
    return response.json();
  }
}
`;

const counter = `import { ConfigurableResource, type InitResourceContext } from 'headwater';
import { z } from 'zod';

/** Hands out numbers. In a body: \`context.resources.counter.next()\`. */
export default class Counter extends ConfigurableResource(
  z.object({
    first: z.number().int().default(1).describe('The first number'),
    step: z.number().int().min(1).default(1).describe('From each number to the next'),
  }),
) {
  #next = this.first;

  setupForExecution({ log }: InitResourceContext): void {
    log.info(\`Counting from \${this.first}\`);
  }

  next(): number {
    const number = this.#next;
    this.#next += this.step;
    return number;
  }

  teardownAfterExecution({ log }: InitResourceContext): void {
    log.info(\`The next number would have been \${this.#next}\`);
  }
}
`;

const jsonStore = `import { ConfigurableIOManager, type InputContext, type OutputContext } from 'headwater';
import { z } from 'zod';

/** Keeps each value as JSON text, under a path made of its key. */
export default class JsonStore extends ConfigurableIOManager(
  z.object({
    folder: z.string().default('values').describe('What the paths begin with'),
    indent: z.number().int().min(0).max(8).default(2).describe('Spaces before what is inside'),
  }),
) {
  async handleOutput(context: OutputContext, value: unknown): Promise<void> {
    const text = JSON.stringify(value, null, this.indent);
    await context.store.put(this.#path(context), new TextEncoder().encode(text));
    context.addOutputMetadata({ path: this.#path(context), characters: text.length });
  }

  async loadInput(context: InputContext): Promise<unknown> {
    const bytes = await context.store.get(this.#path(context));
    if (bytes === undefined) throw new Error(\`Nothing is stored under \${this.#path(context)}\`);
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  #path({ assetKey }: OutputContext | InputContext): string {
    return \`\${this.folder}/\${assetKey.toString()}.json\`;
  }
}
`;

const empty = `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';

export default class MyResource extends ConfigurableResource(z.object({})) {
  hello(): string {
    return 'hello';
  }
}
`;

export const resourceTemplates: readonly ResourceTemplate[] = [
  {
    label: 'HTTP client',
    about: 'One service, its address and its token in one place',
    make: {
      key: 'http',
      kind: 'resource',
      body: httpClient,
      config: { baseUrl: 'https://example.org', token: { env: 'HTTP_TOKEN' } },
    },
  },
  {
    label: 'Counter',
    about: 'State that the bodies of a run share, set up and torn down',
    make: { key: 'counter', kind: 'resource', body: counter },
  },
  {
    label: 'Custom IO manager',
    about: 'Decides how the values of assets are kept',
    make: { key: 'json_store', kind: 'ioManager', body: jsonStore },
  },
  {
    label: 'Empty resource',
    about: 'A class to fill in',
    make: { key: 'my_resource', kind: 'resource', body: empty },
  },
];

/** The template's resource under a key that is not taken. */
export function freshResource({ make }: ResourceTemplate, taken: ReadonlyMap<string, unknown>): Resource {
  let key = make.key;
  for (let number = 2; taken.has(key); number += 1) key = `${make.key}_${number}`;
  return { ...make, key };
}
