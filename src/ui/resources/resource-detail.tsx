// One resource: its class, its fields, the environment values they name, and who uses it.

import { Button, SegmentedControl } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Command } from '#model/commands/command.ts';
import type { ResourceChange } from '#model/commands/resource-commands.ts';
import { readZodSchema } from '#model/config/zod-schema.ts';
import type { Json, Resource } from '#model/document.ts';
import { asAssetId } from '#model/ids.ts';
import type { BodySource } from '#ui/inspector/body-source.ts';
import { CodeField } from '#ui/inspector/code-field.tsx';
import { TextSetting } from '#ui/inspector/setting-fields.tsx';
import { useResourceMarkers } from '#ui/inspector/use-markers.ts';
import compact from '#ui/kit/compact-form.module.css';
import { noticeError } from '#ui/kit/notices.ts';
import { SchemaForm } from '#ui/kit/schema-form.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { noticeUndo } from '#ui/kit/undo-notice.tsx';
import { EnvironmentValues } from './environment-values.tsx';
import { ResourceTrial } from './resource-trial.tsx';
import css from './resources-page.module.css';
import { UsedBy } from './used-by.tsx';

export function ResourceDetail({ resource }: { readonly resource: Resource }) {
  const { documents } = useServices();
  const navigate = useNavigate();
  const projectId = useDocument((state) => state.projectId);
  const resources = useDocument((state) => state.document.resources);
  const { key, kind, body, config, description } = resource;
  const source = useMemo(() => bodyOfResource(key, body), [key, body]);
  const markers = useResourceMarkers(key);
  const modules = useDocument((state) => state.document.modules);
  const read = useMemo(() => readZodSchema(body, (name) => modules.get(name)?.body), [body, modules]);
  const run = (command: Command): boolean => {
    const error = documents.run(command);
    if (error) noticeError(error);
    return error === undefined;
  };
  const update = (change: ResourceChange) => run({ type: 'UpdateResource', key, change });
  const goTo = (resourceKey: string) =>
    projectId === undefined
      ? undefined
      : navigate({
          to: '/p/$projectId/resources/$resourceKey',
          params: { projectId, resourceKey },
          replace: true,
        });
  const rename = (to: string) => {
    if (run({ type: 'RenameResource', key, to })) void goTo(to);
  };
  const remove = () => {
    if (!run({ type: 'RemoveResource', key })) return;
    noticeUndo(`Removed the resource ${key}`, `removed-${key}`, () => documents.undo());
    if (projectId !== undefined) void navigate({ to: '/p/$projectId/resources', params: { projectId } });
  };
  return (
    <section className={css.detail} aria-label={`Resource ${key}`}>
      <div className={css.code}>
        <CodeField source={source} markers={markers} />
      </div>
      <section className={`${css.side} ${compact.form}`} aria-label="Settings of the resource">
        <TextSetting
          label="Key"
          description={kind === 'resource' ? `In a body: context.resources.${key}` : 'What assets name it by'}
          value={key}
          isCode
          problemOf={(text) =>
            !/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
              ? 'A key has letters, digits and “_” only.'
              : text !== key && resources.has(text)
                ? 'Another resource has this key.'
                : undefined
          }
          onCommit={rename}
        />
        <SegmentedControl
          size="sm"
          fullWidth
          aria-label="Kind"
          value={kind}
          data={[
            { value: 'resource', label: 'Resource' },
            { value: 'ioManager', label: 'IO manager' },
          ]}
          onChange={(next) => update({ kind: next === 'ioManager' ? 'ioManager' : 'resource' })}
        />
        <TextSetting
          label="Description"
          value={description ?? ''}
          rows={2}
          placeholder="What it gives to bodies"
          problemOf={() => undefined}
          onCommit={(text) => update({ description: text.trim() === '' ? null : text.trim() })}
        />
        <section className={css.part} aria-label="Fields">
          <h3 className={css.partTitle}>Fields</h3>
          {read === undefined ? (
            <p className={css.hint}>
              The schema of the class cannot be read without running it, so its fields are written as JSON. A
              form needs a <code>z.object({'{ … }'})</code>, or constants that lead to one.
            </p>
          ) : read.isWhole ? null : (
            <p className={css.hint}>{unreadText(read.unread)}</p>
          )}
          <SchemaForm
            label={`Fields of ${key}`}
            schema={read?.schema}
            value={config}
            allowsEnvironment
            onChange={(next) => update({ config: isNothing(next) ? null : (next ?? null) })}
          />
        </section>
        <EnvironmentValues config={config} />
        <ResourceTrial resource={key} />
        <UsedBy resource={key} />
        <Button
          className={css.remove}
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={16} stroke={1.75} aria-hidden />}
          onClick={remove}
        >
          Remove resource
        </Button>
      </section>
    </section>
  );
}

/** Types of edges have no part in it. */
const noAsset = asAssetId('');

const bodyOfResource = (key: string, body: string): BodySource => ({
  id: `resource ${key}`,
  assetId: noAsset,
  label: `Class of ${key}`,
  body,
  read: (document) => document.resources.get(key)?.body,
  command: (edit) => ({ type: 'EditResourceBody', key, edit }),
});

const unreadText = (names: readonly string[]): string =>
  names.length === 0
    ? 'Some rules of the schema cannot be read off the text: they are checked when the resource is made.'
    : `What the schema asks of ${textOfList(names)} cannot all be read off the text: the rest is checked when the resource is made.`;

const textOfList = (names: readonly string[]): string =>
  new Intl.ListFormat('en').format(names.map((name) => `“${name}”`));

const isNothing = (value: Json | undefined): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);
