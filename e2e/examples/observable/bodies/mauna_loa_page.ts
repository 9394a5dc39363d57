import { DataVersion } from 'headwater';

// A real source would be asked for its time of change, or for a hash. The month will do here.
export default function page(_, context) {
  const month = new Date().toISOString().slice(0, 7);
  context.log.info(`The latest reading is of ${month}`);
  return new DataVersion(month);
}
