import { MaterializeResult } from 'headwater';
import { round } from '#lib/weather.ts';
import type { Inputs } from '#types/daylight';

// How long each day is, from the latitude of the station and the tilt of the Earth.
export default function daylight({ daily_weather, station }: Inputs) {
  const toRadians = Math.PI / 180;
  const latitude = station.latitude * toRadians;
  const hoursOn = (day: number) => {
    const tilt = -23.44 * toRadians * Math.cos(((2 * Math.PI) / 365.24) * (day + 10));
    const cosine = -Math.tan(latitude) * Math.tan(tilt);
    return (24 / Math.PI) * Math.acos(Math.min(1, Math.max(-1, cosine)));
  };
  const days = daily_weather.map((day) => ({ date: day.date, hours: round(hoursOn(day.dayOfYear), 2) }));
  const hours = days.map((day) => day.hours);

  return new MaterializeResult({
    value: days,
    metadata: {
      rows: days.length,
      'shortest day (h)': Math.min(...hours),
      'longest day (h)': Math.max(...hours),
    },
  });
}
