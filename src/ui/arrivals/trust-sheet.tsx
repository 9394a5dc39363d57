// What somebody should know before they open what came from outside: what it is, where it came from, what it wants
// and what it carries. Says nothing that is not in its text.

import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { DocumentPart } from '#interop/arrivals/document-parts.ts';
import {
  type Contents as ContentsCount,
  contentsOf,
  type Wants,
  wantsOf,
} from '#interop/arrivals/wants-of.ts';
import type { ShareBundle } from '#interop/share/bundle-types.ts';
import type { Arrival } from '#state/arrival-store.ts';
import { formatBytes, formatCount, formatPlural } from '#ui/kit/format.ts';
import { ScrollRegion } from '#ui/kit/scroll-region.tsx';
import warningCss from '#ui/kit/warning.module.css';
import { shortened } from './part-reader.tsx';
import css from './trust-sheet.module.css';

interface TrustSheetProps {
  readonly arrival: Arrival;
  readonly parts: readonly DocumentPart[];
  /** What can be done with it. */
  readonly children: ReactNode;
}

export function TrustSheet({ arrival, parts, children }: TrustSheetProps) {
  const { document, content, hash, from, problems, original } = arrival;
  const wants = useMemo(
    () => wantsOf(document, parts, content.documentText),
    [document, parts, content.documentText],
  );
  const name = document.info.name === '' ? 'Untitled project' : document.info.name;
  return (
    <aside className={css.sheet} aria-label="Before you trust it">
      <ScrollRegion className={css.scroll} label="What it is, wants and carries">
        <h1 className={css.name} title={shortened(name, 1_000)}>
          {shortened(name, 200)}
        </h1>
        {document.info.description ? (
          <p className={css.about}>{shortened(document.info.description, 1_000)}</p>
        ) : null}
        <dl className={css.facts}>
          <dt>From</dt>
          <dd className={css.from}>{shortened(from, 300)}</dd>
          <dt>Content</dt>
          <dd>
            <code title={`SHA-256 ${hash}`}>{shortHash(hash)}</code>
          </dd>
          <dt>Size</dt>
          <dd>{formatBytes(original.bytes.length)}</dd>
        </dl>
        <p className={css.calm}>
          You are looking at its text. Nothing in it has run, nothing of it is stored, and it cannot be
          changed here.
        </p>
        {problems.length > 0 ? <Unread problems={problems} /> : null}
        <Contents arrival={arrival} />
        <Wanted wants={wants} />
      </ScrollRegion>
      <footer className={css.actions}>{children}</footer>
    </aside>
  );
}

function carriedText(
  { files, fileBytes }: ContentsCount,
  { values = [], results = [] }: ShareBundle,
): string {
  const samples = values.filter(({ isSample }) => isSample).length;
  const carried = [
    files > 0 ? `${formatPlural(files, 'data file')} (${formatBytes(fileBytes)})` : undefined,
    values.length > 0
      ? `${formatPlural(values.length, 'value')} (${formatBytes(
          values.reduce((sum, { bytes }) => sum + bytes.length, 0),
        )}${samples > 0 ? `, ${formatCount(samples)} of them only in part` : ''})`
      : undefined,
    results.length > 0 ? `the latest results of ${formatPlural(results.length, 'asset')}` : undefined,
  ].filter((part) => part !== undefined);
  return carried.length === 0
    ? 'It carries no data files, no values and no results of runs.'
    : `It carries ${listed(carried)}.${
        results.length > values.length ? ' Results without their values are shown here alone.' : ''
      }`;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

/** Enough of it to compare by eye. */
export const shortHash = (hash: string): string =>
  `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)}`;

const shownProblems = 5;

function Unread({ problems }: Pick<Arrival, 'problems'>) {
  return (
    <div className={warningCss.warning}>
      <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
      <div>
        {formatPlural(problems.length, 'thing')} in it could not be read, and would not be in the project:
        <ul>
          {problems.slice(0, shownProblems).map(({ path, line, message }) => (
            <li key={`${path} ${line} ${message}`}>{shortened(`${path}, line ${line}: ${message}`, 300)}</li>
          ))}
          {problems.length > shownProblems ? (
            <li>and {formatCount(problems.length - shownProblems)} more</li>
          ) : null}
        </ul>
      </div>
    </div>
  );
}

function Contents({ arrival }: Pick<TrustSheetProps, 'arrival'>) {
  const { document, content } = arrival;
  const contents = useMemo(() => contentsOf(document), [document]);
  const counts = [
    ['Assets', contents.assets],
    ['Bodies', contents.bodies],
    ['Ops', contents.ops],
    ['Checks', contents.checks],
    ['Resources', contents.resources],
    ['IO managers', contents.ioManagers],
    ['Shared modules', contents.modules],
    ['Notes', contents.notes],
  ] as const;
  return (
    <section aria-label="What is in it">
      <h2 className={css.title}>What is in it</h2>
      <dl className={css.counts}>
        {counts.map(([name, count]) =>
          count === 0 && name !== 'Assets' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ),
        )}
      </dl>
      <p className={css.line}>{carriedText(contents, content)}</p>
    </section>
  );
}

function Wanted({ wants }: { readonly wants: Wants }) {
  const { hosts, hasComputedHost, libraries, environment, resources, ioManagers } = wants;
  const missing = libraries.filter(({ isShipped }) => !isShipped);
  return (
    <section aria-label="What it wants">
      <h2 className={css.title}>What it wants</h2>
      <Want
        title="Hosts"
        names={[...hosts, ...(hasComputedHost ? ['one that is put together as it runs'] : [])]}
        none="Its text names none."
      >
        The app grants none: no body reaches the network.
      </Want>
      <Want
        title="Libraries"
        names={libraries.map(({ name, isShipped }) => (isShipped ? name : `${name} (unknown)`))}
        none="It imports none."
      >
        {missing.length > 0
          ? 'What imports an unknown one does not run: libraries come with the app alone.'
          : undefined}
      </Want>
      <Want title="Environment values" names={environment} none="It asks for none.">
        {environment.length > 0 ? 'You would set them yourself. It brings and sees none.' : undefined}
      </Want>
      {resources.length > 0 ? <Want title="Resources" names={resources} /> : null}
      {ioManagers.length > 0 ? (
        <Want title="IO managers" names={ioManagers}>
          They keep and load the values of its assets, inside the project.
        </Want>
      ) : null}
    </section>
  );
}

interface WantProps {
  readonly title: string;
  readonly names: readonly string[];
  /** Said when there are no names. */
  readonly none?: string;
  readonly children?: ReactNode;
}

const shownNames = 20;

function Want({ title, names, none, children }: WantProps) {
  return (
    <div className={css.want}>
      <h3>{title}</h3>
      {names.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className={css.names} aria-label={title}>
          {names.slice(0, shownNames).map((name) => (
            <li key={name}>{shortened(name, 120)}</li>
          ))}
          {names.length > shownNames ? <li>and {formatCount(names.length - shownNames)} more</li> : null}
        </ul>
      )}
      {children === undefined ? null : <p>{children}</p>}
    </div>
  );
}
