import { MaterializeResult, MetadataValue } from 'headwater';

// Where the rain was measured. The latitude gives the length of the days.
export default function station() {
  const place = {
    id: 'USW00024233',
    name: 'Seattle-Tacoma International Airport',
    latitude: 47.4444,
    longitude: -122.3138,
    elevationMeters: 112.8,
  };
  return new MaterializeResult({
    value: place,
    metadata: {
      station: MetadataValue.text(place.id),
      'latitude °N': MetadataValue.float(place.latitude),
      source: MetadataValue.url(
        'https://www.ncei.noaa.gov/products/land-based-station/global-historical-climatology-network-daily',
      ),
    },
  });
}
