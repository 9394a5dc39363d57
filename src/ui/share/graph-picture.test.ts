import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBundleInText } from '#interop/share/find-bundle.ts';
import { packBundle } from '#interop/share/share-bundle.ts';
import { randomProject } from '#interop/typescript/random-project.ts';
import type { AssetState } from '#model/asset-state.ts';
import { formatDocument } from '#model/format-document.ts';
import { buildGraph } from '#model/graph.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asRunId } from '#model/ids.ts';
import { graphPicture } from './graph-picture.ts';
import { pictureColours } from './picture-colours.ts';
import { brokenLines, shortened, textWidth, withoutMarks } from './picture-text.ts';

const plain = { scheme: 'light' } as const;

/** Throws unless every element is closed, in order, and no text has a sign that XML does not allow there. */
function checkXml(text: string): void {
  const open: string[] = [];
  let rest = text;
  for (let tag = /<(\/?)([\w-]+)((?:\s[\w:-]+="[^"<]*")*)(\/?)>/.exec(rest); rest !== ''; ) {
    const between = tag ? rest.slice(0, tag.index) : rest;
    expect(between).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(between).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    if (!tag) break;
    const [all, closing, name = '', , empty] = tag;
    if (closing) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
    rest = rest.slice(tag.index + all.length);
    tag = /<(\/?)([\w-]+)((?:\s[\w:-]+="[^"<]*")*)(\/?)>/.exec(rest);
  }
  expect(open).toEqual([]);
}

describe('the picture of a graph', () => {
  it('is sound XML for any project, with numbers that are numbers and the project inside', async () => {
    await fc.assert(
      fc.asyncProperty(randomProject, fc.constantFrom('light', 'dark'), async (document, scheme) => {
        const bundle = { documentText: formatDocument(document) };
        const packed = await packBundle(bundle);
        const { svg, width, height } = graphPicture(buildGraph(document), { scheme, packed });
        checkXml(svg);
        expect(svg.replace(/<(metadata|title|text).*?<\/\1>/gs, '')).not.toMatch(/NaN|undefined|Infinity/);
        expect(width * height).toBeGreaterThan(0);
        expect(await findBundleInText(svg)).toEqual({ ok: true, value: bundle });
      }),
      { numRuns: 60 },
    );
  });

  it('shows each asset once, with its exact name, and each dependency', () => {
    const drawn = graph()
      .asset('raw/<orders> & "co"', '() => 1')
      .asset('totals', `({ orders }) => 1`, { ins: { orders: 'raw/<orders> & "co"' } })
      .asset('later', '() => 1', { deps: ['totals'] })
      .document();
    const { svg } = graphPicture(buildGraph(drawn), plain);
    expect(svg.split('<title>raw/&lt;orders&gt; &amp; &quot;co&quot;</title>')).toHaveLength(2);
    expect(svg.match(/stroke-width="1.5"\/>/g)).toHaveLength(1);
    expect(svg.match(/stroke-dasharray="5 5"\/>/g)).toHaveLength(1);
  });

  it('says of no asset whether it was made unless it is told', () => {
    const document = graph().asset('orders', '() => 1').document();
    const state: AssetState = {
      assetId: idOf('orders'),
      status: 'failed',
      staleCauses: [],
      failure: { runId: asRunId('r'), timestamp: 1, error: { name: 'Error', message: 'no <route>' } },
    };
    const told = graphPicture(buildGraph(document), {
      ...plain,
      states: new Map([[state.assetId, state]]),
    });
    expect(told.svg).toContain('Error: no &lt;route&gt;');
    const silent = graphPicture(buildGraph(document), plain);
    expect(silent.svg).not.toMatch(/Error|materialized/i);
    expect(silent.svg).toContain('TypeScript asset');
  });

  it('says when an asset was made by the day, which stays true', () => {
    const document = graph().asset('orders', '() => 1').document();
    const state: AssetState = {
      assetId: idOf('orders'),
      status: 'materialized',
      staleCauses: [],
      latest: {
        pointer: { seq: 1, index: 0 },
        runId: asRunId('r'),
        timestamp: 1_700_000_000,
        durationMs: 1,
        codeVersion: '',
        dataVersion: '',
        dataVersionIsUserProvided: false,
        inputVersions: {},
        metadata: {},
        value: { hash: '', pack: '', offset: 0, length: 0, summary: { kind: 'table', count: 1461 } },
      },
    };
    const { svg } = graphPicture(buildGraph(document), {
      ...plain,
      states: new Map([[state.assetId, state]]),
    });
    expect(svg).toMatch(/>1[45] Nov 2023 · 1,461 rows</);
  });

  it('has the colours of the app', () => {
    const css = readFileSync(new URL('../../app/app.css', import.meta.url), 'utf8');
    const [light = '', dark = ''] = css.split(':root[data-mantine-color-scheme="dark"]');
    for (const [theme, { groups, ...named }] of [
      [light, pictureColours.light],
      [dark, pictureColours.dark],
    ] as const) {
      for (const [name, colour] of Object.entries(named)) expect(theme).toContain(`--hw-${name}: ${colour};`);
      for (const [i, colour] of groups.entries()) expect(theme).toContain(`--hw-group-${i}: ${colour};`);
    }
  });
});

describe('text in a picture', () => {
  it('loses its end when there is no room, and a name its middle', () => {
    expect(shortened('orders', 13, 200, true)).toBe('orders');
    const short = shortened('raw/very_long_name_of_an_asset_2024', 13, 120, true);
    expect(short).toMatch(/^raw\/.*…set_2024$/);
    expect(textWidth(short, 13)).toBeLessThanOrEqual(120);
    expect(shortened('the first words of it', 13, 80, false)).toMatch(/^the fir.*…$/);
  });

  it('has no marks of markdown, but what only looks like them', () => {
    expect(withoutMarks('## Head\n**One body.** It *yields* `a_b` and\n- snake_case_name, 2 * 3 * 4')).toBe(
      'Head\nOne body. It yields a_b and\n• snake_case_name, 2 * 3 * 4',
    );
  });

  it('is broken between words, and says when there is more', () => {
    expect(brokenLines('one two three', 10, 48, 5)).toEqual(['one two', 'three']);
    expect(brokenLines('a\nb\nc\nd', 10, 48, 2)).toEqual(['a', 'b…']);
  });
});
