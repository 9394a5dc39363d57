import { MaterializeResult, MetadataValue } from 'headwater';

export default function comparison({ adelie, chinstrap, gentoo }) {
  const mean = (rows, column) => rows.reduce((sum, row) => sum + row[column], 0) / rows.length;
  const rows = Object.entries({ adelie, chinstrap, gentoo }).map(([species, birds]) => ({
    species,
    penguins: birds.length,
    bodyMass: Math.round(mean(birds, 'bodyMass')),
    flipperLength: Math.round(mean(birds, 'flipperLength')),
  }));
  return new MaterializeResult({
    value: rows,
    metadata: {
      heaviest: rows.toSorted((a, b) => b.bodyMass - a.bodyMass)[0].species,
      masses: MetadataValue.chart({
        mark: 'bar',
        encoding: {
          x: { field: 'species', type: 'nominal' },
          y: { field: 'bodyMass', type: 'quantitative' },
        },
        data: { values: rows },
      }),
    },
  });
}
