import assert from 'node:assert/strict';
import { chooseBackend, type Finders } from '../../../webview/engine/backend/choose';
import { softwareRenderer } from '../../../webview/engine/backend/software';
import type { Device, Found, Missing } from '../../../webview/engine/backend/types';
import type { BackendName } from '../../../src/protocol/panel';
import { backendBadge } from '../../../webview/views/words';

const gpu: Found = { renderer: 'NVIDIA GeForce RTX 3060', software: false, start: () => Promise.reject(new Error('unset')) };

/** Finders of a made-up machine; whatever is not named is there and starts. */
const machine = (changes: Partial<Record<BackendName, Partial<Found> | Missing | Error>>): Finders => {
  const finder = (name: BackendName) => (): Promise<Found | Missing> => {
    const change = changes[name] ?? {};
    if (change instanceof Error) return Promise.reject(change);
    if ('missing' in change) return Promise.resolve(change);
    const plain = name === 'wasm' || name === 'cpu' ? { renderer: '' } : {};
    return Promise.resolve({ ...gpu, ...plain, start: () => Promise.resolve({ name } as Device), ...change });
  };
  return { webgpu: finder('webgpu'), webgl: finder('webgl'), wasm: finder('wasm'), cpu: finder('cpu') };
};

const unheard = (): void => undefined;

const chosen = async (choice: Parameters<typeof chooseBackend>[0], finders: Finders): Promise<string> => {
  const { device, renderer, passedOver } = await chooseBackend(choice, finders, unheard);
  return backendBadge({ name: device.name, renderer, passedOver });
};

const software = { renderer: 'SwiftShader', software: true };

describe('choice of the backend', () => {
  it('takes the best that a machine has, and says why not a better one', async () => {
    assert.equal(await chosen('auto', machine({})), 'webgpu');
    assert.equal(await chosen('auto', machine({ webgpu: { missing: 'no adapter' } })), 'webgl (webgpu: no adapter)');
    assert.equal(
      await chosen('auto', machine({ webgpu: { missing: 'no adapter' }, webgl: { missing: 'no WebGL2' } })),
      'wasm (webgl: no WebGL2)',
    );
  });

  it('ranks software renderers below wasm', async () => {
    const finders = machine({ webgpu: software, webgl: software });
    assert.equal(await chosen('auto', finders), 'wasm (webgl: software renderer SwiftShader)');
    assert.equal(await chosen('webgl', finders), 'webgl on SwiftShader');
  });

  it('falls back where a driver throws, now or when it starts', async () => {
    const broken = { start: () => Promise.reject(new Error('device lost')) };
    assert.equal(await chosen('auto', machine({ webgpu: new Error('blocklisted'), webgl: broken })), 'wasm (webgl: device lost)');
    const { passedOver } = await chooseBackend('auto', machine({ webgpu: new Error('blocklisted'), webgl: broken, wasm: broken }), unheard);
    assert.deepEqual(passedOver, ['webgpu: blocklisted', 'webgl: device lost', 'wasm: device lost']);
  });

  it('takes what was asked for first, then the rest in their order', async () => {
    assert.equal(await chosen('cpu', machine({})), 'cpu');
    assert.equal(await chosen('wasm', machine({ wasm: { missing: 'no WebAssembly' } })), 'webgpu (wasm: no WebAssembly)');
  });

  it('passes over what was lost again and again, even where it was chosen by name', async () => {
    const { device, passedOver } = await chooseBackend('webgl', machine({}), unheard, [{ name: 'webgl', why: 'lost twice' }]);
    assert.deepEqual([device.name, passedOver], ['webgpu', ['webgl: lost twice']]);
  });

  it('says so where nothing starts', async () => {
    const none = { missing: 'no' };
    await assert.rejects(
      chooseBackend('auto', machine({ webgpu: none, webgl: none, wasm: none, cpu: none }), unheard),
      /No backend of TensorFlow\.js starts here \(webgpu: no;/,
    );
  });

  it('knows software renderers by the names that drivers give them', () => {
    for (const [text, name] of [
      ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (LLVM 10.0.0)), SwiftShader driver)', 'SwiftShader'],
      ['llvmpipe (LLVM 15.0.6, 256 bits)', 'llvmpipe'],
      ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', 'Microsoft Basic Render Driver'],
      ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)', undefined],
      ['Apple M2', undefined],
    ] as const)
      assert.equal(softwareRenderer(text), name);
  });
});
