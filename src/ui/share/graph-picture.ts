// The graph as an SVG picture: what the canvas shows, as text, for a file that leaves the app. Knows no browser.

import { svgMetadataOf } from '#interop/share/markup-carrier.ts';
import type { AssetState, NodeStatus } from '#model/asset-state.ts';
import type { Asset, Note, Unit } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { type Bounds, boundsOf } from '#ui/canvas/arrange.ts';
import {
  assetBox,
  frameHead,
  hasFrame,
  isRow,
  nodeHeight,
  nodeWidth,
  rowHeight,
  rowsOf,
  unitBox,
  unitOf,
} from '#ui/canvas/node-places.ts';
import { type NodeText, nodeText } from '#ui/canvas/node-text.ts';
import { nodeStatus, sizeText } from '#ui/inspector/asset-facts.ts';
import { groupHues } from '#ui/inspector/group-hue.ts';
import { formatDate, formatPlural } from '#ui/kit/format.ts';
import { type PictureColours, type PictureScheme, pictureColours } from './picture-colours.ts';
import { type MadeBy, madeBy, madeByMark, statusMark } from './picture-marks.ts';
import { brokenLines, escapedXml, shortened, textWidth, withoutMarks } from './picture-text.ts';

export interface PictureOptions {
  readonly scheme: PictureScheme;
  /** What is known of the assets; without it the picture says of none whether or when it was made. */
  readonly states?: ReadonlyMap<AssetId, AssetState>;
  /** Whether it says that a project is inside: of a PNG that gets its project later. */
  readonly isCarrier?: boolean;
  /** The bundle that travels in the picture. */
  readonly packed?: Uint8Array;
}

export interface GraphPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const margin = 32;
const captionHeight = 56;
const leastWidth = 360;
const mostNoteLines = 40;

export function graphPicture(graph: AssetGraph, options: PictureOptions): GraphPicture {
  const { document } = graph;
  const pen: Pen = { ...options, graph, colours: pictureColours[options.scheme] };
  const units = [...document.units.values()].filter(
    (unit) => rowsOf(document, unit.id).length > 0 && hasFrame(document, unit),
  );
  const assets = [...document.assets.values()];
  const notes = [...document.notes.values()];
  const boxes: readonly Bounds[] = [
    ...units.map((unit) => unitBox(document, unit)),
    ...assets.map((asset) => assetBox(document, asset)),
    ...notes.map(noteBox),
  ];
  const all = boxes.length > 0 ? boundsOf(boxes) : { x: 0, y: 0, width: 0, height: 0 };
  const width = Math.ceil(Math.max(leastWidth, all.width + margin * 2));
  const height = Math.ceil(all.height + margin * 2 + captionHeight);
  const name = document.info.name === '' ? 'Untitled project' : document.info.name;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" role="img">`,
    options.packed ? svgMetadataOf(options.packed) : '',
    `<title>${escapedXml(name)}</title>`,
    `<rect width="${width}" height="${height}" fill="${pen.colours.canvas}"/>`,
    caption(pen, name, width),
    `<g transform="translate(${round(margin - all.x)} ${round(margin + captionHeight - all.y)})">`,
    ...notes.map((note) => noteMark(pen, note)),
    ...edgePaths(pen),
    ...units.map((unit) => frameMark(pen, unit)),
    ...assets.map((asset) => (isRow(document, asset) ? rowMark(pen, asset) : cardMark(pen, asset))),
    '</g></svg>',
  ].join('\n');
  return { svg: `${svg}\n`, width, height };
}

interface Pen extends PictureOptions {
  readonly graph: AssetGraph;
  readonly colours: PictureColours;
}

const round = (length: number): number => Math.round(length * 100) / 100;

const noteBox = ({ position, width, height }: Note): Bounds => ({ ...position, width, height });

interface Writing {
  readonly x: number;
  /** Of the line's middle. */
  readonly y: number;
  readonly room: number;
  readonly size: number;
  readonly colour: string;
  readonly weight?: number;
  readonly align?: 'end';
  readonly isName?: boolean;
}

/** One line of text that never leaves its room; `align: 'end'` lets it end at x. */
function written(text: string, { x, y, room, size, colour, weight, align, isName = false }: Writing): string {
  if (text === '' || room <= 0) return '';
  const height = size * 1.5;
  const left = align === 'end' ? x - room : x;
  const anchor = align === 'end' ? ` text-anchor="end"` : '';
  return `<svg x="${round(left)}" y="${round(y - height / 2)}" width="${round(room)}" height="${height}"><text x="${align === 'end' ? round(room) : 0}" y="${round(size * 1.1)}" font-size="${size}" fill="${colour}"${weight ? ` font-weight="${weight}"` : ''}${anchor} xml:space="preserve">${escapedXml(shortened(text, size, room, isName))}</text></svg>`;
}

function caption({ colours, graph, packed, isCarrier }: Pen, name: string, width: number): string {
  const room = width - margin * 2;
  const count = formatPlural(graph.document.assets.size, 'asset');
  const words = packed || isCarrier ? `${count} · Drop this picture on Headwater to open it` : count;
  return (
    written(name, { x: margin, y: 34, room, size: 16, colour: colours.text, weight: 600 }) +
    written(words, { x: margin, y: 56, room, size: 12, colour: colours['text-3'] })
  );
}

function groupColour({ graph, colours }: Pen, group: string | undefined): string {
  const hue = group === undefined ? undefined : groupHues(graph.document).get(group);
  return (hue === undefined ? undefined : colours.groups[hue]) ?? colours['border-strong'];
}

/** A card with its strip in the group's colour. */
function card(pen: Pen, { x, y, width, height }: Bounds, look: CardLook): string {
  const { colours } = pen;
  const border = look.border ?? colours['border-strong'];
  const behind = look.isStack
    ? `<path d="M${x + 4.5} ${y + height - 4}v5a4 4 0 0 0 4 4h${width - 17}a4 4 0 0 0 4-4v-5" fill="${colours.surface}" stroke="${colours['border-strong']}"/>`
    : '';
  const dashes = look.isDashed ? ' stroke-dasharray="4 3"' : '';
  return `${behind}<rect x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" rx="7.500" fill="${look.fill ?? colours.surface}" stroke="${border}"${dashes}/>${strip(x, y, height, look.group)}`;
}

interface CardLook {
  readonly group: string;
  readonly border?: string;
  readonly fill?: string;
  readonly isDashed?: boolean;
  readonly isStack?: boolean;
}

/** The left five units of a box with round corners. */
function strip(x: number, y: number, height: number, colour: string): string {
  const cut = 8 - Math.sqrt(64 - 9);
  return `<path d="M${x + 5} ${round(y + cut)}A8 8 0 0 0 ${x} ${y + 8}v${height - 16}A8 8 0 0 0 ${x + 5} ${round(y + height - cut)}Z" fill="${colour}"/>`;
}

function cardMark(pen: Pen, asset: Asset): string {
  const { colours, states, graph } = pen;
  const { document } = graph;
  const box = assetBox(document, asset);
  const { x, y } = box;
  const status = nodeStatus(asset, states?.get(asset.id));
  const by = madeBy(document, asset);
  const isDashed = status === 'external' || asset.kind === 'observable';
  const colour = groupColour(pen, asset.group);
  const told = states ? lastingText(asset, states.get(asset.id)) : undefined;
  const words = told?.text ?? firstLine(asset.description) ?? madeWords[by];
  // A description can be cut; what is said of a value cannot.
  const kinds = kindWords(asset, told ? secondRoom - textWidth(told.text, 12) - 8 : mostKindsRoom);
  const kindsRoom = textWidth(kinds, 12);
  const isStack = unitOf(document, asset)?.kind === 'graph';
  const tones = {
    plain: colours['text-2'],
    accent: colours.accent,
    amber: colours['amber-fill'],
    red: colours.red,
  };
  return [
    `<g>${escapedTitle(asset.key)}`,
    card(pen, box, {
      group: colour,
      isDashed,
      isStack,
      ...(states && status === 'failed' ? { border: colours.red } : {}),
      ...(states && status === 'running' ? { border: colours.accent } : {}),
    }),
    madeByMark(x + 16, y + 12, by, colours),
    written(asset.key, {
      isName: true,
      x: x + 40,
      y: y + 20,
      room: nodeWidth - 40 - (states ? 36 : 12),
      size: 13,
      colour: colours.text,
      weight: 500,
    }),
    states ? statusMark(x + nodeWidth - 28, y + 12, status, colours) : '',
    written(words, {
      x: x + 16,
      y: y + 43,
      room: secondRoom - (kinds === '' ? 0 : kindsRoom + 8),
      size: 12,
      colour: tones[told?.tone ?? 'plain'],
    }),
    written(kinds, {
      x: x + nodeWidth - 12,
      y: y + 43,
      room: kindsRoom,
      size: 12,
      colour: colours['text-3'],
      align: 'end',
    }),
    '</g>',
  ].join('');
}

const mostKindsRoom = 90;
/** Of the second line of a card. */
const secondRoom = nodeWidth - 28;

/** As many kinds as there is room for; what the first mark of the card says is not said twice. */
function kindWords(asset: Asset, room: number): string {
  const kinds = (asset.kinds ?? []).filter((kind) => asset.kind !== 'asset' || kind !== 'typescript');
  while (kinds.length > 0 && textWidth(kinds.join(', '), 12) > Math.min(room, mostKindsRoom)) kinds.pop();
  return kinds.join(', ');
}

/** What a node says, with a date in place of "2 min ago": the picture is looked at later. */
function lastingText(asset: Asset, state: AssetState | undefined): NodeText {
  if (!state) return nodeText(asset, state, 0);
  const { latest, ...now } = state;
  if (!latest || !datedStatuses.has(nodeStatus(asset, state))) return nodeText(asset, now, 0);
  const words = [formatDate(latest.timestamp * 1000), sizeText(latest.value?.summary)];
  return { text: words.filter((word) => word !== undefined).join(' · '), tone: 'plain' };
}

const datedStatuses: ReadonlySet<NodeStatus> = new Set(['materialized', 'stale', 'observed', 'external']);

const madeWords: Readonly<Record<MadeBy, string>> = {
  asset: 'TypeScript asset',
  file: 'File asset',
  external: 'Made elsewhere',
  observable: 'Observable asset',
  output: 'Output of a multi-asset',
  graph: 'Graph asset',
};

const firstLine = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : text.split('\n', 1)[0];

const escapedTitle = (text: string): string => `<title>${escapedXml(text)}</title>`;

function frameMark(pen: Pen, unit: Unit): string {
  const { colours, graph } = pen;
  const box = unitBox(graph.document, unit);
  const [first] = rowsOf(graph.document, unit.id);
  return [
    `<g>${escapedTitle(unit.name)}`,
    card(pen, box, {
      group: groupColour(pen, first?.group),
      fill: colours.canvas,
      isDashed: unit.kind === 'multi-observable',
      isStack: unit.kind === 'graph',
    }),
    madeByMark(box.x + 16, box.y + 12, unit.kind === 'graph' ? 'graph' : 'output', colours),
    written(unit.name, {
      isName: true,
      x: box.x + 40,
      y: box.y + frameHead / 2,
      room: nodeWidth - 52,
      size: 14,
      colour: colours.text,
      weight: 500,
    }),
    '</g>',
  ].join('');
}

function rowMark(pen: Pen, asset: Asset): string {
  const { colours, states, graph } = pen;
  const { x, y } = assetBox(graph.document, asset);
  return [
    `<g>${escapedTitle(asset.key)}<path d="M${x + 6} ${y + 0.5}H${x + nodeWidth - 1}" stroke="${colours.border}"/>`,
    written(asset.key, {
      isName: true,
      x: x + 16,
      y: y + rowHeight / 2,
      room: nodeWidth - 16 - (states ? 36 : 12),
      size: 13,
      colour: colours.text,
      weight: 500,
    }),
    states ? statusMark(x + nodeWidth - 28, y + 8, nodeStatus(asset, states.get(asset.id)), colours) : '',
    '</g>',
  ].join('');
}

function noteMark({ colours }: Pen, note: Note): string {
  const { x, y, width, height } = noteBox(note);
  const colour = (note.hue === undefined ? undefined : colours.groups[note.hue]) ?? colours['text-3'];
  const frame = (fill: string, more: string) =>
    `<rect x="${x + 0.5}" y="${y + 0.5}" width="${Math.max(0, width - 1)}" height="${Math.max(0, height - 1)}" rx="7.500" fill="${fill}"${more}/>`;
  const plain = withoutMarks(note.text);
  const lines = brokenLines(plain, 13, width - 24, Math.min(mostNoteLines, Math.floor((height - 18) / 18)));
  return [
    frame(colours.surface, ''),
    frame(colour, ` fill-opacity="0.12" stroke="${colour}" stroke-opacity="0.45"`),
    ...lines.map((text, i) =>
      written(text, { x: x + 12, y: y + 19 + i * 18, room: width - 24, size: 13, colour: colours.text }),
    ),
  ].join('');
}

/** One curve for each pair, to the frame where the reader is a row. */
function edgePaths({ graph, colours }: Pen): readonly string[] {
  const { document } = graph;
  const drawn = new Set<string>();
  return graph.edges.flatMap(({ from, to, kind, isInternal }) => {
    const [maker, reader] = [document.assets.get(from), document.assets.get(to)];
    if (!maker || !reader || isInternal) return [];
    const unit = isRow(document, reader) ? unitOf(document, reader) : undefined;
    const name = `${from} ${unit?.id ?? to}`;
    if (drawn.has(name)) return [];
    drawn.add(name);
    const start = assetBox(document, maker);
    const end = unit ? unitBox(document, unit) : assetBox(document, reader);
    const [x1, y1] = [start.x + nodeWidth, start.y + start.height / 2];
    const [x2, y2] = [end.x, end.y + (unit ? frameHead : nodeHeight) / 2];
    const reach = x2 >= x1 ? (x2 - x1) / 2 : 7.5 * Math.sqrt(x1 - x2);
    const dashes = kind === 'order' ? ' stroke-dasharray="5 5"' : '';
    return [
      `<path d="M${round(x1)} ${round(y1)}C${round(x1 + reach)} ${round(y1)} ${round(x2 - reach)} ${round(y2)} ${round(x2)} ${round(y2)}" fill="none" stroke="${colours.edge}" stroke-width="1.5"${dashes}/>`,
    ];
  });
}
