import type { Picture } from '../engine/contract/picture';

/** Bands to draw when one comes into sight: it and the one below, where they are not drawn yet. */
export const nextBands = ({ atlas, drawn }: Pick<Picture, 'atlas' | 'drawn'>, band: number): number[] =>
  drawn.includes(band) ? [] : [band, band + 1].filter((one) => one < atlas.bands.length && !drawn.includes(one));

/** A picture with more of its bands drawn. */
export const withBands = (picture: Picture, more: Picture): Picture => {
  const { filters } = picture;
  const bias = filters?.bias;
  return {
    ...picture,
    bitmaps: [...picture.bitmaps, ...more.bitmaps],
    drawn: [...picture.drawn, ...more.drawn],
    filters: filters && {
      ...filters,
      bitmaps: [...filters.bitmaps, ...(more.filters?.bitmaps ?? [])],
      bias: bias && { ...bias, bitmaps: [...bias.bitmaps, ...(more.filters?.bias?.bitmaps ?? [])] },
    },
  };
};
