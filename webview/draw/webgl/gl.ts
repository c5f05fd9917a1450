/** Thin helpers over WebGL2, for the painter alone. */

export class Program {
  private readonly program: WebGLProgram;
  private readonly locations = new Map<string, WebGLUniformLocation | null>();

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
  ) {
    this.program = gl.createProgram();
    const shaders = [this.compile(gl.VERTEX_SHADER, vertex), this.compile(gl.FRAGMENT_SHADER, fragment)];
    for (const shader of shaders) gl.attachShader(this.program, shader);
    gl.linkProgram(this.program);
    if (!gl.getProgramParameter(this.program, gl.LINK_STATUS))
      throw new Error(`A shader does not link: ${gl.getProgramInfoLog(this.program)}`);
    for (const shader of shaders) gl.deleteShader(shader);
  }

  use(): void {
    this.gl.useProgram(this.program);
  }

  ints(name: string, ...values: readonly number[]): void {
    const at = this.location(name);
    if (values.length === 2) this.gl.uniform2iv(at, values);
    else if (values.length === 3) this.gl.uniform3iv(at, values);
    else this.gl.uniform4iv(at, values);
  }

  floats(name: string, ...values: readonly number[]): void {
    const at = this.location(name);
    if (values.length === 1) this.gl.uniform1fv(at, values);
    else this.gl.uniform3fv(at, values);
  }

  texture(name: string, unit: number, texture: WebGLTexture): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
    this.gl.uniform1i(this.location(name), unit);
  }

  delete(): void {
    this.gl.deleteProgram(this.program);
  }

  private location(name: string): WebGLUniformLocation | null {
    let found = this.locations.get(name);
    if (found === undefined) this.locations.set(name, (found = this.gl.getUniformLocation(this.program, name)));
    return found;
  }

  private compile(kind: number, source: string): WebGLShader {
    const shader = this.gl.createShader(kind);
    if (!shader) throw new Error('The WebGL context was lost.');
    this.gl.shaderSource(shader, source);
    this.gl.compileShader(shader);
    if (!this.gl.getShaderParameter(shader, this.gl.COMPILE_STATUS))
      throw new Error(`A shader does not compile: ${this.gl.getShaderInfoLog(shader)}`);
    return shader;
  }
}

/** Float textures of one size that are written together, figure by figure. */
export class Target {
  readonly textures: readonly WebGLTexture[];
  readonly width: number;
  readonly height: number;
  private readonly target: WebGLFramebuffer;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    /** Texels of each texture that are made use of. */
    readonly size: number,
    textures: number,
  ) {
    // Devices work on squares of texels, so a square is better than a long row.
    this.width = Math.min(2048, 2 ** Math.ceil(Math.log2(size) / 2));
    this.height = Math.ceil(size / this.width);
    this.textures = Array.from({ length: textures }, () => floatTexture(gl, this.width, this.height));
    this.target = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    this.textures.forEach((texture, nth) => gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + nth, gl.TEXTURE_2D, texture, 0));
    gl.drawBuffers(this.textures.map((_, nth) => gl.COLOR_ATTACHMENT0 + nth));
  }

  /** Makes these textures what is drawn into. */
  bind(): void {
    this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, this.target);
  }

  delete(): void {
    this.gl.deleteFramebuffer(this.target);
    for (const texture of this.textures) this.gl.deleteTexture(texture);
  }
}

/** Figures and their counts, a texel each. */
export class Figures extends Target {
  constructor(gl: WebGL2RenderingContext, size: number) {
    super(gl, size, 2);
  }

  get ranges(): WebGLTexture {
    return this.textures[0] as WebGLTexture;
  }

  get counts(): WebGLTexture {
    return this.textures[1] as WebGLTexture;
  }
}

const floatTexture = (gl: WebGL2RenderingContext, width: number, height: number): WebGLTexture => {
  const texture = nearestTexture(gl);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
  return texture;
};

/** A texture that is read texel by texel; left bound to the active unit. */
export const nearestTexture = (gl: WebGL2RenderingContext): WebGLTexture => {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
};

/** Texture units that drawing uses, from the first on. */
const UNITS = 8;

/**
 * Runs `draw` in the state that drawing needs, and leaves the context as TensorFlow.js wants to find it:
 * culling and scissoring on, nothing of ours bound. (It binds program, vertex array, framebuffer and viewport itself before each draw.)
 */
export const borrowed = <T>(gl: WebGL2RenderingContext, vertexArray: WebGLVertexArrayObject, draw: () => T): T => {
  gl.bindVertexArray(vertexArray);
  gl.disable(gl.CULL_FACE);
  gl.disable(gl.SCISSOR_TEST);
  gl.disable(gl.BLEND);
  try {
    return draw();
  } finally {
    for (let unit = 0; unit < UNITS; unit++) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, null);
    }
    gl.activeTexture(gl.TEXTURE0);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.bindVertexArray(null);
    gl.useProgram(null);
    gl.enable(gl.CULL_FACE);
    gl.enable(gl.SCISSOR_TEST);
  }
};

/** Reads float texels without stalling: copied to a buffer, fetched once the device is done. `rows` × `width` × 4 numbers. */
export const readTexels = async (gl: WebGL2RenderingContext, texture: WebGLTexture, width: number, rows: number): Promise<Float32Array> => {
  const framebuffer = gl.createFramebuffer();
  const buffer = gl.createBuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, width * rows * 16, gl.STREAM_READ);
  gl.readPixels(0, 0, width, rows, gl.RGBA, gl.FLOAT, 0);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.deleteFramebuffer(framebuffer);
  await finished(gl);
  const texels = new Float32Array(width * rows * 4);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
  gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  gl.deleteBuffer(buffer);
  return texels;
};

/** Resolves when the device has done all that was asked of it so far. Reads nothing. */
export const finished = async (gl: WebGL2RenderingContext): Promise<void> => {
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!sync) return;
  gl.flush();
  const { port1, port2 } = new MessageChannel();
  try {
    while (!gl.isContextLost() && gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED) {
      // A message turn, unlike a timer, is not stretched to four milliseconds.
      await new Promise<void>((resolve) => {
        port2.onmessage = () => resolve();
        port1.postMessage(null);
      });
    }
  } finally {
    port1.close();
    gl.deleteSync(sync);
  }
};
