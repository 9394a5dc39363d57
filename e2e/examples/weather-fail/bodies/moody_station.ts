import { MaterializeResult } from 'headwater';
import type { Context, Inputs } from '#types/moody_station';

// Fails on its first try and succeeds on its second: its retry policy allows two more tries, 0.2 s apart.
export default function moody_station({ raw_weather }: Inputs, context: Context) {
  if (context.retryNumber === 0) throw new Error('The station did not answer. It will be asked again.');
  context.log.info(`try ${context.retryNumber + 1} has worked`);
  const latest = raw_weather[raw_weather.length - 1];

  return new MaterializeResult({ value: latest, metadata: { tries: context.retryNumber + 1 } });
}
