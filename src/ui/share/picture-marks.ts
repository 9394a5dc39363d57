// The small pictures on the nodes of a picture: how an asset is made, and its status. 16 units wide and high.

import type { NodeStatus } from '#model/asset-state.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import type { PictureColours } from './picture-colours.ts';

const made = {
  asset:
    'M5.500 3Q4 3 4 4.500v2Q4 8 2.500 8 4 8 4 9.500v2Q4 13 5.500 13M10.500 3Q12 3 12 4.500v2Q12 8 13.500 8 12 8 12 9.500v2Q12 13 10.500 13',
  file: 'M9.500 2v3.500H13M4.500 14h7A1.500 1.500 0 0 0 13 12.500V5.500L9.500 2h-5A1.500 1.500 0 0 0 3 3.500v9A1.500 1.500 0 0 0 4.500 14ZM5.500 8.500h5M5.500 11.200h5',
  external:
    'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM2.400 6h11.200M2.400 10h11.200M8 2q-2.700 2.700-2.700 6T8 14q2.700-2.700 2.700-6T8 2Z',
  observable:
    'M1.500 8Q4.500 3.500 8 3.500T14.500 8Q11.500 12.500 8 12.500T1.500 8ZM9.600 8a1.600 1.600 0 1 1-3.200 0 1.600 1.600 0 0 1 3.200 0Z',
  output: 'm8 2 6 3-6 3-6-3ZM2 8l6 3 6-3M2 11l6 3 6-3',
  graph: 'M6.500 2.500h3v3h-3ZM2 10.500h3v3H2ZM11 10.500h3v3h-3ZM8 5.500V8M3.500 10.500V8h9v2.500',
} as const;

export type MadeBy = keyof typeof made;

export const madeBy = ({ units }: ProjectDocument, asset: Asset): MadeBy =>
  asset.kind === 'output' && units.get(asset.unit)?.kind === 'graph' ? 'graph' : asset.kind;

const placed = (x: number, y: number, content: string): string =>
  `<g transform="translate(${x} ${y})" fill="none" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${content}</g>`;

export const madeByMark = (x: number, y: number, by: MadeBy, colours: PictureColours): string =>
  placed(x, y, `<path d="${made[by]}" stroke="${colours['text-3']}" stroke-width="1.25"/>`);

const colourOf: Readonly<Record<NodeStatus, keyof Omit<PictureColours, 'groups'>>> = {
  never: 'grey',
  queued: 'grey',
  running: 'accent',
  materialized: 'green',
  stale: 'amber-fill',
  failed: 'red',
  skipped: 'grey',
  canceled: 'grey',
  interrupted: 'orange',
  external: 'grey',
  observed: 'accent',
};

const ring = (colour: string, more = '') => `<circle cx="8" cy="8" r="6.25" stroke="${colour}"${more}/>`;
const disc = (colour: string) => `<circle cx="8" cy="8" r="7" fill="${colour}"/>`;
const line = (path: string, colour: string) => `<path d="${path}" stroke="${colour}"/>`;

export function statusMark(x: number, y: number, status: NodeStatus, colours: PictureColours): string {
  const colour = colours[colourOf[status]];
  const pictures: Readonly<Record<NodeStatus, string>> = {
    never: ring(colour),
    queued: ring(colour) + line('M8 4.750V8l2.100 1.600', colour),
    running: ring(colour, ' stroke-opacity="0.25"') + line('M8 1.750A6.250 6.250 0 0 1 14.250 8', colour),
    materialized: disc(colour) + line('m5 8.250 2.100 2.100L11.100 6', colours.surface),
    stale: `${ring(colour)}<path d="M8 1.750a6.250 6.250 0 0 1 0 12.500Z" fill="${colour}"/>`,
    failed: disc(colour) + line('m5.600 5.600 4.800 4.800m0-4.800-4.800 4.800', colours.surface),
    skipped: ring(colour) + line('m3.800 12.200 8.400-8.400', colour),
    canceled: `${ring(colour)}<rect x="5.500" y="5.500" width="5" height="5" rx="0.750" fill="${colour}"/>`,
    interrupted: ring(colour) + line('M6.500 5.750v4.500M9.500 5.750v4.500', colour),
    external: ring(colour, ' stroke-dasharray="2.600 2.300"'),
    observed: `${ring(colour)}<circle cx="8" cy="8" r="2.500" fill="${colour}"/>`,
  };
  return placed(x, y, pictures[status]);
}
