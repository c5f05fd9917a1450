import * as tfl from '@tensorflow/tfjs-layers';

/**
 * TensorFlow.js counts automatic names ("conv2d_Conv2D1") in two tables that it keeps to itself. They are caught here once, by watching
 * what they are asked for, so that each replay starts to count as a fresh program does, and leaves nothing behind: a table that grew with
 * every keystroke would be a leak.
 */
interface NameTables {
  /** Counters by prefix, behind automatic names of layers and models. */
  readonly uids: Record<string, number> | undefined;
  /** Uses by name, behind the unique names of tensors and weights. */
  readonly tensors: Map<string, number> | undefined;
}

const PROBE = 'LayerscopeProbe';

const catchUids = (): Record<string, number> | undefined => {
  const caught: Record<string, number>[] = [];
  // The first `uids[prefix] += 1` for a prefix that only the prototype knows runs the prototype's setter on the table itself.
  Object.defineProperty(Object.prototype, PROBE, {
    configurable: true,
    get: () => 0,
    set(this: Record<string, number>) {
      caught.push(this);
    },
  });
  try {
    new (class extends tfl.layers.Layer {
      static readonly className = PROBE;
    })();
  } finally {
    Reflect.deleteProperty(Object.prototype, PROBE);
  }
  return caught[0];
};

const catchTensorNames = (): Map<string, number> | undefined => {
  let caught: Map<string, number> | undefined;
  const { has } = Map.prototype;
  Map.prototype.has = function (this: Map<unknown, unknown>, key: unknown): boolean {
    if (key === PROBE) caught = this as Map<string, number>;
    return has.call(this, key);
  };
  try {
    new tfl.SymbolicTensor('float32', [], null as unknown as tfl.layers.Layer, [], {}, PROBE);
  } finally {
    Map.prototype.has = has;
  }
  caught?.delete(PROBE);
  return caught;
};

const tables: NameTables = { uids: catchUids(), tensors: catchTensorNames() };

/** Empties the name tables; the function that it returns puts back what they held. */
export const freshNames = (): (() => void) => {
  const { uids, tensors } = tables;
  const keptUids = { ...uids };
  const keptTensors = tensors ? [...tensors] : [];
  const empty = (): void => {
    if (uids) for (const key of Object.keys(uids)) Reflect.deleteProperty(uids, key);
    tensors?.clear();
  };
  empty();
  return () => {
    empty();
    Object.assign(uids ?? {}, keptUids);
    for (const [name, uses] of keptTensors) tensors?.set(name, uses);
  };
};
