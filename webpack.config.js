// @ts-check
// Every bundle of the package: the extension, the language server with its analysis worker, the command line, and the panel with its engine.
const { join, resolve } = require('node:path');
const { EsbuildPlugin } = require('esbuild-loader');
const CopyPlugin = require('copy-webpack-plugin');

const dist = resolve(__dirname, 'dist');

/** What all bundles share. @param {string} mode @param {string} tsconfig @param {string} target */
const common = (mode, tsconfig, target) => ({
  mode,
  context: __dirname,
  devtool: mode === 'development' ? 'source-map' : false,
  module: {
    rules: [{ test: /\.tsx?$/, loader: 'esbuild-loader', options: { target, tsconfig: resolve(__dirname, tsconfig) } }],
  },
  optimization: { minimizer: [new EsbuildPlugin({ target, legalComments: 'none' })] },
  performance: { hints: false },
  infrastructureLogging: { level: 'error' },
  stats: { preset: 'errors-warnings', assets: true, modules: false },
});

/** Programs that run in Node. @param {string} mode */
const node = (mode) => {
  const base = common(mode, 'tsconfig.json', 'node20');
  return {
    ...base,
    target: 'node20',
    entry: {
      extension: './src/extension/extension.ts',
      server: './src/server/main.ts',
      analysis: './src/server/analysisWorker.ts',
      cli: './src/cli/main.ts',
    },
    // What an earlier build left is removed; the panel's folder belongs to the configurations below.
    output: { path: dist, filename: '[name].js', library: { type: 'commonjs2' }, clean: { keep: /^panel\// } },
    externals: { vscode: 'commonjs vscode' },
    // The worker is started by its path beside the server, so __dirname must be the real one.
    node: { __dirname: false, __filename: false },
    // ES modules first: TensorFlow.js' CommonJS builds hold everything, and vscode-jsonrpc's UMD build hides its imports from webpack.
    resolve: { extensions: ['.ts', '.tsx', '.js'], mainFields: ['module', 'main'] },
    module: {
      ...base.module,
      // ts-morph's copy of the TypeScript compiler and tfjs-core look for modules at run time that are never needed here.
      parser: { javascript: { exprContextCritical: false, unknownContextCritical: false, wrappedContextCritical: false } },
    },
    // node-fetch asks for `encoding` in a try block.
    ignoreWarnings: [{ module: /node_modules/, message: /Can't resolve 'encoding'/ }],
    optimization: {
      ...base.optimization,
      splitChunks: {
        minSize: 0,
        // The extension starts with every TypeScript window and must stay one small file; the language client that it loads at the first model is another.
        chunks: (/** @type {{ name?: string }} */ chunk) => chunk.name !== 'extension' && chunk.name !== 'client',
        cacheGroups: {
          default: false,
          defaultVendors: false,
          // The TypeScript compiler and TensorFlow.js' layers: by far the heaviest part, held once for server, worker and CLI.
          heavy: { name: 'heavy', test: /node_modules[\\/](@ts-morph|ts-morph|@tensorflow)[\\/]/, minChunks: 1, enforce: true },
          shared: { name: 'shared', minChunks: 2, enforce: true, priority: -1 },
        },
      },
    },
  };
};

/** Node's modules that TensorFlow.js mentions and never reaches in a browser. */
const absentInBrowsers = { util: false, crypto: false, fs: false, path: false, os: false, perf_hooks: false, worker_threads: false };

/**
 * Programs that run in the webview. `other`: files of the folder that the other of the two builds makes.
 * @param {string} mode @param {string} target @param {Record<string, string>} entry @param {RegExp} other
 */
const web = (mode, target, entry, other) => ({
  ...common(mode, 'webview/tsconfig.json', 'chrome114'),
  target: [target, 'es2022'],
  entry,
  output: { path: join(dist, 'panel'), filename: '[name].js', publicPath: '', clean: { keep: other } },
  resolve: { extensions: ['.ts', '.tsx', '.js'], fallback: absentInBrowsers },
});

/** Files that the panel fetches beside its programs. */
const panelFiles = new CopyPlugin({
  patterns: [
    // The threaded build is left out: a webview is not cross-origin isolated and can never start it.
    { from: require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'), to: '[name][ext]' },
    { from: require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'), to: '[name][ext]' },
    { from: 'webview/assets', to: 'assets', noErrorOnMissing: true },
  ],
});

/** @param {unknown} _env @param {{ mode?: string }} argv */
module.exports = (_env, argv) => {
  const mode = argv.mode ?? 'production';
  // The engine is one file of its own: the panel fetches it and starts it from a blob, from where it could not load chunks.
  return [
    node(mode),
    { ...web(mode, 'web', { panel: './webview/main.tsx' }, /^engine\.js/), plugins: [panelFiles] },
    web(mode, 'webworker', { engine: './webview/engine/worker.ts' }, /^(?!engine)/),
  ];
};
