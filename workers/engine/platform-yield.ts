// A rest for long work in a worker.

/** Resolves after messages that are waiting have been taken; timers would wait longer each time. */
export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
