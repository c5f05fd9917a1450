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

/** Work goes on for so long before others get a turn, milliseconds: less than a person notices, and more than most layers take. */
const SLICE = 8;

let began = 0;

/** Lets others have a turn where they have had none for a while, and throws the signal's reason where it has fired. */
export const orStop = async (signal: AbortSignal): Promise<void> => {
  if (performance.now() - began >= SLICE) {
    await turn();
    began = performance.now();
  }
  signal.throwIfAborted();
};
