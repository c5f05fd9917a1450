/** Answers by key. When there are too many, or their keys take too many characters in all, those go first that were not used for longest. */
export class Memo<T> {
  private readonly kept = new Map<string, T>();
  private characters = 0;

  constructor(
    private readonly maxEntries: number,
    private readonly maxCharacters: number,
  ) {}

  get(key: string, make: () => T): T {
    // A key of a good part of all there is room for would drive out everything else.
    if (key === '' || key.length > this.maxCharacters / 4) return make();
    const known = this.kept.get(key);
    const answer = known ?? make();
    if (known === undefined) this.characters += key.length;
    // What is far from full need not know what was used last.
    else if (!this.isHalfFull) return answer;
    else this.kept.delete(key);
    this.kept.set(key, answer);
    this.shrink();
    return answer;
  }

  private get isHalfFull(): boolean {
    return this.kept.size > this.maxEntries / 2 || this.characters > this.maxCharacters / 2;
  }

  private shrink(): void {
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.maxEntries && this.characters <= this.maxCharacters) return;
      this.kept.delete(oldest);
      this.characters -= oldest.length;
    }
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
    // With a function to ask, JSON.stringify takes several times as long.
    return isOrdinary(value) ? JSON.stringify(value) : JSON.stringify(value, distinct);
  } catch {
    return '';
  }
};

const texts = new WeakMap<object, string>();

/** The same for what is never changed and asked for again and again. */
export function structureOfConstant(value: object): string {
  const text = texts.get(value) ?? structureOf(value);
  texts.set(value, text);
  return text;
}

/** True where `distinct` would change nothing. */
const isOrdinary = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return !value.startsWith(MARK);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if (Array.isArray(value)) return value.every(isOrdinary);
  for (const key in value) if (!isOrdinary((value as Record<string, unknown>)[key])) return false;
  return true;
};
