// The events of a run as a virtualised list with filters. Follows the end while it is shown there; a row opens
// to its whole message, error and metadata.

import { TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { RunEvent } from '#model/events.ts';
import { readOpStepKey } from '#model/op-graph.ts';
import { BodyErrorView } from '#ui/kit/body-error-view.tsx';
import { formatClock, formatExact, formatPlural } from '#ui/kit/format.ts';
import { MetadataTable } from '#ui/kit/metadata-table.tsx';
import css from './event-list.module.css';
import { LevelSelect, StepSelect } from './event-selects.tsx';
import { type EventFilter, eventLevel, eventText, matchesFilter } from './event-text.ts';

export interface EventListProps {
  readonly events: readonly RunEvent[];
  /** Shows only this step; the list may be set to another one. */
  readonly step?: string | undefined;
  onStep?(step: string | undefined): void;
  /** Starts at the newest event and stays there as more arrive, until scrolled away. */
  readonly followsEnd?: boolean;
  /** What stands in place of the list when there are no events. */
  readonly emptyText?: string;
}

/** What an event is of: an asset, or an op, which is called by its step. */
const placeName = ({ stepKey, assetKey }: RunEvent): string =>
  (readOpStepKey(stepKey) ? stepKey : (assetKey ?? stepKey)) ?? '';

const rowHeight = 28;
const noEvents: readonly RunEvent[] = [];
export function EventList(props: EventListProps) {
  const { step, onStep, followsEnd = false, emptyText = 'No events yet' } = props;
  // Of a run of thousands they come faster than a list can be made.
  const events = useDeferredValue(props.events);
  const [filter, setFilter] = useState<EventFilter>({ text: '', step, level: 'everything' });
  const [isChoosing, setIsChoosing] = useState(false);
  const [outerStep, setOuterStep] = useState(step);
  if (outerStep !== step) {
    setOuterStep(step);
    setFilter({ ...filter, step });
  }
  const deferred = useDeferredValue(filter);
  const shown = useMemo(() => events.filter((event) => matchesFilter(event, deferred)), [events, deferred]);
  const named = isChoosing ? events : noEvents;
  const steps = useMemo(() => {
    const keys = new Set<string>(filter.step === undefined ? [] : [filter.step]);
    for (const { stepKey } of named) if (stepKey !== undefined) keys.add(stepKey);
    return [...keys];
  }, [named, filter.step]);
  const chooseStep = useCallback(
    (chosen: string | undefined) => {
      setFilter((before) => ({ ...before, step: chosen }));
      onStep?.(chosen);
    },
    [onStep],
  );
  const chooseLevel = useCallback(
    (level: EventFilter['level']) => setFilter((before) => ({ ...before, level })),
    [],
  );

  return (
    <section className={css.list} aria-label="Events">
      <div className={css.filters}>
        <TextInput
          size="sm"
          className={css.search}
          aria-label="Filter events by text"
          placeholder="Filter"
          leftSection={<IconSearch size={14} stroke={1.75} />}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        />
        <StepSelect steps={steps} step={filter.step} onStep={chooseStep} onOpen={setIsChoosing} />
        <LevelSelect level={filter.level} onLevel={chooseLevel} />
        <span className={css.count} role="status">
          {shown.length === events.length
            ? formatPlural(events.length, 'event')
            : `${formatPlural(shown.length, 'event')} of ${events.length.toLocaleString('en-US')}`}
        </span>
      </div>
      {shown.length === 0 ? (
        <div className={css.empty}>{events.length === 0 ? emptyText : 'No event matches the filter'}</div>
      ) : (
        <Rows events={shown} followsEnd={followsEnd} />
      )}
    </section>
  );
}

type RowsProps = Required<Pick<EventListProps, 'events' | 'followsEnd'>>;

const Rows = memo(function Rows({ events, followsEnd }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<RunEvent>>(new Set());
  const isAtEnd = useRef(followsEnd);
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when there are more events
  useEffect(() => {
    if (isAtEnd.current) virtualizer.scrollToIndex(events.length - 1, { align: 'end' });
  }, [events.length]);

  const toggle = (event: RunEvent) => {
    const next = new Set(opened);
    if (!next.delete(event)) next.add(event);
    setOpened(next);
  };

  return (
    <div
      ref={scroller}
      className={css.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label="Event rows"
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - rowHeight;
      }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const event = events[index];
          if (!event) return null;
          return (
            <div
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              className={css.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row event={event} isOpen={opened.has(event)} onToggle={() => toggle(event)} />
            </div>
          );
        })}
      </div>
    </div>
  );
});

interface RowProps {
  readonly event: RunEvent;
  readonly isOpen: boolean;
  onToggle(): void;
}

function Row({ event, isOpen, onToggle }: RowProps) {
  const level = eventLevel(event);
  const text = eventText(event);
  const hasMore = event.error !== undefined || event.metadata !== undefined || text.length > 80;
  return (
    <div className={css.event} data-level={level}>
      <button
        type="button"
        className={css.row}
        aria-expanded={hasMore ? isOpen : undefined}
        onClick={hasMore ? onToggle : undefined}
        data-more={hasMore || undefined}
      >
        <time
          className={css.time}
          dateTime={new Date(event.timestamp * 1000).toISOString()}
          title={formatExact(event.timestamp * 1000)}
        >
          {formatClock(event.timestamp * 1000)}
        </time>
        <span className={css.type}>{event.type === 'LOG' ? (event.level ?? 'LOG') : event.type}</span>
        <span className={css.step} title={placeName(event)}>
          {placeName(event)}
        </span>
        <span className={css.text}>{text}</span>
        {hasMore ? <IconChevronRight size={14} stroke={1.75} className={css.chevron} aria-hidden /> : null}
      </button>
      {isOpen ? (
        <div className={css.more}>
          {event.error === undefined ? (
            <div className={css.whole}>{text}</div>
          ) : (
            <BodyErrorView error={event.error} />
          )}
          {event.metadata === undefined ? null : <MetadataTable entries={event.metadata} />}
        </div>
      ) : null}
    </div>
  );
}
