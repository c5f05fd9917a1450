import * as tf from '@tensorflow/tfjs-core';
import { Transferred, type Handlers } from '../../../src/protocol/channel';
import type { Layout } from '../../draw/layout';
import { ROWS, SLOTS, type Painter } from '../../draw/painter';
import { tilesAtlas } from '../../draw/sizes';
import type { MapFigures, MapPlace, Picture, PictureJob, PictureRequests, WeightSheet } from '../contract/picture';
import { filterSizes, paintFilters } from '../filters/paint';
import { paintSheets } from '../filters/paintSheets';
import { filtersOf } from '../filters/weights';
import type { Running } from '../running';
import { withDrawn, type Drawn } from './subject';

interface MapsContract {
  readonly requests: PictureRequests;
  readonly events: Record<string, never>;
}

/** Drawing layers, their filters and weights; and reading what is shown of them, when that is asked for. */
export const mapsHandlers = (engine: Running): Handlers<MapsContract> => ({
  picture: (job, signal) => withDrawn(engine, job, signal, (drawn) => sent(paint(painterOf(engine), drawn, job))),
  maps: (job, signal) => withDrawn(engine, job, signal, (drawn) => read(painterOf(engine), drawn)),
  mapValue: ({ at, ...job }, signal) => withDrawn(engine, job, signal, ({ subject }) => valueAt(subject.tensor, subject.layout, at)),
  weightSheets: (job, signal) =>
    engine.session.withValues([], signal, () => {
      const sheets: readonly WeightSheet[] = paintSheets(painterOf(engine), engine.session.step(job.key), job);
      return new Transferred(
        sheets,
        sheets.flatMap(({ bitmaps }) => bitmaps),
      );
    }),
});

const painterOf = (engine: Running): Painter => {
  if (!engine.device) throw new Error('No backend has been started.');
  return engine.device.painter;
};

/** Winners are outlined, which takes some pixels. */
const OUTLINED = 4;

const paint = (painter: Painter, { step, subject }: Drawn, job: PictureJob): Picture => {
  const { layout, order } = subject;
  const { room, look, zoom, shows = 'output', sort = 'index' } = job;
  const found = shows === 'winners' || layout.kind !== 'maps' || !job.filters ? undefined : filtersOf(step);
  const filters = found?.kernel.count === layout.count ? found : undefined;
  const sizes = filters && job.filters && filterSizes(filters.kernel, job.filters, filters.bias !== undefined, room.ratio);
  const whole = tilesAtlas(layout, room, job.limit, job.label, painter.maxSide, {
    zoom,
    ...(shows === 'winners' ? { leastZoom: OUTLINED } : {}),
    ...(sizes ? { header: sizes.header, minWidth: sizes.minWidth } : {}),
  });
  const drawn = (job.bands ?? whole.bands.map((_, index) => index)).filter((index) => whole.bands[index]);
  const wanted = { ...whole, bands: drawn.flatMap((index) => whole.bands[index] ?? []) };
  const over = filters && sizes && paintFilters(painter, filters, sizes, wanted, order, look.scale);
  return {
    key: job.key,
    bitmaps: painter.paint(subject, wanted, look),
    drawn,
    atlas: whole,
    layout,
    look,
    shows,
    sort: order ? sort : 'index',
    filters: over,
  };
};

const sent = (picture: Picture): Transferred<Picture> =>
  new Transferred(picture, [...picture.bitmaps, ...(picture.filters?.bitmaps ?? []), ...(picture.filters?.bias?.bitmaps ?? [])]);

const read = async (painter: Painter, { step, subject }: Drawn): Promise<MapFigures> => {
  painter.measure(subject);
  const [maps, totals, order, biases] = await Promise.all([
    painter.readMaps(subject),
    painter.readTotals(subject.slot >= SLOTS ? ROWS : subject.slot + 1),
    subject.order?.data<'float32'>(),
    filtersOf(step)?.bias?.read().data<'float32'>(),
  ]);
  return { maps, layer: totals[subject.slot], order: order && [...order], biases: biases && [...biases] };
};

const valueAt = async (tensor: tf.Tensor, layout: Layout, { map, row, column }: MapPlace): Promise<number> => {
  const position = row * layout.width + column;
  const inside = map >= 0 && map < layout.count && row >= 0 && column >= 0 && column < layout.width && position < layout.values;
  if (!inside) throw new Error('There is no value at this place.');
  const index = layout.offset + map * layout.mapStride + row * layout.rowStride + column * layout.columnStride;
  const one = tf.tidy(() => tf.slice(tf.reshape(tensor, [-1]), [index], [1]));
  try {
    const [value = Number.NaN] = await one.data<'float32'>();
    return value;
  } finally {
    one.dispose();
  }
};
