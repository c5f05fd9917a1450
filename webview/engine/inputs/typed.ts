export type TypedValues = { readonly values: Float32Array<ArrayBuffer> } | { readonly refusal: string };

/** Values of an input that are few enough to be typed. */
export const MOST_TYPED = 4096;
const LONGEST = 100_000;

/**
 * Reads numbers with commas, spaces or line ends between them.
 * @param size values of one example
 * @param indicesBelow set where they are indices into an embedding: whole numbers from 0 to one less
 */
export const readTypedValues = (text: string, size: number, indicesBelow: number | undefined): TypedValues => {
  if (text.length > LONGEST) return { refusal: 'That is too long to be this input.' };
  const words = text.split(/[\s,;[\]]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !isNumber(word));
  if (wrong !== undefined) return { refusal: `“${wrong.slice(0, 20)}” is not a number.` };
  const numbers = words.map(Number);
  if (numbers.length !== size) {
    const [needs, has] = [size, numbers.length].map((count) => count.toLocaleString('en-US'));
    return { refusal: `This input takes ${needs} ${size === 1 ? 'value' : 'values'}; ${has} ${numbers.length === 1 ? 'is' : 'are'} here.` };
  }
  const outside =
    indicesBelow === undefined ? undefined : numbers.find((value) => !Number.isInteger(value) || value < 0 || value >= indicesBelow);
  if (outside !== undefined && indicesBelow !== undefined)
    return { refusal: `${outside} is no index here: whole numbers from 0 to ${(indicesBelow - 1).toLocaleString('en-US')} are.` };
  const large = numbers.find((value) => Math.abs(value) > 3e38);
  return large === undefined ? { values: Float32Array.from(numbers) } : { refusal: `${large} is too large for a 32-bit number.` };
};

const isNumber = (word: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(word);
