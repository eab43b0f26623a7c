import { loadConfigSchema } from '@backstage/config-loader';
import { z } from 'zod';
import { platformConfigSchema } from './platformConfig';

interface JsonSchema {
  description?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  enum?: string[];
}

/** Every key with its path, such as `collect.cadence` or `fleet.clusters[].name`. */
function keysOf(schema: JsonSchema, path = ''): string[] {
  return Object.entries(schema.properties ?? {})
    .flatMap(([name, child]) => {
      const key = path ? `${path}.${name}` : name;
      return [
        key,
        ...(isDuration(child) ? [] : keysOf(child, key)),
        ...(child.items ? keysOf(child.items, `${key}[]`) : []),
      ];
    })
    .sort();
}

/** In `config.d.ts` a duration has keys of its own: days, hours, minutes… */
function isDuration(schema: JsonSchema): boolean {
  return 'minutes' in (schema.properties ?? {});
}

/** `config.d.ts` as Backstage compiles it. */
async function declaredSchema(): Promise<JsonSchema> {
  const loaded = await loadConfigSchema({
    dependencies: ['@roadbed/backstage-plugin-platform-backend'],
  });
  const { schemas } = loaded.serialize() as unknown as {
    schemas: Array<{ value: JsonSchema }>;
  };
  const own = schemas.find(({ value }) => value.properties?.platform);
  return own!.value.properties!.platform;
}

/** What is read at start. */
const readSchema = z.toJSONSchema(platformConfigSchema, {
  io: 'input',
  unrepresentable: 'any',
}) as JsonSchema;

describe('config.d.ts', () => {
  it('declares exactly the keys that are read at start', async () => {
    const keys = keysOf(await declaredSchema());
    expect(keys).toContain('fleet.clusters[].name');
    expect(keys).toEqual(keysOf(readSchema));
  });

  it('has a sentence for every key', async () => {
    const undocumented: string[] = [];
    const walk = (schema: JsonSchema, path: string) => {
      for (const [name, child] of Object.entries(schema.properties ?? {})) {
        if (!child.description) undocumented.push(`${path}.${name}`);
        if (!isDuration(child)) walk(child, `${path}.${name}`);
        if (child.items) walk(child.items, `${path}.${name}[]`);
      }
    };
    walk(await declaredSchema(), 'platform');
    expect(undocumented).toEqual([]);
  });

  it('knows the same choices', async () => {
    const access = (schema: JsonSchema) =>
      schema.properties!.collect.properties!.access.enum;
    expect(access(await declaredSchema())).toEqual(access(readSchema));
  });
});
