// The lanes of one run: what each holds, runs and owes. Watches for steps that run too long and turns a
// lane's death into facts about steps.

import type { LaneError } from '#model/lane-error.ts';
import type {
  LaneReply,
  LaneRequest,
  LaneResource,
  LogLine,
  SegmentStep,
  StepNumber,
  StepReport,
  ValueId,
} from './lane-protocol.ts';
import type { BodyRunner, Clock, Lane, LaneDeath } from './ports.ts';
import type { SegmentModule } from './segment-module.ts';

export interface LaneSlot {
  readonly number: number;
  /** Steps sent and not reported, with their segment. */
  readonly outstanding: ReadonlyMap<StepNumber, number>;
  /** Values that the lane has made or was sent. */
  readonly holds: Set<ValueId>;
  /** Keys of the resources that it can make. */
  readonly resources: ReadonlySet<string>;
  /** The step whose body has begun and is not reported. */
  readonly current: StepNumber | undefined;
  /** Milliseconds since the epoch; meaningful while `current` is set. */
  readonly currentSince: number;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the lane last answered, in milliseconds since the epoch; 0 before it has. */
  readonly heardAt: number;
  /** When steps were asked back and no answer has come yet, in milliseconds since the epoch. */
  readonly askedBackAt: number | undefined;
  /** Steps that were taken from a lane that does not answer: what it still says of them does not count. */
  readonly disowned: ReadonlyMap<StepNumber, number>;
}

export interface LanePoolHandler {
  onReport(slot: LaneSlot, module: SegmentModule, report: StepReport, bytes: Uint8Array): void;
  onProgress(step: StepNumber, fraction: number, message: string | undefined): void;
  onLogs(step: StepNumber, logs: StepReport['logs']): void;
  /** Steps that were sent and did not run: a step they need failed, or they were taken back. */
  onReturned(steps: readonly StepNumber[]): void;
  /** An IO manager of the lane asks for what it keeps under a path. */
  readFile(manager: string, path: string): Promise<Uint8Array | undefined>;
  /** A lane has torn its resources down. */
  onClosed(logs: readonly LogLine[]): void;
  /** After the replies of one message have been handled. */
  onIdle(): void;
  /** The lane is gone; `current` was running, `lost` had not begun or not been reported. */
  onDead(death: LaneDeath, current: StepNumber | undefined, lost: readonly StepNumber[]): void;
}

export interface LanePool {
  readonly slots: readonly LaneSlot[];
  start(): LaneSlot;
  sendSegment(slot: LaneSlot, module: SegmentModule, steps: readonly SegmentStep[]): void;
  sendValues(slot: LaneSlot, values: readonly { readonly id: ValueId; readonly bytes: Uint8Array }[]): void;
  /** Must come before the first segment that needs it. */
  sendResource(slot: LaneSlot, resource: LaneResource): void;
  drop(values: readonly ValueId[]): void;
  /** Asks for steps back that have not begun; they come through `onReturned`. */
  revoke(slot: LaneSlot, steps: readonly StepNumber[]): void;
  /** Takes steps, asked back before, from a lane whose body does not let it answer. */
  disown(slot: LaneSlot, steps: readonly StepNumber[]): void;
  abort(slot: LaneSlot, reason: string): void;
  /** Ends a lane at once and returns what it had not reported, without `current`. */
  terminate(slot: LaneSlot): StepNumber[];
  terminateAll(): void;
  /** Has the lanes that made resources tear them down; resolves when they have, or are gone. */
  close(): Promise<void>;
}

interface MutableSlot extends LaneSlot {
  readonly outstanding: Map<StepNumber, number>;
  readonly resources: Set<string>;
  /** Called when it has torn its resources down, or is gone. */
  onClosed: (() => void) | undefined;
  readonly modules: Map<number, SegmentModule>;
  /** The values that its outstanding steps will make. */
  readonly makes: Map<StepNumber, readonly ValueId[]>;
  current: StepNumber | undefined;
  currentSince: number;
  heardAt: number;
  askedBackAt: number | undefined;
  readonly disowned: Map<StepNumber, number>;
  /** Values to be dropped, told together: one message for each would cost more than the steps. */
  dropping: ValueId[];
  lane: Lane;
}

export interface LanePoolDeps {
  readonly runner: BodyRunner;
  readonly clock: Clock;
  readonly open: Extract<LaneRequest, { type: 'open' }>;
  readonly handler: LanePoolHandler;
}

export function createLanePool({ runner, clock, open, handler }: LanePoolDeps): LanePool {
  const slots: MutableSlot[] = [];
  let nextSlot = 0;
  let nextSegment = 0;

  const mutable = (slot: LaneSlot): MutableSlot => {
    const found = slots.find((candidate) => candidate === slot);
    if (!found) throw new Error('Internal error: this lane has ended');
    return found;
  };

  function remove(slot: MutableSlot): StepNumber[] {
    slots.splice(slots.indexOf(slot), 1);
    slot.onClosed?.();
    return [...slot.outstanding.keys()].filter((step) => step !== slot.current);
  }

  function die(slot: MutableSlot, death: LaneDeath): void {
    if (!slots.includes(slot)) return;
    const lost = remove(slot);
    handler.onDead(death, slot.current, lost);
  }

  function receive(slot: MutableSlot, reply: LaneReply): void {
    if (!slots.includes(slot)) return;
    // A marker may come from the frame long after its body began to loop.
    if (typeof reply !== 'number') slot.heardAt = clock.now();
    take(slot, reply);
    for (const each of [...slots]) tellDrops(each);
  }

  // Before anything else is sent: a value that is sent anew must not fall to an older wish.
  function tellDrops(slot: MutableSlot): void {
    if (slot.dropping.length === 0) return;
    slot.lane.send({ type: 'drop', values: slot.dropping });
    slot.dropping = [];
  }

  function take(slot: MutableSlot, reply: LaneReply): void {
    if (typeof reply === 'number') {
      if (slot.disowned.has(reply)) {
        slot.current = undefined;
        return;
      }
      if (!slot.outstanding.has(reply))
        return breakProtocol(slot, `a marker for step ${reply}, which it does not run`);
      slot.current = reply;
      slot.currentSince = clock.now();
      return;
    }
    switch (reply.type) {
      case 'ready':
        return;
      case 'reports':
        for (const report of reply.reports) {
          if (slot.disowned.delete(report.step)) continue;
          const segment = slot.outstanding.get(report.step);
          if (segment === undefined)
            return breakProtocol(slot, `a report of step ${report.step}, which it does not run`);
          slot.outstanding.delete(report.step);
          slot.makes.delete(report.step);
          if (slot.current === report.step) slot.current = undefined;
          handler.onReport(slot, slot.modules.get(segment)!, report, reply.bytes);
          if (!slots.includes(slot)) return;
        }
        return handler.onIdle();
      case 'progress':
        if (slot.outstanding.has(reply.step)) handler.onProgress(reply.step, reply.fraction, reply.message);
        return;
      case 'logs':
        if (slot.outstanding.has(reply.step)) handler.onLogs(reply.step, reply.logs);
        return handler.onIdle();
      case 'revoked':
        slot.askedBackAt = undefined;
        for (const step of reply.steps) slot.disowned.delete(step);
        giveBack(
          slot,
          reply.steps.filter((step) => step !== slot.current),
        );
        return handler.onIdle();
      case 'segment-failed': {
        // Each body was parsed alone, so a module that does not load is a fault of the first body in it.
        const steps = stepsOf(slot, reply.id);
        const module = slot.modules.get(reply.id);
        slot.modules.delete(reply.id);
        const first = steps[0];
        if (first !== undefined && module) {
          slot.outstanding.delete(first);
          handler.onReport(slot, module, failedReport(first, reply.error, clock.now()), new Uint8Array());
          giveBack(slot, steps.slice(1));
        }
        return handler.onIdle();
      }
      case 'segment-done':
        giveBack(slot, stepsOf(slot, reply.id));
        for (const [step, segment] of slot.disowned) if (segment === reply.id) slot.disowned.delete(step);
        slot.modules.delete(reply.id);
        return handler.onIdle();
      case 'read-file':
        void handler.readFile(reply.manager, reply.path).then((bytes) => {
          if (slots.includes(slot))
            slot.lane.send({ type: 'file', id: reply.id, ...(bytes === undefined ? {} : { bytes }) });
        });
        return;
      case 'closed':
        handler.onClosed(reply.logs);
        slot.onClosed?.();
        return;
    }
  }

  const stepsOf = (slot: MutableSlot, segment: number): StepNumber[] =>
    [...slot.outstanding].filter(([, id]) => id === segment).map(([step]) => step);

  function giveBack(slot: MutableSlot, steps: readonly StepNumber[]): void {
    const returned = steps.filter((step) => slot.outstanding.delete(step));
    for (const step of returned) {
      for (const value of slot.makes.get(step) ?? []) slot.holds.delete(value);
      slot.makes.delete(step);
    }
    if (returned.length > 0) handler.onReturned(returned);
  }

  function breakProtocol(slot: MutableSlot, detail: string): void {
    slot.lane.terminate();
    die(slot, { type: 'ProtocolBroken', detail: `The lane sent ${detail}.` });
  }

  return {
    slots,
    start() {
      const slot: MutableSlot = {
        number: nextSlot,
        outstanding: new Map(),
        modules: new Map(),
        makes: new Map(),
        holds: new Set(),
        resources: new Set(),
        onClosed: undefined,
        current: undefined,
        currentSince: 0,
        startedAt: clock.now(),
        heardAt: 0,
        askedBackAt: undefined,
        disowned: new Map(),
        dropping: [],
        lane: unstartedLane,
      };
      nextSlot += 1;
      slots.push(slot);
      slot.lane = runner.startLane({
        onReply: (reply) => receive(slot, reply),
        onDead: (death) => die(slot, death),
      });
      slot.lane.send(open);
      return slot;
    },
    sendSegment(slot, module, steps) {
      const target = mutable(slot);
      tellDrops(target);
      const id = nextSegment;
      nextSegment += 1;
      target.modules.set(id, module);
      for (const step of steps) {
        target.outstanding.set(step.step, id);
        const values = step.outputs.flatMap(({ value, isDynamic }) => (isDynamic ? [] : value));
        target.makes.set(step.step, values);
        for (const value of values) target.holds.add(value);
      }
      target.lane.send({ type: 'segment', id, module: module.text, libraries: module.libraries, steps });
    },
    sendValues(slot, values) {
      if (values.length === 0) return;
      const target = mutable(slot);
      tellDrops(target);
      for (const { id } of values) slot.holds.add(id);
      target.lane.send({ type: 'values', values });
    },
    sendResource(slot, resource) {
      const target = mutable(slot);
      target.resources.add(resource.key);
      target.lane.send({ type: 'resource', ...resource });
    },
    drop(values) {
      for (const slot of slots) {
        for (const id of values) if (slot.holds.delete(id)) slot.dropping.push(id);
      }
    },
    revoke(slot, steps) {
      const target = mutable(slot);
      target.askedBackAt ??= clock.now();
      target.lane.send({ type: 'revoke', steps });
    },
    disown(slot, steps) {
      const target = mutable(slot);
      for (const step of steps) {
        const segment = target.outstanding.get(step);
        if (segment !== undefined) target.disowned.set(step, segment);
      }
      giveBack(target, steps);
    },
    abort: (slot, reason) => mutable(slot).lane.send({ type: 'abort', reason }),
    terminate(slot) {
      const target = mutable(slot);
      target.lane.terminate();
      return remove(target);
    },
    terminateAll() {
      for (const slot of slots.splice(0)) {
        slot.lane.terminate();
        slot.onClosed?.();
      }
    },
    async close() {
      const closing = slots.filter((slot) => slot.resources.size > 0 && slot.outstanding.size === 0);
      await Promise.all(
        closing.map(
          (slot) =>
            new Promise<void>((resolve) => {
              slot.onClosed = resolve;
              slot.lane.send({ type: 'close' });
            }),
        ),
      );
    },
  };
}

const unstartedLane: Lane = {
  send: () => {
    throw new Error('Internal error: the lane has not started');
  },
  terminate: () => undefined,
};

const failedReport = (step: StepNumber, error: LaneError, at: number): StepReport => ({
  step,
  startedAt: at,
  durationMs: 0,
  made: [],
  logs: [],
  outcome: { type: 'failure', error, allowRetries: false },
});
