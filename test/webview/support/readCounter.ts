/**
 * Goes before the engine's own program: counts every call that brings values from the GPU, and stamps the counts onto each message that
 * the worker sends, so that a test knows how many reads came before it.
 */
export const readCounter = `
{
  const counts = { readPixels: 0, getBufferSubData: 0, mapAsync: 0 };
  const count = (prototype, name) => {
    if (!prototype) return;
    const original = prototype[name];
    prototype[name] = function (...args) {
      // Mapping a buffer to write into it brings nothing back.
      if (name !== 'mapAsync' || args[0] === GPUMapMode.READ) counts[name]++;
      return original.apply(this, args);
    };
  };
  count(self.WebGL2RenderingContext?.prototype, 'readPixels');
  count(self.WebGLRenderingContext?.prototype, 'readPixels');
  count(self.WebGL2RenderingContext?.prototype, 'getBufferSubData');
  count(self.GPUBuffer?.prototype, 'mapAsync');
  // A test takes contexts and devices away, as drivers do.
  self.contexts = [];
  self.devices = [];
  const requestDevice = self.GPUAdapter?.prototype.requestDevice;
  if (requestDevice) {
    GPUAdapter.prototype.requestDevice = async function (...args) {
      const device = await requestDevice.apply(this, args);
      self.devices.push(device);
      return device;
    };
  }
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (...args) {
    const context = getContext.apply(this, args);
    if (context) self.contexts.push(context);
    return context;
  };
  const post = self.postMessage.bind(self);
  self.postMessage = (message, transfer) => post({ ...message, reads: { ...counts } }, transfer);
}
`;

export interface Reads {
  readonly readPixels: number;
  readonly getBufferSubData: number;
  readonly mapAsync: number;
}
