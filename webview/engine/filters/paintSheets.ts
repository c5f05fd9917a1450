import { layOut } from '../../draw/atlas';
import { PASSING, type Painter } from '../../draw/painter';
import { tilesAtlas } from '../../draw/sizes';
import type { Step } from '../build/program';
import type { WeightSlot } from '../build/slots';
import type { WeightSheet, WeightSheetsJob } from '../contract/picture';
import { choiceFor, filterLayout } from './kernels';
import { passing, withKernel } from './paint';
import { sheetOf } from './sheets';
import { filtersOf, weightsOf, type Filters } from './weights';

/** Tiles of one weight that are drawn. */
const MOST_TILES = 256;
/** Pixels a weight, CSS, where there is room. */
const ZOOM = 8;

/** Draws each weight of a layer as one picture: filters as tiles, matrices whole. */
export const paintSheets = (painter: Painter, step: Step, job: WeightSheetsJob): WeightSheet[] => {
  const filters = filtersOf(step);
  return weightsOf(step).flatMap((weight) => {
    const sheet = filters?.weight === weight ? filterSheet(painter, filters, job) : plainSheet(painter, step, weight, job);
    return sheet ? [sheet] : [];
  });
};

const plainSheet = (painter: Painter, step: Step, weight: WeightSlot, { room, scale }: WeightSheetsJob): WeightSheet | undefined => {
  const found = sheetOf(step.layer.className, weight.name, weight.shape);
  if (!found) return undefined;
  const { layout, axes } = found;
  const atlas = tilesAtlas(layout, room, MOST_TILES, 0, painter.maxSide);
  const look = { scale, map: 'auto' } as const;
  const subject = { tensor: weight.read(), layout, slot: PASSING.filters };
  const bitmaps = passing(painter, subject, (one) => painter.paint(one, atlas, look));
  return { name: shortName(weight.name), shape: weight.shape, axes, atlas, layout, look, bitmaps };
};

const filterSheet = (painter: Painter, filters: Filters, { room, scale, filters: wanted }: WeightSheetsJob): WeightSheet => {
  const { kernel } = filters;
  const choice = choiceFor(kernel, wanted);
  const layout = filterLayout(kernel, choice);
  const ratio = room.ratio;
  const zoom = Math.max(1, Math.min(Math.round(ZOOM * ratio), Math.floor((128 * ratio) / Math.max(layout.width, layout.height))));
  const gap = Math.max(1, Math.round(8 * ratio));
  const atlas = layOut({
    width: layout.width,
    height: layout.height,
    count: layout.count,
    limit: MOST_TILES,
    zoomX: zoom,
    zoomY: zoom,
    reduce: 1,
    gapX: gap,
    gapY: gap,
    available: Math.max(16, Math.floor(room.width * ratio)),
    maxSide: painter.maxSide,
  });
  const look = { scale, map: 'auto' } as const;
  const bitmaps = withKernel(filters, choice, (tensor) =>
    passing(painter, { tensor, layout, slot: PASSING.filters }, (one) => painter.paint(one, atlas, look)),
  );
  const of = { color: 'in colour', norm: 'L2 over its inputs', channel: `input channel ${choice.channel}`, whole: 'all its values' }[
    choice.view
  ];
  const frames = kernel.frames > 1 ? `, its ${kernel.frames} frames one below the other` : '';
  return { name: shortName(kernel.weight), shape: kernel.shape, axes: `one tile a filter: ${of}${frames}`, atlas, layout, look, bitmaps };
};

const shortName = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
