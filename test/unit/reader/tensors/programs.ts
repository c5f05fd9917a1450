/** Programs whose exported tensors are computed by TensorFlow.js and read by the reader; each export is the direct result of a call. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'zeros, ones, fill, eye': `
    export const a = tf.zeros([2, 3]);
    export const b = tf.ones([4], 'int32');
    export const c = tf.fill([2, 2], 7);
    export const d = tf.eye(3);
    export const e = tf.zerosLike(b);`,
  'random tensors': `
    export const a = tf.randomNormal([2, 5], 0, 1);
    export const b = tf.randomUniform([3], 0, 10, 'int32');
    export const c = tf.truncatedNormal([4, 4]);`,
  'written-out values': `
    export const a = tf.tensor([[1, 2, 3], [4, 5, 6]]);
    export const b = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    export const c = tf.tensor1d([true, false]);
    export const d = tf.scalar(3, 'int32');
    export const e = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);`,
  ranges: `
    export const a = tf.range(0, 10, 3);
    export const b = tf.linspace(0, 1, 7);`,
  'values that come from arrays in loops': `
    const rows: number[][] = [];
    for (let i = 0; i < 7; i++) rows.push([i, i * i, 1]);
    export const a = tf.tensor2d(rows);
    export const b = tf.tensor1d(rows.map((row) => row[0]!));`,
  'reshape with a hole': `
    const x = tf.zeros([6, 28, 28]);
    export const a = x.reshape([-1, 28, 28, 1]);
    export const b = tf.reshape(x, [6, -1]);
    export const c = x.flatten();
    export const d = x.as2D(6, 784);`,
  'a shape in pieces': `
    const x = tf.zeros([5, 8, 6, 3]);
    const [n, h, w, c] = x.shape as [number, number, number, number];
    export const a = x.reshape([n, h * w, c]);
    export const b = tf.zeros([h, x.shape[2]! * 2]);
    export const d = tf.ones([x.rank, x.size]);`,
  'matMul with transposes': `
    const a = tf.zeros([2, 3]);
    export const p = tf.matMul(a, tf.zeros([3, 4]));
    export const q = tf.matMul(a, tf.zeros([2, 5]), true);
    export const r = a.matMul(tf.zeros([7, 3]), false, true);
    export const s = tf.dot(tf.zeros([3]), tf.zeros([3]));`,
  'batched matMul broadcasts': `
    export const a = tf.matMul(tf.zeros([4, 1, 2, 3]), tf.zeros([5, 3, 6]));`,
  'elementwise ops broadcast': `
    const x = tf.zeros([4, 1, 3]);
    export const a = x.add(tf.zeros([5, 3]));
    export const b = tf.mul(x, 2);
    export const c = x.sub([1, 2, 3]).div(tf.scalar(2));
    export const d = tf.maximum(x, tf.zeros([4, 2, 1]));
    export const e = x.pow(tf.scalar(2)).sqrt().neg();`,
  'comparisons and logic': `
    const x = tf.zeros([2, 3]);
    export const a = x.greater(0);
    export const b = tf.logicalAnd(a, x.less(1));
    export const c = tf.where(a, x, tf.onesLike(x));`,
  dtypes: `
    const x = tf.ones([3], 'int32');
    export const a = x.toFloat();
    export const b = tf.cast(x, 'bool');
    export const c = x.div(2);
    export const d = x.add(tf.scalar(1.5));
    export const e = tf.tensor1d([1, 2, 3], 'int32').mul(x);`,
  reductions: `
    const x = tf.zeros([2, 3, 4]);
    export const a = x.sum();
    export const b = x.mean(1);
    export const c = x.max([0, 2]);
    export const d = tf.min(x, -1, true);
    export const e = x.argMax(2);
    export const f = tf.logSumExp(x, [1]);
    export const g = tf.norm(x);`,
  moments: `
    const { mean, variance } = tf.moments(tf.zeros([8, 5]), 0);
    export const a = mean.add(variance);
    export const b = variance.expandDims(0);`,
  'transpose, expandDims, squeeze': `
    const x = tf.zeros([1, 2, 3]);
    export const a = x.transpose();
    export const b = tf.transpose(x, [2, 0, 1]);
    export const c = x.expandDims(-1);
    export const d = x.squeeze();
    export const e = x.squeeze([0]);`,
  'concat and stack': `
    const a = tf.zeros([2, 3]);
    export const p = tf.concat([a, tf.ones([4, 3])]);
    export const q = a.concat(tf.ones([2, 5]), 1);
    export const r = tf.stack([a, a, a], 1);
    export const s = tf.concat2d([a, a], 0);`,
  'concat of an array that was filled': `
    const parts: tf.Tensor2D[] = [];
    for (let i = 1; i <= 3; i++) parts.push(tf.zeros([i, 4]));
    export const a = tf.concat(parts, 0);
    export const b = tf.stack(parts.map((part) => part.sum(0)));`,
  'split and unstack': `
    const x = tf.zeros([4, 6]);
    const [left, right] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
    export const a = left.add(right);
    const rows = tf.unstack(x);
    export const b = rows[1]!.expandDims(1);
    const [p, q] = tf.split(x, [1, 3], 0) as [tf.Tensor, tf.Tensor];
    export const c = p.add(q.sum(0));
    export const d = tf.zeros([rows.length]);`,
  slices: `
    const x = tf.zeros([4, 5, 6]);
    export const a = x.slice([1, 0, 0], [2, -1, 3]);
    export const b = tf.slice(x, [2]);
    export const c = x.slice(1, 2);
    export const d = tf.stridedSlice(x, [0, 1, 0], [4, 5, 6], [2, 2, 3]);`,
  'gather and oneHot': `
    const x = tf.zeros([4, 5]);
    export const a = tf.gather(x, tf.tensor1d([0, 2, 3], 'int32'));
    export const b = x.gather([1, 1], 1);
    export const c = tf.oneHot(tf.tensor1d([1, 2], 'int32'), 10);
    export const d = tf.oneHot([[0, 1, 2]], 3);`,
  'pad, tile, reverse': `
    const x = tf.zeros([2, 3]);
    export const a = tf.pad(x, [[1, 1], [0, 2]]);
    export const b = tf.tile(x, [2, 3]);
    export const c = x.reverse(1);
    export const d = tf.mirrorPad(x, [[1, 0], [1, 1]], 'reflect');`,
  convolutions: `
    const x = tf.zeros([2, 28, 28, 3]);
    export const a = tf.conv2d(x as tf.Tensor4D, tf.zeros([5, 5, 3, 8]), 2, 'same');
    export const b = tf.depthwiseConv2d(x as tf.Tensor4D, tf.zeros([3, 3, 3, 2]), 1, 'valid');
    export const c = tf.conv2dTranspose(a as tf.Tensor4D, tf.zeros([4, 4, 3, 8]), [2, 28, 28, 3], 2, 'same');
    export const d = tf.conv1d(tf.zeros([2, 20, 4]), tf.zeros([3, 4, 6]), 1, 'valid');
    export const e = tf.separableConv2d(x as tf.Tensor4D, tf.zeros([3, 3, 3, 1]), tf.zeros([1, 1, 3, 5]), 1, 'same');`,
  pools: `
    const x = tf.zeros([1, 9, 9, 2]) as tf.Tensor4D;
    export const a = tf.maxPool(x, 2, 2, 'valid');
    export const b = tf.avgPool(x, [3, 3], 3, 'same');
    export const c = x.maxPool([2, 2], 1, 'same');`,
  activations: `
    const x = tf.zeros([3, 4]);
    export const a = x.relu();
    export const b = tf.softmax(x);
    export const c = x.leakyRelu(0.2).tanh().sigmoid();
    export const d = tf.prelu(x, tf.scalar(0.1));
    export const e = x.clipByValue(0, 1);`,
  images: `
    const x = tf.zeros([10, 20, 3]) as tf.Tensor3D;
    export const a = tf.image.resizeBilinear(x, [224, 224]);
    export const b = a.expandDims(0);
    export const c = tf.image.resizeNearestNeighbor(b as tf.Tensor4D, [5, 6]);
    export const d = tf.image.flipLeftRight(b as tf.Tensor4D);
    export const e = tf.image.rgbToGrayscale(x);`,
  'tidy gives what its function gives': `
    export const a = tf.tidy(() => tf.zeros([2, 2]).add(1)).sum(0);
    const pair = tf.tidy(() => [tf.zeros([3]), tf.ones([4])] as const);
    export const b = pair[1].expandDims(0);`,
  variables: `
    const w = tf.variable(tf.zeros([3, 4]));
    export const a = tf.matMul(tf.ones([2, 3]), w as tf.Tensor2D);
    w.assign(tf.ones([3, 4]));
    export const b = w.sum(1);`,
  'helpers and classes': `
    class Network {
      readonly w1: tf.Tensor2D; readonly w2: tf.Tensor2D;
      constructor(inputs: number, hidden: number, outputs: number) {
        this.w1 = tf.randomNormal([inputs, hidden]); this.w2 = tf.randomNormal([hidden, outputs]);
      }
      forward(x: tf.Tensor2D) { return x.matMul(this.w1).relu().matMul(this.w2); }
    }
    const net = new Network(4, 16, 2);
    const y = net.forward(tf.zeros([7, 4]));
    export const a = y.softmax();
    export const b = tf.zeros([net.w1.shape[1]]);`,
  'normalisation of data': `
    const data = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
    const min = data.min(0), max = data.max(0);
    export const a = data.sub(min).div(max.sub(min));
    export const b = tf.batchNorm(tf.zeros([2, 3, 3, 4]) as tf.Tensor4D, tf.zeros([4]), tf.ones([4]));
    export const c = tf.localResponseNormalization(tf.zeros([1, 5, 5, 8]) as tf.Tensor4D);`,
  losses: `
    const y = tf.zeros([6, 10]);
    export const a = tf.losses.meanSquaredError(y, y);
    export const b = tf.losses.softmaxCrossEntropy(y, y);
    export const c = tf.losses.absoluteDifference(y, y, undefined, tf.Reduction.NONE);`,
  'attention by hand': `
    const [t, c, heads] = [12, 24, 4];
    const q = tf.zeros([2, heads, t, c / heads]), k = tf.zeros([2, heads, t, c / heads]), v = tf.zeros([2, heads, t, c / heads]);
    const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(c / heads));
    export const mask = tf.linalg.bandPart(tf.ones([t, t]), -1, 0);
    export const weights = tf.softmax(tf.add(scores, mask), -1);
    const y = tf.matMul(weights, v);
    export const out = tf.reshape(tf.transpose(y, [0, 2, 1, 3]), [2, t, c]);`,
  'topk, cumsum, unique sizes': `
    const { values, indices } = tf.topk(tf.zeros([3, 8]), 2);
    export const a = values.add(0);
    export const b = indices.expandDims(0);
    export const c = tf.cumsum(tf.zeros([3, 8]), 1);
    export const d = tf.math.confusionMatrix(tf.tensor1d([0, 1], 'int32'), tf.tensor1d([1, 1], 'int32'), 4);`,
  'a layer applied to a tensor': `
    const dense = tf.layers.dense({ units: 6 });
    const y = dense.apply(tf.zeros([5, 4])) as tf.Tensor;
    export const a = y.sum(1);
    const conv = tf.layers.conv2d({ filters: 3, kernelSize: 3, strides: 2 });
    export const b = (conv.apply(tf.zeros([2, 9, 9, 1])) as tf.Tensor).relu();`,
  predictions: `
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 8, inputShape: [4] }), tf.layers.dense({ units: 3 })] });
    export const a = model.predict(tf.zeros([10, 4])) as tf.Tensor;
    export const b = a.argMax(1);
    const line = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1] })] });
    export const c = line.predict(tf.tensor([4, 5, 6])) as tf.Tensor;`,
  'predictions of several outputs': `
    const input = tf.input({ shape: [8] });
    const left = tf.layers.dense({ units: 2 }).apply(input) as tf.SymbolicTensor;
    const right = tf.layers.reshape({ targetShape: [2, 4] }).apply(input) as tf.SymbolicTensor;
    const [p, q] = tf.model({ inputs: input, outputs: [left, right] }).predict(tf.ones([3, 8])) as [tf.Tensor, tf.Tensor];
    export const a = p.sum(0);
    export const b = q.transpose([1, 0, 2]);`,
  'a loss for a perceptron': `
    const x = tf.zeros([16, 2]), w = tf.zeros([2, 1]), bias = tf.scalar(0);
    const predict = (input: tf.Tensor) => tf.tidy(() => input.matMul(w).add(bias).sigmoid());
    export const a = tf.neg(tf.mean(tf.log(predict(x))));
    export const b = predict(x).round().squeeze();`,
  'a picture in channels': `
    const image = tf.zeros([8, 8, 3]);
    const [r, g, b] = tf.unstack(image, 2) as [tf.Tensor, tf.Tensor, tf.Tensor];
    export const grey = tf.addN([r.mul(0.3), g.mul(0.6), b.mul(0.1)]);
    export const centre = image.slice([2, 2], [4, 4]).mean([0, 1]);`,
  'fourier and windows': `
    export const a = tf.signal.frame(tf.zeros([16]), 4, 2);
    export const b = tf.signal.hannWindow(8);`,
  'loops over time': `
    let h = tf.zeros([1, 5]);
    const w = tf.zeros([7, 5]);
    for (let t = 0; t < 4; t++) h = tf.tanh(tf.matMul(tf.concat([tf.zeros([1, 2]), h], 1) as tf.Tensor2D, w as tf.Tensor2D));
    export const a = h.squeeze([0]);`,
  'einsum, tensordot-like products and outer products': `
    export const a = tf.einsum('bij,bjk->bik', tf.zeros([2, 3, 4]), tf.zeros([2, 4, 5]));
    export const b = tf.outerProduct(tf.zeros([3]), tf.zeros([4]));`,
  'spaces, depths and batches': `
    export const a = tf.depthToSpace(tf.zeros([1, 2, 2, 4]) as tf.Tensor4D, 2);
    export const b = tf.batchToSpaceND(tf.zeros([4, 2, 2, 1]), [2, 2], [[0, 0], [0, 0]]);
    export const c = tf.spaceToBatchND(tf.zeros([1, 4, 4, 1]), [2, 2], [[0, 0], [0, 0]]);`,
};
