type TypedArrayClass = new (...args: unknown[]) => object;

/** Typed arrays that stand for longer ones. */
const standIns = new WeakSet<object>();

/** True for a typed array that holds fewer values than whoever made it meant it to. */
export const isHollow = (values: object): boolean => standIns.has(values);

/** For a number of values none are made, nor for as many as a stand-in has; values that are given are copied as ever. */
const makesNone = ([given]: unknown[]): boolean =>
  typeof given === 'number' ? given > 0 : typeof given === 'object' && given !== null && standIns.has(given);

/** A typed array's class whose `new` makes room for nothing. A number that is no length is refused as ever. */
const roomForNothing = (original: TypedArrayClass): TypedArrayClass =>
  new Proxy(original, {
    construct: (target, args: unknown[]) => {
      if (!makesNone(args)) return new target(...args);
      const made = new target(0);
      standIns.add(made);
      return made;
    },
  });

const real = { Float32Array, Int32Array, Uint8Array };

type Replaceable = Record<keyof typeof real, TypedArrayClass>;

const hollow: Replaceable = {
  Float32Array: roomForNothing(real.Float32Array as TypedArrayClass),
  Int32Array: roomForNothing(real.Int32Array as TypedArrayClass),
  Uint8Array: roomForNothing(real.Uint8Array as TypedArrayClass),
};

/**
 * `tf.zeros`, `tf.randomNormal`, `tf.buffer` and the like make their values in typed arrays before any kernel is asked, and look neither at
 * their length nor at what is in them again. While this holds those arrays are empty, whatever size was asked for; the function that it returns
 * puts the real ones back. For synchronous work only.
 */
export const withoutRoom = (): (() => void) => {
  Object.assign(globalThis, hollow);
  return () => void Object.assign(globalThis, real);
};

/** What typed arrays that are given to TensorFlow.js can be. */
export type ArrayType = 'Float32Array' | 'Int32Array' | 'Uint8Array' | 'Uint8ClampedArray';

const CLASSES = { Float32Array, Int32Array, Uint8Array, Uint8ClampedArray };

export const isArrayType = (name: unknown): name is ArrayType => typeof name === 'string' && Object.hasOwn(CLASSES, name);

/** A typed array that says it is this long and holds nothing. */
export const hollowArray = (type: ArrayType, length: number): object => {
  const made = Object.defineProperty(new CLASSES[type](0), 'length', { value: length });
  standIns.add(made);
  return made;
};
