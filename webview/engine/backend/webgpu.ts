import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { WebgpuPainter } from '../../draw/webgpu/painter';
import { softwareRenderer } from './software';
import type { Device, Found, Missing } from './types';
import { mendCast } from './webgpuCast';

/** The limits that TensorFlow.js' kernels make use of: asked for as high as the adapter allows. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

export const findWebgpu = async (): Promise<Found | Missing> => {
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  if (!gpu) return { missing: 'not in this browser' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { missing: 'no adapter' };
  const { info } = adapter;
  const described = [info.description, info.device, info.architecture, info.vendor].filter((part) => part !== '');
  const named = softwareRenderer(described.join(' '));
  return {
    renderer: named ?? described[0] ?? '',
    software: named !== undefined || info.isFallbackAdapter,
    start: (lost) => start(adapter, lost),
  };
};

const start = async (adapter: GPUAdapter, lost: (reason: string) => void): Promise<Device> => {
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits });
  void device.lost.then(({ message }) => lost(`The graphics driver took the WebGPU device away. ${message}`.trim()));
  device.addEventListener('uncapturederror', ({ error }) => lost(`The graphics driver refused a computation: ${error.message}`));
  // The backend's own registration asks for an adapter again and does not look whether it got one.
  tf.removeBackend('webgpu');
  const backend = new WebGPUBackend(device, adapter.info);
  tf.registerBackend('webgpu', () => backend);
  mendCast();
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js refused the device.');
  return {
    name: 'webgpu',
    makesPrograms: true,
    painter: new WebgpuPainter(device, new OffscreenCanvas(1, 1), () => backend),
    finished: async () => {
      // Work that TensorFlow.js still holds back is handed over first.
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      backend.submitQueue();
      await device.queue.onSubmittedWorkDone();
    },
    bytes: () => (tf.memory() as { numBytesAllocatedInGPU?: number }).numBytesAllocatedInGPU,
    largestTensor: device.limits.maxStorageBufferBindingSize,
  };
};
