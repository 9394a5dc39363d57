// Step reports on their way to the engine: gathered, and sent as one message with one transferred buffer.

import type { LaneReply, MadeReport, StepReport } from '#engine/lane-protocol.ts';
import type { MadeItem } from './made-item.ts';

export interface ReportBatch {
  /** Takes the bytes of one value and says where in the batch's buffer they will lie. */
  addBytes(bytes: Uint8Array): { readonly offset: number; readonly length: number };
  addReport(report: StepReport): void;
  /** Is anything worth sending now? */
  isDue(now: number): boolean;
  flush(): void;
}

/** What a step made as its report says it; the bytes join the batch. */
export function madeReport(
  { made, bytes, isManaged, isUnstored, files }: MadeItem,
  batch: Pick<ReportBatch, 'addBytes'>,
): MadeReport {
  if (made.type !== 'output') return made;
  const { output, metadata, dataVersion, tags, mappingKey } = made;
  return {
    type: 'output',
    output,
    ...(bytes === undefined ? {} : { value: batch.addBytes(bytes) }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(dataVersion === undefined ? {} : { dataVersion }),
    ...(tags === undefined ? {} : { tags }),
    ...(mappingKey === undefined ? {} : { mappingKey }),
    ...(isManaged ? { isManaged } : {}),
    ...(isUnstored ? { isUnstored } : {}),
    ...(files === undefined
      ? {}
      : {
          files: [...files].map(([path, given]) => ({
            path,
            ...(given === undefined ? {} : { bytes: batch.addBytes(given) }),
          })),
        }),
  };
}

const dueAfterMs = 16;
const dueBytes = 1024 * 1024;

export function createReportBatch(post: (reply: LaneReply, transfer: ArrayBuffer[]) => void): ReportBatch {
  let reports: StepReport[] = [];
  let chunks: Uint8Array[] = [];
  let size = 0;
  return {
    addBytes(bytes) {
      const range = { offset: size, length: bytes.byteLength };
      chunks.push(bytes);
      size += bytes.byteLength;
      return range;
    },
    addReport(report) {
      reports.push(report);
    },
    // The next body may never end: what is waiting here when it begins is the work that would be lost with it.
    isDue(now) {
      const oldest = reports[0];
      return oldest !== undefined && (size >= dueBytes || now - oldest.startedAt >= dueAfterMs);
    },
    flush() {
      if (reports.length === 0) return;
      const bytes = joinChunks(chunks, size);
      const sent = reports;
      reports = [];
      chunks = [];
      size = 0;
      post({ type: 'reports', reports: sent, bytes }, [bytes.buffer]);
    },
  };
}

// One large value that fills its own buffer is sent as it is.
function joinChunks(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const only = chunks.length === 1 ? chunks[0] : undefined;
  if (only && only.buffer instanceof ArrayBuffer && only.byteLength === only.buffer.byteLength)
    return only as Uint8Array<ArrayBuffer>;
  const joined = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
