// Who may look into which room (docs/architecture.md has the reasons). Read by eslint.config.mjs and by the test that walks all imports.

const tensorflow = '@tensorflow/.*';
const rooms = ['model', 'layers', 'reader', 'rules', 'features', 'protocol', 'project', 'server', 'extension', 'runner', 'cli', 'webview'];

/** Rooms that a room may import from, itself aside. @type {Record<string, readonly string[]>} */
const mayLookInto = {
  model: [],
  layers: ['model'],
  reader: ['model', 'layers'],
  rules: ['model', 'layers'],
  features: ['model', 'reader', 'rules'],
  protocol: ['model'],
  project: ['reader', 'model'],
  server: ['features', 'reader', 'project', 'protocol', 'model'],
  cli: ['features', 'reader', 'project', 'protocol', 'model'],
  extension: ['protocol', 'model'],
  runner: ['protocol', 'model'],
  webview: ['protocol', 'model'],
};

/** Packages with an owner: no other room may import them. Each is a regular expression over the package's name. */
const owners = {
  [tensorflow]: ['layers', 'runner', 'webview'],
  'ts-morph': ['reader'],
  'vscode-languageserver.*': ['server'],
  vscode: ['extension'],
  'vscode-languageclient': ['extension'],
  'preact|@preact/.*': ['webview'],
};

/**
 * For each room its folder, the rooms that are closed to it, and the packages that are.
 * @type {readonly { room: string, rooms: readonly string[], packages: readonly string[] }[]}
 */
export const fences = rooms.map((room) => ({
  room: room === 'webview' ? room : `src/${room}`,
  rooms: rooms.filter((other) => other !== room && !mayLookInto[room]?.includes(other)),
  packages: Object.entries(owners)
    .filter(([, owning]) => !owning.includes(room))
    .map(([pattern]) => pattern),
}));
