// What a run has made of its inputs as a test case, or the sentence that says why it can be none.

import { err, ok, type Result } from '#base/result.ts';
import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { AssetState, Materialization } from '#model/asset-state.ts';
import type { CodeAsset, Json, ProjectDocument, TestCase } from '#model/document.ts';
import type { ValueRef } from '#model/events.ts';
import { exactJson } from '#model/exact-json.ts';
import { buildGraph, namedInputs } from '#model/graph.ts';
import type { AssetId, ProjectId } from '#model/ids.ts';
import { decodeValue } from '#model/values/decode-value.ts';
import { formatBytes } from '#ui/kit/format.ts';

/** Cases stand in the project itself: they are for small inputs. */
const maxBytes = 256 * 1024;

interface CaptureSource {
  readonly workspace: Pick<WorkspacePort, 'valueBytes'>;
  readonly projectId: ProjectId;
  readonly document: ProjectDocument;
  readonly states: ReadonlyMap<AssetId, AssetState>;
}

export async function captureCase(
  { workspace, projectId, document, states }: CaptureSource,
  asset: CodeAsset,
  latest: Materialization,
  name: string,
): Promise<Result<TestCase, string>> {
  const own = states.get(asset.id)?.staleCauses ?? [];
  if (own.some(({ category, key }) => category === 'CODE' && key === asset.key))
    return err('Its code has changed since this value was made. Materialize it again, then capture.');
  let left = maxBytes;
  const read = async (key: string, value: ValueRef | undefined): Promise<Result<Json, string>> => {
    if (!value) return err(`“${key}” has no stored value.`);
    left -= value.length;
    if (left < 0)
      return err(
        `The inputs and the value are more than ${formatBytes(maxBytes)}, too much to keep in the project.`,
      );
    const bytes = await workspace.valueBytes(projectId, value);
    if (!bytes) return err(`The stored value of “${key}” is lost.`);
    const json = exactJson(decodeValue(bytes));
    return json === undefined
      ? err(`The value of “${key}” holds more than JSON can say, such as dates or maps.`)
      : ok(json);
  };
  const made = await read(asset.key, latest.value);
  if (!made.ok) return made;
  const graph = buildGraph(document);
  const inputs: Record<string, Json> = {};
  for (const { key } of namedInputs(asset)) {
    const id = graph.resolve(key, asset);
    const source = id === undefined ? undefined : document.assets.get(id);
    const state = id === undefined ? undefined : states.get(id)?.latest;
    if (!source || !state) return err(`Its input “${key}” has no value now.`);
    if (latest.inputVersions[source.key] !== state.dataVersion)
      return err(
        `“${source.key}” has changed since this value was made. Materialize it again, then capture.`,
      );
    const value = await read(source.key, state.value);
    if (!value.ok) return value;
    inputs[key] = value.value;
  }
  return ok({ name, inputs, value: made.value });
}
