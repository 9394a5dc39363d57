// How a CSV file is written.

import { Checkbox, NativeSelect } from '@mantine/core';
import type { CsvOptions } from '#model/document.ts';

const delimiters = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
  { value: ' ', label: 'Space' },
];

interface CsvFieldsProps {
  readonly csv: CsvOptions;
  onChange(csv: CsvOptions): void;
}

export function CsvFields({ csv, onChange }: CsvFieldsProps) {
  const { delimiter = ',', decimal = '.', encoding = 'utf-8', header = true } = csv;
  const own = delimiters.some(({ value }) => value === delimiter)
    ? []
    : [{ value: delimiter, label: delimiter }];
  return (
    <>
      <NativeSelect
        label="Delimiter"
        value={delimiter}
        data={[...delimiters, ...own]}
        onChange={(event) => onChange({ ...csv, delimiter: event.currentTarget.value })}
      />
      <NativeSelect
        label="Decimal mark"
        value={decimal}
        data={[
          { value: '.', label: 'Point 1.5' },
          { value: ',', label: 'Comma 1,5' },
        ]}
        onChange={(event) => onChange({ ...csv, decimal: event.currentTarget.value === ',' ? ',' : '.' })}
      />
      <NativeSelect
        label="Encoding"
        value={encoding}
        data={[
          { value: 'utf-8', label: 'UTF-8' },
          { value: 'latin-1', label: 'Latin-1' },
        ]}
        onChange={(event) =>
          onChange({ ...csv, encoding: event.currentTarget.value === 'latin-1' ? 'latin-1' : 'utf-8' })
        }
      />
      <Checkbox
        label="First row is the header"
        checked={header}
        onChange={(event) => onChange({ ...csv, header: event.currentTarget.checked })}
      />
    </>
  );
}
