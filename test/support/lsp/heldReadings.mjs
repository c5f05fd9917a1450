// Loaded into the server and its analysis thread: the thread tells of its first reading and of none after it, as if the second never ended.
import { isMainThread, parentPort } from 'node:worker_threads';

if (!isMainThread && parentPort) {
  const post = parentPort.postMessage.bind(parentPort);
  let readings = 0;
  parentPort.postMessage = (message, ...others) => {
    // A hover that took a reading of all of the file is one as well.
    if ((message?.type === 'reading' || message?.isWhole) && ++readings > 1) return;
    post(message, ...others);
  };
}
