// One step of the tour in a corner, and a ring around where to look. Nothing is blocked: it watches, and goes on
// when the step is done.

import { Button, CloseButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useDocument, useRuns, useSession } from '#ui/kit/services.tsx';
import { useExamples } from '#ui/projects/use-examples.ts';
import { useProjectActions } from '#ui/projects/use-project-actions.ts';
import css from './tour.module.css';
import { type TourStep, tourSteps } from './tour-steps.ts';
import { useTour } from './use-tour.ts';

const goOnAfterMs = 900;

export function TourCard() {
  const tour = useTour();
  const step = tourSteps[tour.step];
  const document = useDocument((state) => state.document);
  const isOpen = useDocument((state) => state.projectId !== undefined);
  const states = useRuns((state) => state.states);
  const selected = useSession((state) => state.selectedAssets);
  const inspectorTab = useSession((state) => state.inspectorTab);
  const { pathname } = useLocation();
  const isDone = step?.isDone({ document, isOpen, states, selected, inspectorTab, pathname }) ?? false;
  const { goTo } = tour;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each step that is done
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => goTo(tour.step + 1), goOnAfterMs);
    return () => clearTimeout(timer);
  }, [isDone, tour.step]);

  return (
    <>
      {step && !isDone ? <Ring step={step} /> : null}
      <aside className={css.card} aria-label="Tour">
        <header className={css.head}>
          <span className={css.count}>
            {step ? `Tour · step ${tour.step + 1} of ${tour.count}` : 'Tour · done'}
          </span>
          <CloseButton size="sm" aria-label="Leave the tour" onClick={tour.leave} />
        </header>
        <div aria-live="polite">
          <h2 className={css.title}>
            {isDone ? <IconCheck size={18} stroke={2} className={css.done} aria-hidden /> : null}
            {step ? step.title : 'That is all you need'}
          </h2>
          <p className={css.text}>
            {step
              ? step.text
              : 'Make a project of your own: add an asset with A, or drop a data file on the canvas. The Help menu has the keys and this tour.'}
          </p>
        </div>
        <ol className={css.dots} aria-hidden="true">
          {tourSteps.map(({ title }, index) => (
            <li key={title} data-state={index < tour.step ? 'done' : index === tour.step ? 'now' : 'next'} />
          ))}
        </ol>
        <div className={css.actions}>
          {step ? <StepActions step={step} isDone={isDone} /> : <LastActions />}
        </div>
      </aside>
    </>
  );
}

function StepActions({ step, isDone }: { readonly step: TourStep; readonly isDone: boolean }) {
  const tour = useTour();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const projectId = useDocument((state) => state.projectId);
  const examples = useExamples();
  const actions = useProjectActions();
  const weather =
    examples.type === 'ready' ? examples.examples.find(({ file }) => file.startsWith('seattle')) : undefined;
  const isElsewhere = step.page === 'graph' && !/\/graph/.test(pathname);
  return (
    <>
      <Button size="sm" variant="subtle" color="gray" onClick={() => tour.goTo(tour.step + 1)}>
        Skip this step
      </Button>
      {tour.step === 0 && !isDone && weather ? (
        <Button size="sm" onClick={() => void actions.openExample(weather)}>
          Open the example
        </Button>
      ) : isElsewhere && projectId !== undefined ? (
        <Button size="sm" onClick={() => void navigate({ to: '/p/$projectId/graph', params: { projectId } })}>
          Go to the graph
        </Button>
      ) : null}
    </>
  );
}

function LastActions() {
  const tour = useTour();
  const actions = useProjectActions();
  return (
    <>
      <Button size="sm" variant="subtle" color="gray" onClick={tour.leave}>
        Close
      </Button>
      <Button
        size="sm"
        onClick={() => {
          tour.leave();
          void actions.create('Untitled project');
        }}
      >
        New project
      </Button>
    </>
  );
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const lookEveryMs = 200;

/** Around the step's target while it is in sight; it follows as things move. */
function Ring({ step }: { readonly step: TourStep }) {
  const [box, setBox] = useState<Box>();
  useEffect(() => {
    const look = () => {
      const found = targetOf(step)?.getBoundingClientRect();
      const isSeen = found && found.width > 0 && found.bottom > 0 && found.top < window.innerHeight;
      setBox((before) => {
        if (!isSeen) return undefined;
        const { left, top, width, height } = found;
        return before && before.left === left && before.top === top && before.width === width
          ? before
          : { left, top, width, height };
      });
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [step]);
  if (!box) return null;
  const { left, top, width, height } = box;
  return (
    <div
      className={css.ring}
      style={{ left: left - 4, top: top - 4, width: width + 8, height: height + 8 }}
      aria-hidden="true"
    />
  );
}

function targetOf({ target }: TourStep): Element | undefined {
  if (!target) return undefined;
  if ('selector' in target) return document.querySelector(target.selector) ?? undefined;
  return [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === target.button);
}
