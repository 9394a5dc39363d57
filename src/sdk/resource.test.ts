import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { EnvVar } from './env-var.ts';
import {
  ConfigurableIOManager,
  type InputContext,
  IOManager,
  isIOManager,
  type OutputContext,
} from './io-manager.ts';
import { launchResource, launchResources, setupOrder } from './launch-resources.ts';
import { ConfigurableResource, isResource } from './resource.ts';

class Database extends ConfigurableResource(
  z.object({
    host: z.string(),
    port: z.number().default(5432),
    options: z.record(z.string(), z.string()).default({}),
  }),
) {
  query(sql: string) {
    return `${this.host}:${this.port} ${sql}`;
  }
}

class Service extends ConfigurableResource(
  z.object({
    database: z.instanceof(Database),
    name: z.string().default('service'),
    size: z.number().default(1),
  }),
) {}

const env = (variables: Record<string, string>) => (name: string) => variables[name];

test('the parsed fields are own properties, and defaults fill in', () => {
  const database = new Database({ host: 'db' });
  expect(database.query('select 1')).toBe('db:5432 select 1');
  expect(Object.keys(database)).toEqual(['host', 'port', 'options']);
  expect(isResource(database)).toBe(true);
  expect(isResource({ host: 'db' })).toBe(false);
  expectTypeOf(database.port).toEqualTypeOf<number>();
  expectTypeOf<ConstructorParameters<typeof Database>[0]['host']>().toEqualTypeOf<string | EnvVar>();
  // @ts-expect-error host is not a number, which the parse says as well
  expect(() => new Database({ host: 1 })).toThrow(/^Database: “host”: /);
  // @ts-expect-error host is missing, which the parse says as well
  expect(() => new Database({})).toThrow(/^Database: “host”: /);
});

test('the fields are read-only, and other properties are the own business of the class', () => {
  class Counter extends ConfigurableResource(z.object({ start: z.number() })) {
    count = 0;
    next() {
      this.count += 1;
      return this.start + this.count;
    }
  }
  const counter = new Counter({ start: 5 });
  expect(counter.next()).toBe(6);
  expect(() => Object.assign(counter, { start: 1 })).toThrow(TypeError);
});

test('a field that has the name of a method is refused', () => {
  class Clash extends ConfigurableResource(z.object({ query: z.string() })) {}
  class Clashing extends Clash {}
  Object.defineProperty(Clashing.prototype, 'query', { value: () => 1 });
  expect(() => new Clashing({ query: 'x' })).toThrow('Clashing: the field “query” has the name of a method.');
});

test('a resource may have methods only', () => {
  class Clock extends ConfigurableResource(z.object({})) {
    readonly zone = 'UTC';
    now() {
      return `12:00 ${this.zone}`;
    }
  }
  expect(new Clock({}).now()).toBe('12:00 UTC');
});

test('something that is no Zod object is refused', () => {
  // @ts-expect-error a plain object has no parse
  expect(() => ConfigurableResource({ host: 'x' })).toThrow('ConfigurableResource takes a Zod object.');
});

test('a field that holds an EnvVar waits for launch, and the others do not', () => {
  const database = new Database({ host: new EnvVar('DB_HOST'), port: EnvVar.int('DB_PORT') });
  expect(String(database.host)).toBe('EnvVar(DB_HOST)');
  expect(JSON.stringify(database)).toBe('{"host":"EnvVar(DB_HOST)","port":"EnvVar(DB_PORT)","options":{}}');
  // @ts-expect-error the port is no text, whatever the host will be
  expect(() => new Database({ host: new EnvVar('DB_HOST'), port: 'x' })).toThrow('Database: “port”: ');

  const launched = launchResource(database, { env: env({ DB_HOST: 'h1', DB_PORT: '12' }) });
  expect(launched.resource.query('x')).toBe('h1:12 x');
  expect(launched.resource).toBeInstanceOf(Database);
  expect(launched.resource).not.toBe(database);
  expect(launched.secrets).toEqual(['h1', '12']);
});

test('an EnvVar may stand deep inside a field', () => {
  const database = new Database({ host: 'db', options: { user: 'me', password: new EnvVar('PASSWORD') } });
  const { resource, secrets } = launchResource(database, { env: env({ PASSWORD: 'pw' }) });
  expect(resource.options).toEqual({ user: 'me', password: 'pw' });
  expect(secrets).toEqual(['pw']);
});

test('a variable that is not set, or is no number where one is asked for, is named without its value', () => {
  const database = new Database({ host: 'db', port: EnvVar.int('DB_PORT') });
  expect(() => launchResource(database, { env: env({}) })).toThrow(
    'Database: “port”: The environment variable “DB_PORT” is not set.',
  );
  expect(() => launchResource(database, { env: env({ DB_PORT: 'secret' }) })).toThrow(
    'Database: “port”: The environment variable “DB_PORT” does not hold a whole number.',
  );
  expect(() => launchResource(database, { env: env({ DB_PORT: '' }) })).toThrow('whole number');
  expect(() => new EnvVar('')).toThrow(TypeError);
  expect(() => new EnvVar('a=b')).toThrow(TypeError);
});

test('a value that the schema transforms is transformed once, from what the author gave', () => {
  class Doubler extends ConfigurableResource(z.object({ n: z.number().transform((n) => n * 2) })) {}
  const doubler = new Doubler({ n: 2 });
  expect(doubler.n).toBe(4);
  expect(launchResource(doubler, { env: env({}) }).resource.n).toBe(4);
});

test('run config takes the place of the fields that were given, as in Dagster 1.13', () => {
  const database = new Database({ host: 'x', port: 7 });
  const launched = launchResource(database, { env: env({}), config: { host: 'y' } }).resource;
  expect([launched.host, launched.port]).toEqual(['y', 5432]);
  expect(() => launchResource(database, { env: env({}), config: { port: 9 } })).toThrow('Database: “host”: ');
  const unset = new Database({ host: new EnvVar('NOT_SET') });
  expect(launchResource(unset, { env: env({}), config: { host: 'given' } }).resource.host).toBe('given');
});

test('run config is merged over the fields of configureAtLaunch', () => {
  const database = Database.configureAtLaunch({ port: 7 });
  expectTypeOf(database).toEqualTypeOf<Database>();
  const launched = launchResource(database, { env: env({}), config: { host: 'y' } }).resource;
  expect([launched.host, launched.port]).toEqual(['y', 7]);
  expect(() => launchResource(database, { env: env({}) })).toThrow('Database: “host”: ');
});

test('run config with a name that is no field is an error that lists the fields', () => {
  const database = new Database({ host: 'x' });
  expect(() => launchResource(database, { env: env({}), config: { host: 'y', hots: 1 } })).toThrow(
    'Database: the run config has “hots”, which is no field. Its fields are host, port, options.',
  );
  class Loose extends ConfigurableResource(z.looseObject({ a: z.number().default(1) })) {}
  const { resource } = launchResource(new Loose({}), { env: env({}), config: { b: 2 } });
  expect({ ...resource }).toEqual({ a: 1, b: 2 });
  expect(() => launchResource(database, { env: env({}), config: 5 })).toThrow('not an object');
});

test('nested resources are launched too, and keep their fields when the outer one has run config', () => {
  const service = new Service({ database: new Database({ host: new EnvVar('DB_HOST') }) });
  const { resource, secrets } = launchResource(service, {
    env: env({ DB_HOST: 'inner' }),
    config: { name: 'other' },
  });
  expect(resource.database.query('x')).toBe('inner:5432 x');
  expect(resource.name).toBe('other');
  expect(secrets).toEqual(['inner']);
  expect(() => launchResource(service, { env: env({}), config: { database: { port: 3 } } })).toThrow(
    'Service: “database” is a resource of its own, so its config does not stand here.',
  );
});

test('a nested resource that is configured at launch is the one under a key of its own', () => {
  const database = Database.configureAtLaunch();
  const service = new Service({ database });
  const plain = { anything: true };
  const { resources } = launchResources(
    { service, database, plain },
    { env: env({}), config: { database: { host: 'top' } } },
  );
  expect(resources.plain).toBe(plain);
  expect((resources.service as Service).database).toBe(resources.database);
  expect((resources.database as Database).host).toBe('top');
  expect(() => launchResources({ service }, { env: env({}) })).toThrow('under a key of its own');
  expect(() => launchResources({ plain }, { env: env({}), config: { plain: {} } })).toThrow(
    'takes no run config',
  );
  expect(() => launchResources({ plain }, { env: env({}), config: { other: {} } })).toThrow('“other”');
});

test('a nested resource with fields of its own does not take the config of a key, as in Dagster 1.13', () => {
  const database = new Database({ host: 'own' });
  const { resources } = launchResources(
    { service: new Service({ database }), database },
    { env: env({}), config: { database: { host: 'top' } } },
  );
  expect((resources.service as Service).database.host).toBe('own');
  expect((resources.database as Database).host).toBe('top');
});

test('resources are set up with nested ones first, each once', () => {
  const database = new Database({ host: 'db' });
  const first = new Service({ database });
  const second = new Service({ database });
  expect(setupOrder([first, 'no resource', second, database])).toEqual([database, first, second]);
});

test('an IO manager has its fields and its two methods', () => {
  class Shelf extends ConfigurableIOManager(z.object({ folder: z.string().default('shelf') })) {
    async handleOutput(context: OutputContext, value: string) {
      await context.store.put(`${this.folder}/${context.assetKey}`, new TextEncoder().encode(value));
    }
    async loadInput(context: InputContext) {
      return new TextDecoder().decode(await context.store.get(`${this.folder}/${context.assetKey}`));
    }
  }
  const shelf = new Shelf({});
  expect(shelf.folder).toBe('shelf');
  expect(isIOManager(shelf)).toBe(true);
  expect(isResource(shelf)).toBe(true);
  expectTypeOf(shelf).toExtend<IOManager>();
  // @ts-expect-error the two methods are missing
  class Empty extends ConfigurableIOManager(z.object({})) {}
  expect(isIOManager(new Empty({}))).toBe(false);
  class Plain extends IOManager {
    handleOutput() {}
    loadInput() {
      return 1;
    }
  }
  expect(isIOManager(new Plain())).toBe(true);
});
