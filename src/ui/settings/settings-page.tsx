// What this browser remembers about how you work: colours, times, runs, and how much is kept.

import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { formatExact, formatPlural } from '#ui/kit/format.ts';
import page from '#ui/kit/page.module.css';
import {
  keepValuesPreference,
  maxLanesPreference,
  mostLanes,
  readKeepValues,
  readMaxLanes,
} from '#ui/kit/run-settings.ts';
import { useServices } from '#ui/kit/services.tsx';
import { KeepRequest, StorageMeter } from '#ui/kit/storage-meter.tsx';
import { setTimeZone, timeZonePreference } from '#ui/kit/time-zone.ts';
import { useEverySecond } from '#ui/kit/use-every-second.ts';
import { useTimeZone } from '#ui/kit/use-time-zone.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import { KeptSecrets } from './kept-secrets.tsx';
import { OldValues } from './old-values.tsx';
import css from './settings-page.module.css';
import { TrustedList } from './trusted-list.tsx';

export function SettingsPage() {
  useTitle('Settings');
  const router = useRouter();
  return (
    <main id="main" className={`${page.page} ${css.page}`} tabIndex={-1}>
      <div className={page.column}>
        <header>
          <button type="button" className={css.back} onClick={() => router.history.back()}>
            <IconChevronLeft size={16} stroke={1.75} aria-hidden />
            Back
          </button>
          <h1 className={page.title}>Settings</h1>
          <p className={page.lead}>Kept in this browser, for all of its projects.</p>
        </header>
        <Section title="Appearance">
          <Theme />
          <TimeZone />
        </Section>
        <Section title="Runs">
          <Concurrency />
        </Section>
        <Section title="Environment values">
          <div className={css.trust}>
            <p className={css.hint}>
              What resources read from the environment. The values lie in this browser beside the projects: no
              file, copy, link or log holds them, and no page shows them.
            </p>
            <KeptSecrets />
          </div>
        </Section>
        <Section title="Trust">
          <div className={css.trust}>
            <span className={css.label}>What arrived from outside</span>
            <p className={css.hint}>
              These contents open without being asked about. Forgetting one asks again the next time; the
              project that was made of it stays.
            </p>
            <TrustedList />
          </div>
        </Section>
        <Section title="Storage">
          <Retention />
          <Row label="Room used" hint="All projects, runs and values together, and the app itself.">
            <div className={css.wide}>
              <StorageMeter />
              <KeepRequest />
            </div>
          </Row>
        </Section>
      </div>
    </main>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <h2 className={css.sectionTitle}>{title}</h2>
      {children}
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly labelFor?: string;
  readonly children: ReactNode;
}

function Row({ label, hint, labelFor, children }: RowProps) {
  return (
    <div className={css.row}>
      <div className={css.about}>
        {labelFor === undefined ? (
          <span className={css.label}>{label}</span>
        ) : (
          <label className={css.label} htmlFor={labelFor}>
            {label}
          </label>
        )}
        {hint === undefined ? null : <p className={css.hint}>{hint}</p>}
      </div>
      <div className={css.control}>{children}</div>
    </div>
  );
}

function Theme() {
  const { session } = useServices();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Row label="Theme">
      <SegmentedControl
        aria-label="Theme"
        size="sm"
        value={colorScheme}
        data={[
          { value: 'auto', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChange={(value) => {
          const scheme = value as typeof colorScheme;
          setColorScheme(scheme);
          session.setState({ colorScheme: scheme });
        }}
      />
    </Row>
  );
}

const browserZone = 'browser';

function TimeZone() {
  const { preferences } = useServices();
  const zone = useTimeZone();
  const id = useId();
  const now = useEverySecond(true);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
  return (
    <Row label="Time zone" labelFor={id} hint={`Of every exact time. It is ${formatExact(now)} there.`}>
      <Select
        id={id}
        className={css.select}
        searchable
        limit={100}
        allowDeselect={false}
        nothingFoundMessage="No such time zone"
        value={zone ?? browserZone}
        data={[{ value: browserZone, label: `As the browser: ${own}` }, ...zones]}
        onChange={(value) => {
          const chosen = value === null || value === browserZone ? '' : value;
          preferences.write(timeZonePreference, chosen);
          setTimeZone(chosen);
        }}
      />
    </Row>
  );
}

function Concurrency() {
  const { preferences } = useServices();
  const id = useId();
  const [lanes, setLanes] = useState(() => readMaxLanes(preferences));
  const own = Math.max(2, Math.min(8, navigator.hardwareConcurrency));
  return (
    <Row
      label="Steps at the same time"
      labelFor={id}
      hint="More than this machine has cores helps only bodies that wait. Holds from the next run on."
    >
      <Select
        id={id}
        className={css.select}
        allowDeselect={false}
        value={lanes === undefined ? 'auto' : String(lanes)}
        data={[
          { value: 'auto', label: `As many as this machine is good for: ${own}` },
          ...Array.from({ length: mostLanes }, (_, index) => ({
            value: String(index + 1),
            label: index === 0 ? 'One after another' : `Up to ${index + 1}`,
          })),
        ]}
        onChange={(value) => {
          preferences.write(maxLanesPreference, value ?? 'auto');
          setLanes(readMaxLanes(preferences));
        }}
      />
    </Row>
  );
}

const keepChoices = [1, 2, 3, 5, 10, 20, 50, 100];

function Retention() {
  const { preferences } = useServices();
  const id = useId();
  const [keep, setKeep] = useState(() => readKeepValues(preferences));
  return (
    <>
      <Row
        label="Values kept of each asset"
        labelFor={id}
        hint={
          keep === undefined
            ? 'Every value that an asset ever had stays in this browser.'
            : 'Older ones are removed after each run. The newest value of an asset always stays, and so does the history: events, versions and metadata.'
        }
      >
        <Select
          id={id}
          className={css.select}
          allowDeselect={false}
          value={keep === undefined ? 'all' : String(keep)}
          data={[
            { value: 'all', label: 'All of them' },
            ...keepChoices.map((count) => ({
              value: String(count),
              label: `The newest ${count === 1 ? 'one only' : formatPlural(count, 'value').replace(' values', '')}`,
            })),
          ]}
          onChange={(value) => {
            preferences.write(keepValuesPreference, value ?? 'all');
            setKeep(readKeepValues(preferences));
          }}
        />
      </Row>
      <OldValues keep={keep} />
    </>
  );
}
