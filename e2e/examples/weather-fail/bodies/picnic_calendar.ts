import type { Inputs } from '#types/picnic_calendar';

// Two steps below the failure: skipped as well.
export default function picnic_calendar({ picnic_days }: Inputs) {
  return picnic_days.map((day) => day.date);
}
