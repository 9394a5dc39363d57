// Every id of the product, branded. Ids are opaque strings; only this file makes them.

import type { Brand } from '#base/brand.ts';

export type ProjectId = Brand<string, 'ProjectId'>;
export type AssetId = Brand<string, 'AssetId'>;
export type UnitId = Brand<string, 'UnitId'>;
export type CheckId = Brand<string, 'CheckId'>;
export type RunId = Brand<string, 'RunId'>;
export type TabId = Brand<string, 'TabId'>;
export type NoteId = Brand<string, 'NoteId'>;

export const asProjectId = (text: string): ProjectId => text as ProjectId;
export const asAssetId = (text: string): AssetId => text as AssetId;
export const asUnitId = (text: string): UnitId => text as UnitId;
export const asCheckId = (text: string): CheckId => text as CheckId;
export const asRunId = (text: string): RunId => text as RunId;
export const asTabId = (text: string): TabId => text as TabId;
export const asNoteId = (text: string): NoteId => text as NoteId;
