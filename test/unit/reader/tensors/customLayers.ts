/** Layer classes whose `call` TensorFlow.js runs and the reader interprets: `create` gives a model whose last layer is of the class. */
export const CUSTOM_LAYERS: Readonly<Record<string, { readonly source: string; readonly ops: readonly string[] | RegExp }>> = {
  'layer scale': {
    ops: ['mul'],
    source: `class LayerScale extends tf.layers.Layer {
      private gamma!: tf.LayerVariable;
      static className = 'LayerScale';
      override build(inputShape: tf.Shape) { this.gamma = this.addWeight('gamma', [inputShape[inputShape.length - 1]!], 'float32', tf.initializers.ones()); this.built = true; }
      override call(inputs: tf.Tensor | tf.Tensor[]) { const x = Array.isArray(inputs) ? inputs[0]! : inputs; return tf.tidy(() => x.mul(this.gamma.read())); }
      override computeOutputShape(inputShape: tf.Shape) { return inputShape; }
    }
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: 6, inputShape: [4] }), new LayerScale({})] });`,
  },
  'local response normalisation': {
    ops: ['localResponseNormalization'],
    source: `class LRN extends tf.layers.Layer {
      static className = 'LRN';
      constructor(private readonly radius = 2) { super({}); }
      override call(inputs: tf.Tensor[]) { return tf.localResponseNormalization(inputs[0] as tf.Tensor4D, this.radius, 1, 1e-4, 0.75); }
    }
    export const create = () => tf.sequential({ layers: [tf.layers.conv2d({ filters: 6, kernelSize: 3, inputShape: [8, 8, 1] }), new LRN(3)] });`,
  },
  'an attention head': {
    ops: [
      'reshape',
      'matMul',
      'reshape',
      'reshape',
      'matMul',
      'reshape',
      'matMul',
      'div',
      'softmax',
      'reshape',
      'matMul',
      'reshape',
      'matMul',
    ],
    source: `class Head extends tf.layers.Layer {
      static className = 'Head';
      private q!: tf.LayerVariable; private k!: tf.LayerVariable; private v!: tf.LayerVariable;
      constructor(private readonly size: number) { super({}); }
      override build(shape: tf.Shape) {
        const width = shape[2]!;
        const weight = (name: string) => this.addWeight(name, [width, this.size], 'float32', tf.initializers.glorotUniform({}));
        this.q = weight('q'); this.k = weight('k'); this.v = weight('v');
      }
      private project(x: tf.Tensor, w: tf.LayerVariable) {
        const [b, t, c] = x.shape as [number, number, number];
        return x.reshape([b * t, c]).matMul(w.read()).reshape([b, t, this.size]);
      }
      override call(inputs: tf.Tensor | tf.Tensor[], kwargs: object) {
        this.invokeCallHook(inputs, kwargs);
        const x = Array.isArray(inputs) ? inputs[0]! : inputs;
        const q = this.project(x, this.q), k = this.project(x, this.k);
        const weights = tf.softmax(tf.matMul(q, k, false, true).div(Math.sqrt(this.size)));
        return tf.matMul(weights, this.project(x, this.v));
      }
      override computeOutputShape(shape: tf.Shape) { return [shape[0]!, shape[1]!, this.size]; }
    }
    export const create = () => { const i = tf.input({ shape: [5, 12] }); return tf.model({ inputs: i, outputs: new Head(8).apply(i) as tf.SymbolicTensor }); };`,
  },
  'causal self attention': {
    ops: /^(?=.*linalg\.bandPart)(?=.*matMul)(?=.*softmax)(?=.*transpose).*$/,
    source: `class CausalSelfAttention extends tf.layers.Layer {
      static className = 'CausalSelfAttention';
      private kernel!: tf.LayerVariable; private bias!: tf.LayerVariable; private out!: tf.LayerVariable;
      private readonly heads: number; private readonly block: number;
      constructor(config: { heads: number; blockSize: number }) { super({}); this.heads = config.heads; this.block = config.blockSize; }
      override build(inputShape: tf.Shape) {
        const c = inputShape[2]!;
        this.kernel = this.addWeight('kernel', [c, 3 * c], 'float32', tf.initializers.randomNormal({ stddev: 0.02 }));
        this.bias = this.addWeight('bias', [3 * c], 'float32', tf.initializers.zeros());
        this.out = this.addWeight('out', [c, c], 'float32', tf.initializers.zeros());
      }
      override computeOutputShape(inputShape: tf.Shape) { return inputShape; }
      override call(input: tf.Tensor | tf.Tensor[]) {
        return tf.tidy(() => {
          const x = (Array.isArray(input) ? input[0] : input) as tf.Tensor;
          const dense = (t: tf.Tensor, w: tf.Tensor, b?: tf.Tensor) => {
            const flat = t.reshape([-1, t.shape[t.rank - 1]!]);
            let y = tf.matMul(flat, w as tf.Tensor2D);
            if (b) y = y.add(b);
            return y.reshape([...t.shape.slice(0, -1), w.shape[1]!]);
          };
          const cAttn = dense(x, this.kernel.read(), this.bias.read());
          let [q, k, v] = tf.split(cAttn, 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];
          const [B, T, C] = k.shape as [number, number, number];
          const splitHeads = (t: tf.Tensor) => tf.transpose(tf.reshape(t, [B, T, this.heads, C / this.heads]), [0, 2, 1, 3]);
          q = splitHeads(q); k = splitHeads(k); v = splitHeads(v);
          let att = tf.mul(tf.matMul(q, k, false, true), tf.div(1, tf.sqrt(tf.cast(k.shape[k.shape.length - 1]!, 'float32'))));
          const mask = tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([T, T]), -1, 0)), -1e9);
          att = tf.softmax(tf.add(att, mask), -1);
          const y = tf.reshape(tf.transpose(tf.matMul(att, v), [0, 2, 1, 3]), [B, T, C]);
          return dense(y, this.out.read());
        });
      }
    }
    export const create = () => { const i = tf.input({ shape: [6, 12] }); return tf.model({ inputs: i, outputs: new CausalSelfAttention({ heads: 3, blockSize: 6 }).apply(i) as tf.SymbolicTensor }); };`,
  },
  'positional encoding': {
    ops: ['add'],
    source: `class Position extends tf.layers.Layer {
      static className = 'Position';
      private table!: tf.LayerVariable;
      override build(shape: tf.Shape) { this.table = this.addWeight('table', [shape[1]!, shape[2]!], 'float32', tf.initializers.zeros()); }
      override call(inputs: tf.Tensor | tf.Tensor[]) { return tf.add(Array.isArray(inputs) ? inputs[0]! : inputs, this.table.read()); }
    }
    export const create = () => { const i = tf.input({ shape: [7, 4] }); return tf.model({ inputs: i, outputs: new Position({}).apply(i) as tf.SymbolicTensor }); };`,
  },
  'a PReLU of its own': {
    ops: ['prelu'],
    source: `class MyPReLU extends tf.layers.Layer {
      static className = 'MyPReLU';
      alpha!: tf.LayerVariable;
      override build(shape: tf.Shape | tf.Shape[]) { const own = (Array.isArray(shape[0]) ? shape[0] : shape) as tf.Shape; this.alpha = this.addWeight('alpha', own.slice(1), 'float32', tf.initializers.zeros()); this.built = true; }
      override call(x: tf.Tensor | tf.Tensor[]) { const input = x instanceof Array ? x[0]! : x; return tf.prelu(input, this.alpha.read()); }
    }
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [3] }), new MyPReLU({})] });`,
  },
  'a gated unit that halves its channels': {
    ops: ['split', 'sigmoid', 'mul'],
    source: `class GLU extends tf.layers.Layer {
      static className = 'GLU';
      override call(inputs: tf.Tensor | tf.Tensor[]) { const x = Array.isArray(inputs) ? inputs[0]! : inputs; const [a, b] = tf.split(x, 2, -1) as [tf.Tensor, tf.Tensor]; return a.mul(b.sigmoid()); }
      override computeOutputShape(shape: tf.Shape) { return [...shape.slice(0, -1), shape[shape.length - 1]! / 2]; }
    }
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [3] }), new GLU({})] });`,
  },
  'a sum of two inputs': {
    ops: ['mul', 'add'],
    source: `class Residual extends tf.layers.Layer {
      static className = 'Residual';
      override computeOutputShape(shapes: tf.Shape | tf.Shape[]) { return (shapes as tf.Shape[])[0]!; }
      override call(inputs: tf.Tensor | tf.Tensor[]) { const [x, y] = inputs as [tf.Tensor, tf.Tensor]; return tf.add(x, tf.mul(y, 0.5)); }
    }
    export const create = () => {
      const i = tf.input({ shape: [4] });
      const d = tf.layers.dense({ units: 4 }).apply(i) as tf.SymbolicTensor;
      return tf.model({ inputs: i, outputs: new Residual({}).apply([i, d]) as tf.SymbolicTensor });
    };`,
  },
  'moments of each example': {
    ops: ['moments', 'sub', 'add', 'sqrt', 'div'],
    source: `class InstanceNorm extends tf.layers.Layer {
      static className = 'InstanceNorm';
      override call(inputs: tf.Tensor | tf.Tensor[]) {
        const x = Array.isArray(inputs) ? inputs[0]! : inputs;
        const { mean, variance } = tf.moments(x, [1, 2], true);
        return x.sub(mean).div(variance.add(1e-5).sqrt());
      }
    }
    export const create = () => { const i = tf.input({ shape: [6, 6, 2] }); return tf.model({ inputs: i, outputs: new InstanceNorm({}).apply(i) as tf.SymbolicTensor }); };`,
  },
  'a flatten that keeps the batch': {
    ops: ['reshape'],
    source: `class Flat extends tf.layers.Layer {
      static className = 'Flat';
      override call(inputs: tf.Tensor | tf.Tensor[]) { const x = Array.isArray(inputs) ? inputs[0]! : inputs; return x.reshape([x.shape[0]!, x.size / x.shape[0]!]); }
      override computeOutputShape(shape: tf.Shape) { return [shape[0]!, (shape.slice(1) as number[]).reduce((all, one) => all * one, 1)]; }
    }
    export const create = () => { const i = tf.input({ shape: [3, 4] }); return tf.model({ inputs: i, outputs: new Flat({}).apply(i) as tf.SymbolicTensor }); };`,
  },
};
