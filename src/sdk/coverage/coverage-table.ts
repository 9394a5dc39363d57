// The table of coverage.md: each public name of Dagster's asset API with what answers to it here. Test code only.

/** What answers to one of Dagster's names. */
export type Answer =
  /** An export, or `Export.member`; `test` is a file and a title in it. `coming`: it is being built. */
  | {
      readonly ours: string;
      readonly test?: readonly [file: string, title: string];
      readonly coming?: true;
      readonly note?: string;
    }
  /** Why there is none. */
  | { readonly why: string }
  /** The topic of later work that it belongs to. */
  | { readonly later: string };

export interface Answers {
  readonly topics: readonly { readonly title: string; readonly names: Readonly<Record<string, Answer>> }[];
  /** Names outside the asset API, which share one answer. */
  readonly groups: readonly {
    readonly title: string;
    readonly names: readonly string[];
    readonly why?: string;
    readonly later?: string;
  }[];
}

export interface DagsterNames {
  readonly dagster: string;
  /** Name to Dagster's own marks: deprecated, superseded, beta, preview. */
  readonly names: Readonly<Record<string, string>>;
}

/** The whole document, in markdown. */
export function coverageTable({ dagster, names }: DagsterNames, { topics, groups }: Answers): string {
  const answers = topics.flatMap((topic) => Object.values(topic.names));
  const shown = answers.filter((answer) => 'test' in answer).length;
  const coming = answers.filter((answer) => 'coming' in answer).length;
  const why = answers.filter((answer) => 'why' in answer).length;
  const later = answers.filter((answer) => 'later' in answer).length;
  return [
    '# What answers to Dagster’s asset API',
    '',
    `Every public name of the asset API of Dagster ${dagster}, what answers to it in \`headwater\`, and the test that`,
    'shows it. Made by `node .ci/coverage.mjs` from `coverage/answers.json`; do not edit.',
    '',
    `${answers.length} names: ${shown} answered and shown by a test, ${coming} being built, ${why} without an answer for the reason given, ${later} of later work.`,
    ...topics.flatMap((topic) => [
      '',
      `## ${topic.title}`,
      '',
      '| Dagster | here | shown by |',
      '| --- | --- | --- |',
      ...Object.entries(topic.names).map(([name, answer]) => row(name, names[name] ?? '', answer)),
    ]),
    '',
    '## Outside the asset API',
    '',
    ...groups.flatMap((group) => [
      `- **${group.title}** (${group.names.length}): ${group.later === undefined ? group.why : `later: ${group.later}.`}`,
      `  ${group.names.map((name) => `\`${name}\``).join(', ')}`,
    ]),
    '',
  ].join('\n');
}

function row(name: string, marks: string, answer: Answer): string {
  const asked = `\`${name}\`${marks === '' ? '' : ` (${marks})`}`;
  if ('why' in answer) return `| ${asked} | — | ${cell(answer.why)} |`;
  if ('later' in answer) return `| ${asked} | — | later: ${answer.later} |`;
  const note = answer.note === undefined ? '' : `: ${cell(answer.note)}`;
  const shownBy = answer.test ? `${cell(answer.test[1])} (\`${answer.test[0]}\`)` : 'being built';
  return `| ${asked} | \`${answer.ours}\`${note} | ${shownBy} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
