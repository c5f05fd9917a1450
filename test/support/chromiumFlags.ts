/**
 * Chromium without a window and without a GPU, in which WebGL 2 and WebGPU still work, in software. Without the two Vulkan flags WebGPU
 * computes, but the first draw to a `webgpu` canvas destroys the device.
 */
export const chromiumFlags: string[] = [
  // Tests run as root in containers, where Chromium's sandbox cannot start; it only ever opens pages of this project.
  '--no-sandbox',
  '--enable-unsafe-swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  // The same colours and pixels on every machine.
  '--force-color-profile=srgb',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
