import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { pictureAxes } from '../../draw/cells';
import type { FieldPart, PixelMap, PixelReport } from '../../engine/contract/pixel';
import type { Layout } from '../../draw/layout';
import { isGray } from '../../state/drawing';
import type { ShownPart } from '../../state/pixel';
import { usePanel } from '../context';
import { useMedia } from '../useMedia';
import { drawValues } from './paint';
import { boxesOf, frameOf, listOf, MOST_BOXES, unreadIn, type CellBox } from './regions';
import { projection } from '../../engine/pixel/region';
import { fieldText } from './words';

/** The longest side of the picture, CSS pixels; where the panel is small, window and kernel need the room. */
const SIDE = 192;
const SMALL_SIDE = 128;

/** An input of the model, or of the layer, with what the value sees of it outlined. The arrow keys slide the window. */
export const FieldPicture = ({ report }: { readonly report: PixelReport }): JSX.Element | null => {
  const { pixel, store } = usePanel();
  const part = pixel.shownPart.value;
  const { value: map, error } = pixel.picture.state.value;
  const layout = store.built.value?.steps.find((step) => step.key === part?.key)?.layout;
  if (!part || !layout) return null;
  const rank = part.shape.length - 1;
  const axes = pictureAxes(layout, rank);
  const boxes = map?.key === part.key ? boxesOf(part.region, layout, rank, map.map) : [];
  const rows = layout.kind === 'strip' ? [{ start: 0, end: layout.height }] : projection(part.region, axes.row ?? 0);
  const text = `${part.name}: sees ${fieldText(layout, rows, projection(part.region, axes.column), part)}`;
  const unread = unreadIn(part.unread, layout, rank);
  const gray = isGray(store, part.key);
  return (
    <figure class="field">
      <Parts report={report} part={part} layout={layout} map={map?.map ?? 0} />
      {map?.key === part.key ? <Picture map={map} boxes={boxes} part={part} layout={layout} text={text} gray={gray} /> : <p>{error}</p>}
      <figcaption>
        {text}.{unread.rows.length > 0 && ` Rows ${listOf(unread.rows)} are read by nothing.`}
        {unread.columns.length > 0 && ` Columns ${listOf(unread.columns)} are read by nothing.`}
        {report.unknown.length > 0 &&
          ` Nothing is known of what ${report.unknown.slice(0, 3).join(', ')} ${report.unknown.length > 1 ? 'read' : 'reads'}: it is taken to read everything.`}
      </figcaption>
    </figure>
  );
};

interface PartsProps {
  readonly report: PixelReport;
  readonly part: FieldPart;
  readonly layout: Layout;
  readonly map: number;
}

/** Which picture, and which of its maps. */
const Parts = ({ report, part, layout, map }: PartsProps): JSX.Element => {
  const { pixel } = usePanel();
  const keys = new Set<string>();
  const options = (['input', 'layer'] as const).flatMap((from) =>
    (from === 'input' ? report.inputs : report.parents).flatMap((one, index): { readonly shown: ShownPart; readonly part: FieldPart }[] => {
      if (keys.has(one.key)) return [];
      keys.add(one.key);
      return [{ shown: { from, index }, part: one }];
    }),
  );
  return (
    <div class="field-parts">
      <select
        aria-label="Picture"
        onChange={(event) => {
          const option = options[event.currentTarget.selectedIndex];
          if (option) pixel.show(option.shown);
        }}
      >
        {options.map((option) => (
          <option key={option.part.key} selected={option.part.key === part.key}>
            {option.shown.from === 'layer'
              ? `from ${option.part.name}`
              : option.part.name === 'input'
                ? 'input'
                : `input ${option.part.name}`}
          </option>
        ))}
      </select>
      {layout.kind === 'maps' && layout.count > 1 && (
        <label>
          map{' '}
          <input
            type="number"
            min={0}
            max={layout.count - 1}
            value={map}
            aria-label="Map of the picture"
            onInput={(event) => {
              const wanted = event.currentTarget.valueAsNumber;
              if (Number.isInteger(wanted) && wanted >= 0 && wanted < layout.count) pixel.channel.value = wanted;
            }}
          />
        </label>
      )}
    </div>
  );
};

interface PictureProps {
  readonly map: PixelMap;
  readonly boxes: readonly CellBox[];
  readonly part: FieldPart;
  readonly layout: Layout;
  readonly text: string;
  readonly gray: boolean;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const Picture = ({ map, boxes, part, layout, text, gray }: PictureProps): JSX.Element => {
  const { pixel } = usePanel();
  const values = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const { width, height } = map;
  const side = useMedia('(max-width: 719px)') ? SMALL_SIDE : SIDE;
  const scale = Math.min(side / Math.max(width, height), 16);
  const zoom = scale >= 1 ? Math.floor(scale) : scale;
  const [wide, high] = [Math.max(1, Math.round(width * zoom)), Math.max(layout.kind === 'strip' ? 12 : 1, Math.round(height * zoom))];
  useLayoutEffect(() => {
    const canvas = values.current;
    if (!canvas) return;
    drawValues(canvas, map.values, width, height, gray);
    canvas.style.width = `${wide}px`;
    canvas.style.height = `${high}px`;
  }, [map, gray, wide, high]);
  const frame = frameOf(boxes);
  useLayoutEffect(() => {
    const canvas = marks.current;
    if (canvas) drawMarks(canvas, wide, high, { part, layout, boxes, width, height });
  });
  return (
    <div
      class="field-picture"
      role="img"
      tabIndex={0}
      aria-label={`${text}. Arrow keys slide the window.`}
      data-field={frame && JSON.stringify(frame)}
      data-map={map.map}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        pixel.slide(...step);
      }}
    >
      <canvas ref={values} aria-hidden="true" />
      <canvas ref={marks} class="field-marks" aria-hidden="true" />
    </div>
  );
};

interface Marks {
  readonly part: FieldPart;
  readonly layout: Layout;
  readonly boxes: readonly CellBox[];
  readonly width: number;
  readonly height: number;
}

/** Outlines what is seen, twice, so that it stands out on every colour; hatches what nothing reads. */
const drawMarks = (canvas: HTMLCanvasElement, wide: number, high: number, { part, layout, boxes, width, height }: Marks): void => {
  const ratio = window.devicePixelRatio;
  [canvas.width, canvas.height] = [Math.round(wide * ratio), Math.round(high * ratio)];
  [canvas.style.width, canvas.style.height] = [`${wide}px`, `${high}px`];
  const context = canvas.getContext('2d');
  if (!context) return;
  const [cellX, cellY] = [canvas.width / width, canvas.height / height];
  const style = getComputedStyle(canvas);
  const unread = unreadIn(part.unread, layout, part.shape.length - 1);
  for (const { start, end } of unread.rows) hatch(context, 0, start * cellY, canvas.width, (end - start) * cellY, ratio);
  for (const { start, end } of unread.columns) hatch(context, start * cellX, 0, (end - start) * cellX, canvas.height, ratio);
  const around = frameOf(boxes);
  const outlined = boxes.length > MOST_BOXES && around ? [around] : boxes;
  for (const [color, line] of [
    [style.getPropertyValue('--vscode-editor-background') || 'Canvas', 4],
    [style.getPropertyValue('--vscode-editorWarning-foreground') || 'Highlight', 2],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = line * ratio;
    const inset = ratio;
    for (const { row, column, rows, columns } of outlined) {
      const [x, y, w, h] = [column * cellX, row * cellY, columns * cellX, rows * cellY];
      context.strokeRect(x + inset, y + inset, Math.max(1, w - 2 * inset), Math.max(1, h - 2 * inset));
    }
  }
};

const hatch = (context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, ratio: number): void => {
  context.save();
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  for (const [color, shift] of [
    ['#000', 0],
    ['#fff', ratio],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = ratio;
    context.beginPath();
    for (let at = x - h; at < x + w; at += 5 * ratio) {
      context.moveTo(at + shift, y + h);
      context.lineTo(at + shift + h, y);
    }
    context.stroke();
  }
  context.restore();
};
