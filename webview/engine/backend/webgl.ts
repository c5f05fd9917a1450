import * as tf from '@tensorflow/tfjs-core';
import { setWebGLContext, type MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { finished } from '../../draw/webgl/gl';
import { WebglPainter } from '../../draw/webgl/painter';
import { softwareRenderer } from './software';
import type { Device, Found, Missing } from './types';

export const findWebgl = (): Promise<Found | Missing> => {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: false, stencil: false, preserveDrawingBuffer: false });
  if (!gl) return Promise.resolve({ missing: 'no WebGL2' });
  if (!gl.getExtension('EXT_color_buffer_float')) return Promise.resolve({ missing: 'no float textures' });
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  const named = softwareRenderer(renderer);
  return Promise.resolve({ renderer: named ?? renderer, software: named !== undefined, start: (lost) => start(gl, canvas, lost) });
};

const start = async (gl: WebGL2RenderingContext, canvas: OffscreenCanvas, lost: (reason: string) => void): Promise<Device> => {
  canvas.addEventListener('webglcontextlost', () => lost('The graphics driver took the WebGL context away.'));
  setWebGLContext(2, gl);
  if (!(await tf.setBackend('webgl'))) throw new Error('TensorFlow.js refused the WebGL context.');
  const backend = (): MathBackendWebGL => {
    if (gl.isContextLost()) throw new Error('The graphics driver took the WebGL context away.');
    return tf.backend() as MathBackendWebGL;
  };
  const side = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
  return {
    name: 'webgl',
    makesPrograms: true,
    painter: new WebglPainter(gl, canvas, backend),
    finished: () => finished(gl),
    bytes: () => (tf.memory() as { numBytesInGPUAllocated?: number }).numBytesInGPUAllocated,
    // Four values a texel, four bytes each.
    largestTensor: side * side * 16,
  };
};
