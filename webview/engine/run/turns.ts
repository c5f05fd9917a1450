/** Lets everything else that waits have a turn. Unlike a timer, a message is not held back for four milliseconds. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port1.close();
      resolve();
    };
    port1.postMessage(null);
  });

/** Throws the signal's reason where it has fired. */
export const orStop = async (signal: AbortSignal): Promise<void> => {
  await turn();
  signal.throwIfAborted();
};
