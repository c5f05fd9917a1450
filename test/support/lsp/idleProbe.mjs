// @ts-check
// Loaded into the server's process and its threads: answers, over the process' own channel, what each of them is waiting for.
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('layerscope-idle-probe');
channel.unref();

const waitsFor = () => process.getActiveResourcesInfo().filter((kind) => /^(Timeout|Immediate|FSReq)/.test(kind));

if (isMainThread) {
  process.on('message', () => channel.postMessage('ask'));
  channel.onmessage = (/** @type {{ data: unknown }} */ { data }) => {
    process.send?.({ main: waitsFor(), reader: data });
  };
} else {
  channel.onmessage = () => channel.postMessage(waitsFor());
}
