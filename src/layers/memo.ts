/** Above this, a key costs more to keep than its answer costs to find again. */
const MAX_KEY = 20_000;

/** Least recently used answers go first. */
export class Memo<T> {
  private readonly kept = new Map<string, T>();

  constructor(
    private readonly size: number,
    private readonly maxKey = MAX_KEY,
  ) {}

  get(key: string, make: () => T): T {
    if (key === '' || key.length > this.maxKey) return make();
    const known = this.kept.get(key);
    if (known !== undefined) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const made = make();
    this.kept.set(key, made);
    if (this.kept.size > this.size) for (const oldest of this.kept.keys()) return this.drop(oldest, made);
    return made;
  }

  private drop(oldest: string, made: T): T {
    this.kept.delete(oldest);
    return made;
  }
}

/** Starts what stands for a value that JSON has no text for. */
const MARK = '\0';

/** JSON writes these alike; layers tell them apart (`units: NaN` and `units: null` are refused in different words). */
const distinct = (_key: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return MARK + String(value);
  if (value === undefined) return `${MARK}undefined`;
  return typeof value === 'string' && value.startsWith(MARK) ? MARK + value : value;
};

/** A text that is equal for equal structures and different for different ones; the empty text for what is too deep, which is not kept. */
export const structureOf = (value: unknown): string => {
  try {
    return JSON.stringify(value, distinct);
  } catch {
    return '';
  }
};
