/** Renderers that compute on the CPU what a GPU would. TensorFlow.js' wasm backend is faster than any of them. */
const SOFTWARE = [
  ['swiftshader', 'SwiftShader'],
  ['llvmpipe', 'llvmpipe'],
  ['softpipe', 'softpipe'],
  ['lavapipe', 'lavapipe'],
  ['microsoft basic render', 'Microsoft Basic Render Driver'],
  ['software rasterizer', 'software rasterizer'],
  ['apple software renderer', 'Apple Software Renderer'],
] as const;

/** The software renderer that a description names ("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device …"), if it names one. */
export const softwareRenderer = (description: string): string | undefined => {
  const lower = description.toLowerCase();
  return SOFTWARE.find(([mark]) => lower.includes(mark))?.[1];
};
