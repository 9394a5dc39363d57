// The resources and IO managers of the project: a list, and the one that is open.

import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { formatPlural } from '#ui/kit/format.ts';
import list from '#ui/kit/list-page.module.css';
import { noticeError } from '#ui/kit/notices.ts';
import { EmptyState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { ReadyManager, readyManagerInfos } from './ready-manager.tsx';
import { ResourceDetail } from './resource-detail.tsx';
import { ResourceList } from './resource-list.tsx';
import { freshResource, type ResourceTemplate, resourceTemplates } from './resource-templates.ts';
import css from './resources-page.module.css';

export function ResourcesPage() {
  const resources = useDocument((state) => state.document.resources);
  const projectName = useDocument((state) => state.document.info.name);
  const { resourceKey } = useParams({ strict: false });
  const opened =
    resourceKey ??
    (resources.size > 0 ? [...resources.keys()].sort((a, b) => (a < b ? -1 : 1))[0] : undefined);
  useTitle(resourceKey ?? 'Resources', projectName);
  const add = useAddResource();
  const resource = opened === undefined ? undefined : resources.get(opened);
  const ready = readyManagerInfos.find(({ key }) => key === opened);
  return (
    <div className={list.page}>
      <header className={list.head}>
        <h1 className={list.title}>Resources</h1>
        <span className={list.count} role="status">
          {formatPlural(resources.size, 'resource')}
        </span>
        <div className={list.filters}>{resources.size > 0 ? <AddMenu onAdd={add} /> : null}</div>
      </header>
      <div className={css.body}>
        <ResourceList opened={opened} />
        {resource ? (
          <ResourceDetail key={resource.key} resource={resource} />
        ) : ready ? (
          <ReadyManager info={ready} />
        ) : resources.size === 0 && opened === undefined ? (
          <Teaching onAdd={add} />
        ) : (
          <EmptyState title={`There is no resource “${opened}”`} action={<AddMenu onAdd={add} />}>
            It was renamed or removed. Undo brings it back.
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function useAddResource(): (template: ResourceTemplate) => void {
  const { documents } = useServices();
  const navigate = useNavigate();
  return (template) => {
    const { document, projectId } = documents.store.getState();
    const resource = freshResource(template, document.resources);
    const error = documents.run({ type: 'AddResource', resource });
    if (error) noticeError(error, 'The resource was not added');
    else if (projectId !== undefined)
      void navigate({
        to: '/p/$projectId/resources/$resourceKey',
        params: { projectId, resourceKey: resource.key },
      });
  };
}

function AddMenu({ onAdd }: { onAdd(template: ResourceTemplate): void }) {
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden />}
        >
          Add resource
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {resourceTemplates.map((template) => (
          <Menu.Item key={template.label} onClick={() => onAdd(template)}>
            <span className={css.templateLabel}>{template.label}</span>
            <span className={css.templateAbout}>{template.about}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Teaching({ onAdd }: { onAdd(template: ResourceTemplate): void }) {
  return (
    <div className={css.teaching}>
      <EmptyState
        icon={<IconPlugConnected size={24} stroke={1.5} />}
        title="What bodies share"
        action={
          <div className={css.templates}>
            {resourceTemplates.map((template) => (
              <button
                key={template.label}
                type="button"
                className={css.template}
                onClick={() => onAdd(template)}
              >
                <span className={css.templateLabel}>{template.label}</span>
                <span className={css.templateAbout}>{template.about}</span>
              </button>
            ))}
          </div>
        }
      >
        A resource is a TypeScript class with fields of its own: a service, a database, a setting. A body
        reads it as <code>context.resources.http</code>. An IO manager is one that keeps the values of assets.
        Begin with one of these:
      </EmptyState>
    </div>
  );
}
