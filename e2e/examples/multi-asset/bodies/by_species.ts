import { Output } from 'headwater';

export default function* by_species({ measured }, context) {
  for (const name of context.selectedOutputNames) {
    const rows = measured.filter(({ species }) => species.toLowerCase() === name);
    context.log.info(`${name}: ${rows.length} penguins`);
    yield new Output(rows, { outputName: name, metadata: { rows: rows.length } });
  }
}
