const canvases = new Map<number, OffscreenCanvas>();

/** A canvas a layer, kept: making one costs time. */
const canvasFor = (index: number, width: number, height: number): OffscreenCanvas => {
  const known = canvases.get(index);
  if (known?.width === width && known.height === height) return known;
  const made = new OffscreenCanvas(width, height);
  canvases.set(index, made);
  return made;
};

/**
 * Puts a layer's maps on its canvas side by side, gray, each between its smallest and largest value, one pixel a value. (Canvases are enlarged by
 * their style sheet; our tiles are drawn as large as they are shown.) What is not a picture is one row.
 * @param values [1, height, width, channels], or [1, units]
 * @param most maps that are drawn, from the first on
 */
export const putMaps = (index: number, values: Float32Array, shape: readonly number[], most: number): void => {
  const [height, width, channels] = shape.length === 4 ? (shape.slice(1) as [number, number, number]) : [1, values.length, 1];
  const count = Math.min(most, channels);
  const image = new ImageData(width * count, height);
  for (let channel = 0; channel < count; channel++) putMap(image, values, channel, { width, height, channels });
  canvasFor(index, image.width, image.height).getContext('2d')?.putImageData(image, 0, 0);
};

const putMap = (
  image: ImageData,
  values: Float32Array,
  channel: number,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
): void => {
  let [min, max] = [Infinity, -Infinity];
  for (let at = channel; at < values.length; at += channels) {
    const value = values[at] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const factor = max > min ? 255 / (max - min) : 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const gray = ((values[(row * width + column) * channels + channel] ?? 0) - min) * factor;
      const to = (row * image.width + channel * width + column) * 4;
      image.data[to] = image.data[to + 1] = image.data[to + 2] = gray;
      image.data[to + 3] = 255;
    }
  }
};
