// Checks that were made from a form name columns as data, where no checker sees them: which of them the rows lack.

import type { TypedAsset, TypedId } from '#engine/types-port.ts';
import { namedColumns } from '#model/checks/check-template.ts';
import { positionAt } from '#model/position-at.ts';
import type { BodyFinding } from './body-checker.ts';
import { rowFields } from './type-fields.ts';

export function formFindings(
  { template, body = '', inputs }: TypedAsset,
  outputOf: (id: TypedId) => string,
  keyOf: (id: TypedId) => string,
): readonly BodyFinding[] {
  if (!template) return [];
  return namedColumns(template).flatMap(({ input, column }): BodyFinding[] => {
    const from = inputs.find(({ name }) => name === input)?.from;
    const fields = from === undefined ? undefined : rowFields(outputOf(from));
    if (from === undefined || !fields || fields.has(column)) return [];
    const start = Math.max(0, body.indexOf(column));
    return [
      {
        message: `The rows of “${keyOf(from)}” have no “${column}”.`,
        code: 2339,
        ...positionAt(body, start),
        input,
        missing: { field: column, path: '[]', form: 'element', start, end: start + column.length },
      },
    ];
  });
}
