import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WindowValues } from '../../engine/pixel/arithmeticTypes';
import { showValue } from '../words';
import { colorsOf, drawValues } from './paint';
import { brief, exact } from './words';

/** Windows up to this many values a side are written out as numbers. */
const WRITTEN = 5;
const SIDE = 120;

interface GridProps {
  readonly window: WindowValues;
  readonly values: readonly number[];
  readonly name: string;
}

/** Values of a window as numbers on their colours; of a large window the colours alone. */
export const Grid = ({ window: { rows, columns, winner }, values, name }: GridProps): JSX.Element => {
  if (rows > WRITTEN || columns > WRITTEN) return <Picture rows={rows} columns={columns} values={values} name={name} />;
  const colors = colorsOf(values);
  return (
    <table class="grid" aria-label={name}>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {values.slice(row * columns, (row + 1) * columns).map((value, column) => {
              const at = row * columns + column;
              const padding = Number.isNaN(value);
              return (
                <td
                  key={column}
                  class={at === winner ? 'winner' : ''}
                  title={padding ? 'padding' : exact(value)}
                  style={padding ? {} : cellColors(colors.subarray(4 * at, 4 * at + 3))}
                >
                  {padding ? <i>pad</i> : brief(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** A colour to write on, and black or white, whichever is read better on it. */
const cellColors = ([red = 0, green = 0, blue = 0]: Uint8ClampedArray): { readonly background: string; readonly color: string } => {
  const linear = (part: number): number => (part / 255) ** 2.2;
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  // Where both have the same contrast by WCAG: (L + 0.05)² = 1.05 · 0.05.
  return { background: `rgb(${red} ${green} ${blue})`, color: luminance > 0.179 ? '#000' : '#fff' };
};

const Picture = ({
  rows,
  columns,
  values,
  name,
}: Pick<WindowValues, 'rows' | 'columns'> & Pick<GridProps, 'values' | 'name'>): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current) return;
    drawValues(current, values, columns, rows);
    const zoom = Math.max(1, Math.floor(SIDE / Math.max(rows, columns)));
    current.style.width = `${columns * zoom}px`;
    current.style.height = `${rows * zoom}px`;
  }, [values, rows, columns]);
  const finite = values.filter(Number.isFinite);
  const text = `${name}, ${rows} by ${columns}, from ${showValue(Math.min(...finite))} to ${showValue(Math.max(...finite))}`;
  return <canvas ref={canvas} role="img" aria-label={text} title={text} />;
};
