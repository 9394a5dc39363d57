import { AssetCheckResult, MetadataValue } from 'headwater';

export default function mass_is_plausible({ rows }) {
  const masses = rows.map(({ bodyMass }) => bodyMass);
  const [least, most] = [Math.min(...masses), Math.max(...masses)];
  return new AssetCheckResult({
    passed: least >= 2000 && most <= 7000,
    metadata: { lightest: MetadataValue.int(least), heaviest: MetadataValue.int(most) },
  });
}
