/** A part of a tensor, as `tf.slice` takes it. */
export interface Box {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/**
 * Cuts a box into boxes of at most `most` values each, which together hold every value once. Nothing is reshaped: a reshape of a packed
 * texture would be a copy of it.
 */
export function* boxesOf({ begin, size }: Box, most: number): Generator<Box> {
  if (product(size) <= most) {
    yield { begin, size };
    return;
  }
  // The first axis behind which an index holds few enough values is cut into stretches; the axes before it are walked one by one.
  const axis = size.findIndex((_, k) => product(size.slice(k + 1)) <= most);
  const stretch = Math.max(1, Math.floor(most / product(size.slice(axis + 1))));
  for (const before of indicesOf(size.slice(0, axis))) {
    for (let from = 0; from < (size[axis] ?? 1); from += stretch) {
      const length = Math.min(stretch, (size[axis] ?? 1) - from);
      const at = [...before, from];
      yield {
        begin: begin.map((start, k) => start + (at[k] ?? 0)),
        size: size.map((one, k) => (k < axis ? 1 : k === axis ? length : one)),
      };
    }
  }
}

/** All index lists below `sizes`, the last index running fastest. */
function* indicesOf(sizes: readonly number[]): Generator<number[]> {
  const [size, ...rest] = sizes;
  if (size === undefined) yield [];
  else for (let k = 0; k < size; k++) for (const others of indicesOf(rest)) yield [k, ...others];
}
