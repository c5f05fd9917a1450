export const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/** Row-major place of a flat index. */
export const placeOf = (index: number, sizes: readonly number[]): number[] => {
  let rest = index;
  return sizes
    .map((_, axis) => product(sizes.slice(axis + 1)))
    .map((stride) => {
      const at = Math.floor(rest / stride);
      rest -= at * stride;
      return at;
    });
};

/** Row-major index of a place. */
export const flatOf = (place: readonly number[], sizes: readonly number[]): number =>
  place.reduce((index, at, axis) => index * (sizes[axis] ?? 1) + at, 0);
