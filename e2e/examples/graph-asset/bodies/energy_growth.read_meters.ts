export default function read_meters(electricity, context) {
  if (context.retryNumber === 0) throw new Error('The meters do not answer. They will, on the second try.');
  context.log.info(`${electricity.length} readings on try ${context.retryNumber + 1}`);
  return electricity;
}
