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
  readonly tensors: Exchangeable | undefined;
}

/** A table whose content is exchanged whole, whatever its size: where real models are built in the same process it holds all their names. */
interface Exchangeable {
  exchange(content: Map<string, number>): Map<string, number>;
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

const catchTensorNames = (): Exchangeable | undefined => {
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
  return caught && exchangeable(caught);
};

/** Has a table look things up in another one, which can be exchanged. TensorFlow.js uses these three methods of it. */
const exchangeable = (table: Map<string, number>): Exchangeable => {
  let content = new Map(table);
  table.clear();
  table.has = (key) => content.has(key);
  table.get = (key) => content.get(key);
  table.set = (key, uses) => {
    content.set(key, uses);
    return table;
  };
  return {
    exchange: (other) => {
      const before = content;
      content = other;
      return before;
    },
  };
};

const tables: NameTables = { uids: catchUids(), tensors: catchTensorNames() };

/** Empties the name tables; the function that it returns puts back what they held. */
export const freshNames = (): (() => void) => {
  const { uids, tensors } = tables;
  const keptUids = { ...uids };
  const keptTensors = tensors?.exchange(new Map());
  const emptyUids = (): void => {
    if (uids) for (const key of Object.keys(uids)) Reflect.deleteProperty(uids, key);
  };
  emptyUids();
  return () => {
    emptyUids();
    Object.assign(uids ?? {}, keptUids);
    if (keptTensors) tensors?.exchange(keptTensors);
  };
};
