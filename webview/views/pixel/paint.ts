import { colorAt, colorTable, NAN_COLOR, type MapName } from '../../draw/colorMaps';

const table = colorTable();

/** Colours of some values on a scale of their own: diverging around zero where there are negative ones. */
export const colorsOf = (values: ArrayLike<number>, gray = false): Uint8ClampedArray<ArrayBuffer> => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of Array.from(values)) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const map: MapName = gray ? 'gray' : low < 0 ? 'diverging' : 'sequential';
  const bound = Math.max(Math.abs(low), Math.abs(high));
  if (map === 'diverging') [low, high] = [-bound, bound];
  const bytes = new Uint8ClampedArray(values.length * 4);
  for (let k = 0; k < values.length; k++) {
    const value = values[k] ?? Number.NaN;
    const color = Number.isFinite(value) ? colorAt(table, map, high > low ? (value - low) / (high - low) : 0) : NAN_COLOR;
    bytes.set([color[0] ?? 0, color[1] ?? 0, color[2] ?? 0, 255], k * 4);
  }
  return bytes;
};

/** Draws values as a picture of one pixel a value; the canvas is magnified by its style. */
export const drawValues = (canvas: HTMLCanvasElement, values: ArrayLike<number>, width: number, height: number, gray = false): void => {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(colorsOf(values, gray), width, height), 0, 0);
};
