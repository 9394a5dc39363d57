import { Failure, MaterializeResult, MetadataValue } from 'headwater';
import type { Inputs } from '#types/wind_alarm';

// Reads moody_station, which recovers: so this one runs. Lower the limit to 1 to see a Failure with metadata.
export default function wind_alarm({ moody_station }: Inputs) {
  const limit = 20;
  if (moody_station.wind > limit)
    throw new Failure({
      description: `The wind is ${moody_station.wind} m/s, over the limit of ${limit}.`,
      metadata: { wind: moody_station.wind, day: MetadataValue.text(moody_station.date) },
      allowRetries: false,
    });

  return new MaterializeResult({
    value: { alarm: false },
    metadata: { 'wind (m/s)': moody_station.wind, limit },
  });
}
