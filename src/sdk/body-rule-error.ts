// A body broke a rule of its definition. Trying again would not help, so retry policies do not apply (as in Dagster
// 1.13).

/** Thrown by the machinery around a body, never by bodies. */
export class BodyRuleError extends Error {
  constructor(message: string, name = 'BodyRuleError') {
    super(message);
    Object.defineProperty(this, 'name', { value: name, configurable: true });
  }
}
