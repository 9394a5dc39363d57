// Lets a lane's replies through that have the right shape and that the lane has earned: one report for each step
// sent, one answer for each revoke, and live messages at a bounded rate. A body that got hold of the port can
// therefore flood nobody: its first unearned message ends the lane.
//
// Markers come another way, only the newest, so that most short steps are reported without one.

import { err, ok, type Result } from '#base/result.ts';
import {
  defaultLaneLimits,
  type LaneReply,
  type LaneRequest,
  type StepNumber,
} from '#engine/lane-protocol.ts';
import type { LaneDeath } from '#engine/ports.ts';
import { replyProblem } from './reply-shape.ts';

export interface ReplyGuard {
  /** Notes what was sent, and so what may be answered. */
  expect(request: LaneRequest): void;
  check(reply: unknown): Result<LaneReply, LaneDeath>;
  /** Is this a step that was sent, and of which nothing has been heard? Each is true once. */
  isNewMarker(step: unknown): step is StepNumber;
}

/** Live messages (logs, progress) that a lane may post at once, and how many more each second. */
const liveBurst = 200;
const livePerSecond = 40;
/** Bytes of values that one batch may carry: no buffer can be larger in Chromium. */
const maxBatchBytes = 2 ** 32;

export function createReplyGuard(now: () => number = () => performance.now()): ReplyGuard {
  /** Steps sent and not yet reported. One that was taken back may be sent again, in another segment. */
  const steps = new Map<StepNumber, { readonly segment: number; hasMarker: boolean }>();
  const isWaiting = (step: StepNumber): boolean => steps.get(step)?.hasMarker === false;
  const segments = new Map<number, readonly StepNumber[]>();
  let readies = 0;
  let revokes = 0;
  let closes = 0;
  let maxLogLines = defaultLaneLimits.maxLogLines;
  let logLines = new Map<StepNumber, number>();
  let liveCredit = liveBurst;
  let creditAt = now();

  const broken = (detail: string): Result<never, LaneDeath> => err({ type: 'ProtocolBroken', detail });
  const outOfCredit = (detail: string): Result<never, LaneDeath> => err({ type: 'OutOfCredit', detail });

  function spendLive(): boolean {
    const at = now();
    liveCredit = Math.min(liveBurst, liveCredit + ((at - creditAt) / 1000) * livePerSecond);
    creditAt = at;
    liveCredit -= 1;
    return liveCredit >= 0;
  }

  // One line more than allowed: the step that passes its limit may still report the ones before.
  function spendLines(step: StepNumber, count: number): boolean {
    const total = (logLines.get(step) ?? 0) + count;
    logLines.set(step, total);
    return total <= maxLogLines + 1;
  }

  function earned(reply: LaneReply): Result<LaneReply, LaneDeath> {
    // Markers have a way of their own.
    if (typeof reply === 'number') return broken('A marker came over the port of replies.');
    switch (reply.type) {
      case 'ready':
        readies -= 1;
        return readies >= 0 ? ok(reply) : broken('The lane said “ready” unasked.');
      case 'reports':
        if (reply.bytes.byteLength > maxBatchBytes) return outOfCredit('A batch of values was too large.');
        for (const report of reply.reports) {
          if (!steps.delete(report.step))
            return broken(`A report came for step ${report.step}, which was not sent.`);
          if (report.logs.length > 0 && !spendLines(report.step, report.logs.length))
            return outOfCredit(`Step ${report.step} sent more log lines than it may.`);
          logLines.delete(report.step);
        }
        return ok(reply);
      case 'logs':
      case 'progress':
        if (!steps.has(reply.step)) return broken(`Step ${reply.step} spoke, but was not sent.`);
        if (!spendLive()) return outOfCredit(`Step ${reply.step} sent too many messages.`);
        if (reply.type === 'logs' && !spendLines(reply.step, reply.logs.length))
          return outOfCredit(`Step ${reply.step} sent more log lines than it may.`);
        return ok(reply);
      case 'revoked':
        revokes -= 1;
        for (const step of reply.steps) {
          if (!isWaiting(step)) return broken(`Step ${step} was given back, but was not waiting.`);
          steps.delete(step);
        }
        return revokes >= 0 ? ok(reply) : broken('The lane gave back steps unasked.');
      case 'read-file':
        if (steps.size === 0) return broken('A file was asked for while no step runs.');
        return spendLive() ? ok(reply) : outOfCredit('Too many files were asked for at once.');
      case 'closed':
        closes -= 1;
        if (closes < 0) return broken('The lane said “closed” unasked.');
        return reply.logs.length <= maxLogLines + 1
          ? ok(reply)
          : outOfCredit('Tearing resources down wrote more log lines than it may.');
      case 'segment-failed':
      case 'segment-done': {
        const sent = segments.get(reply.id);
        if (sent === undefined) return broken(`Segment ${reply.id} ended, but was not sent.`);
        segments.delete(reply.id);
        // Those that the lane left out, because a step before them failed.
        for (const step of sent)
          if (isWaiting(step) && steps.get(step)?.segment === reply.id) steps.delete(step);
        return ok(reply);
      }
    }
  }

  return {
    isNewMarker(step): step is StepNumber {
      const sent = typeof step === 'number' ? steps.get(step) : undefined;
      if (!sent || sent.hasMarker) return false;
      sent.hasMarker = true;
      return true;
    },
    expect(request) {
      if (request.type === 'open') {
        readies += 1;
        maxLogLines = request.limits.maxLogLines;
        logLines = new Map();
      } else if (request.type === 'segment') {
        const sent = request.steps.map(({ step }) => step);
        segments.set(request.id, sent);
        for (const step of sent) steps.set(step, { segment: request.id, hasMarker: false });
      } else if (request.type === 'revoke') revokes += 1;
      else if (request.type === 'close') closes += 1;
    },
    check(reply) {
      const problem = replyProblem(reply);
      return problem === undefined ? earned(reply as LaneReply) : broken(problem);
    },
  };
}
