// Writes the steps of a plan: one for each asset, one for each multi-asset, one for each op of a graph asset and one
// for each check, wired to each other and to stored values.

import { keyToStepKey } from '#model/asset-key.ts';
import { checkPlace } from '#model/checks/check-state.ts';
import { checkStepKey } from '#model/checks/checks-of-steps.ts';
import type { Asset, Check, CodeAsset, MultiUnit, ObservableAsset, OutputAsset } from '#model/document.ts';
import { type NamedInput, namedInputs, unitInputs } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import { checkInputs } from './check-inputs.ts';
import { fileVersion } from './code-version.ts';
import { type About, createDraft, type PlanDraft, runFields, type WrittenPlan } from './plan-draft.ts';
import { writeGraphSteps } from './plan-graph-asset.ts';
import { type Owner, orderOwners, type PlanWriterInputs } from './plan-owners.ts';
import type { CodeStep, FileStep, PlanInput, PlanOutput } from './plan-types.ts';

export function createPlanWriter(inputs: PlanWriterInputs): {
  readonly isEmpty: boolean;
  write(): WrittenPlan;
} {
  const owners = orderOwners(inputs);
  return {
    isEmpty: owners.ordered.length === 0 && owners.problem === undefined,
    write() {
      const draft = createDraft(inputs);
      if (owners.problem) draft.problems.push(owners.problem);
      for (const owner of owners.ordered) writeOwner(owner, draft);
      return { steps: draft.steps, problems: draft.problems };
    },
  };
}

function writeOwner(owner: Owner, draft: PlanDraft): void {
  const { graph } = draft.inputs;
  const { document } = graph;
  if (owner.type === 'check') return writeCheck(document.checks.get(owner.id)!, owner, draft);
  if (owner.type === 'unit') {
    const unit = document.units.get(owner.id)!;
    if (unit.kind === 'graph') return writeGraphSteps(unit, owner, draft);
    return writeUnit(unit, owner, draft);
  }
  const asset = document.assets.get(owner.id)!;
  if (asset.kind === 'asset' || asset.kind === 'observable') return writeAsset(asset, owner, draft);
  if (asset.kind !== 'file') return;
  draft.add<FileStep>({
    kind: 'file',
    asset,
    stepKey: keyToStepKey(asset.key),
    label: asset.key,
    concerns: [asset.id],
    outputs: [
      draft.assetOutput(asset, {
        name: 'result',
        value: draft.steps.length,
        codeHash: fileVersion(asset, graph),
      }),
    ],
    waits: draft.waitsOf(owner),
  });
}

function writeAsset(asset: CodeAsset | ObservableAsset, owner: Owner, draft: PlanDraft): void {
  const about = { assetId: asset.id, key: asset.key };
  const compiled = draft.compile(asset, about);
  if (!compiled) return;
  const output = draft.assetOutput(asset, {
    name: 'result',
    value: draft.steps.length,
    codeHash: compiled.codeHash,
  });
  draft.add<CodeStep>({
    kind: 'code',
    form: asset.kind === 'observable' ? 'observe' : 'asset',
    stepKey: keyToStepKey(asset.key),
    label: asset.key,
    concerns: [asset.id],
    outputs: [output, ...draft.checkOutputs(asset.checks ?? [], asset.key)],
    compiled,
    inputs: planInputs(namedInputs(asset), asset, about, draft),
    ...runFields(asset),
    waits: draft.waitsOf(owner),
  });
}

function writeUnit(unit: MultiUnit, owner: Extract<Owner, { type: 'unit' }>, draft: PlanDraft): void {
  const { graph, checkPlaces } = draft.inputs;
  const first = outputAsset(owner.assets[0] ?? graph.outputsByUnit.get(unit.id)![0]!, draft);
  const about = { assetId: first.id, key: first.key };
  const compiled = draft.compile(unit, about);
  if (!compiled) return;
  const wanted = new Set(owner.assets);
  const outputs: PlanOutput[] = [];
  const unselected: string[] = [];
  const missedAnyway: string[] = [];
  for (const id of graph.outputsByUnit.get(unit.id) ?? []) {
    const asset = outputAsset(id, draft);
    if (!wanted.has(id)) {
      unselected.push(asset.output, asset.key);
      if (owner.part === 0 && asset.isRequired !== false && !asset.isImplicit)
        missedAnyway.push(asset.output);
      continue;
    }
    const value = outputs.length === 0 ? draft.steps.length : draft.nextValue();
    outputs.push(draft.assetOutput(asset, { name: asset.output, value, codeHash: compiled.codeHash }));
  }
  const checks = draft
    .checkOutputs(unit.checks ?? [], first.key)
    .filter(({ assetId, assetKey, name }) =>
      checkPlaces
        ? checkPlaces.has(checkPlace(assetKey, name))
        : assetId === undefined || wanted.has(assetId),
    );
  const name = owner.part === 0 ? unit.name : `${unit.name}_${owner.part + 1}`;
  draft.add<CodeStep>({
    kind: 'code',
    form: unit.kind === 'multi' ? 'multi' : 'observe',
    stepKey: name,
    label: name,
    concerns: owner.assets,
    outputs: [...outputs, ...checks],
    compiled,
    inputs: planInputs(unitInputs(unit), first, about, draft),
    ...runFields(unit),
    unitId: unit.id,
    ...(unselected.length > 0 ? { unselected } : {}),
    ...(missedAnyway.length > 0 ? { missedAnyway } : {}),
    waits: draft.waitsOf(owner),
  });
}

function writeCheck(check: Check, owner: Extract<Owner, { type: 'check' }>, draft: PlanDraft): void {
  const { graph, checkPlaces } = draft.inputs;
  const checked = check.specs[0]?.asset ?? '';
  const assetId = graph.idByKey.get(checked);
  const reader = (assetId !== undefined && graph.document.assets.get(assetId)) || undefined;
  // A check of an asset that is not defined still runs: Dagster makes a stub of it.
  const about = { assetId: assetId ?? ('' as AssetId), key: checked };
  const compiled = draft.compile(check, about);
  if (!compiled) return;
  const isSingle = check.specs.length === 1;
  const inputs = checkInputs(check).map(({ name, key }): PlanInput => {
    const from = reader ? graph.resolve(key, reader) : graph.idByKey.get(key);
    return {
      name,
      key,
      source: from === undefined ? { type: 'list', items: [] } : draft.sourceOf(from, about),
    };
  });
  draft.add<CodeStep>({
    kind: 'code',
    form: 'check',
    stepKey: checkStepKey(check),
    concerns: [],
    label: isSingle ? `${checked}: ${check.specs[0]!.name}` : check.name,
    outputs: draft
      .checkOutputs(check.specs, checked)
      .filter(({ assetKey, name }) => !checkPlaces || checkPlaces.has(checkPlace(assetKey, name))),
    compiled,
    inputs,
    ...runFields(check),
    checkId: check.id,
    waits: draft.waitsOf(owner),
  });
}

function planInputs(
  named: readonly NamedInput[],
  reader: Asset,
  about: About,
  draft: PlanDraft,
): PlanInput[] {
  const { graph } = draft.inputs;
  const inputs: PlanInput[] = [];
  for (const { name, key } of named) {
    const from = graph.resolve(key, reader);
    // Reported by validation.
    if (from === undefined) continue;
    inputs.push({ name, key: graph.document.assets.get(from)!.key, source: draft.sourceOf(from, about) });
  }
  return inputs;
}

function outputAsset(id: AssetId, draft: PlanDraft): OutputAsset {
  return draft.inputs.graph.document.assets.get(id) as OutputAsset;
}
