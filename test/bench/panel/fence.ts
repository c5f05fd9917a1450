import { finished } from '../../../webview/draw/webgl/gl';

/**
 * Goes into both workers, behind the counter of reads, which keeps their contexts and devices: answers a message `{ fence: n }` with
 * `{ fenced: n }` when the GPU has done all that was asked of it so far. It reads nothing.
 */
const scope = self as unknown as {
  readonly contexts: readonly (RenderingContext | OffscreenRenderingContext)[];
  readonly devices: readonly GPUDevice[];
  addEventListener(type: 'message', listener: (event: MessageEvent<{ fence?: number }>) => void): void;
  postMessage(message: unknown): void;
};

const fence = async (): Promise<void> => {
  for (const context of scope.contexts) if (context instanceof WebGL2RenderingContext) await finished(context);
  for (const device of scope.devices) await device.queue.onSubmittedWorkDone();
};

scope.addEventListener('message', ({ data }) => {
  if (data.fence !== undefined) void fence().then(() => scope.postMessage({ fenced: data.fence }));
});
