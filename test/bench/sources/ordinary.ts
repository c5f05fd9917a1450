import type { Random } from './random';

/** Sections of a program that build no models: what stands between them in real applications. Names end in `n`. */
export const ORDINARY_SECTIONS: readonly ((random: Random, n: number) => string)[] = [
  eventLog,
  formatting,
  chart,
  store,
  csvReader,
  tensorHelpers,
  controls,
  scheduler,
  queue,
];

const WORDS = ['orders', 'frames', 'samples', 'sessions', 'scores', 'readings', 'labels', 'batches'] as const;

function eventLog(random: Random, n: number): string {
  const word = random.pick(WORDS);
  return `
export type Event${n} =
  | { readonly kind: 'started'; readonly at: number }
  | { readonly kind: 'progress'; readonly at: number; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly at: number; readonly message: string };

export class EventLog${n} {
  private readonly events: Event${n}[] = [];
  private readonly listeners = new Set<(event: Event${n}) => void>();

  subscribe(listener: (event: Event${n}) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  push(event: Event${n}): void {
    this.events.push(event);
    if (this.events.length > ${random.whole(100, 900)}) this.events.shift();
    for (const listener of this.listeners) listener(event);
  }

  describe(): string {
    return this.events
      .map((event) => {
        switch (event.kind) {
          case 'started':
            return \`started ${word} at \${new Date(event.at).toISOString()}\`;
          case 'progress':
            return \`\${Math.round((100 * event.done) / event.total)} % of ${word}\`;
          case 'failed':
            return \`failed: \${event.message}\`;
        }
      })
      .join('\\n');
  }
}
`;
}

function formatting(random: Random, n: number): string {
  return `
const UNITS_${n} = ['B', 'kB', 'MB', 'GB'] as const;

/** A number of bytes for the eye. */
export function formatBytes${n}(bytes: number, digits = ${random.whole(0, 2)}): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS_${n}.length - 1) {
    value /= 1000;
    unit++;
  }
  return \`\${value.toFixed(digits)} \${UNITS_${n}[unit] ?? ''}\`;
}

export function formatDuration${n}(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return \`\${hours} h \${minutes % 60} min\`;
  return minutes > 0 ? \`\${minutes} min \${seconds % 60} s\` : \`\${seconds} s\`;
}
`;
}

function chart(random: Random, n: number): string {
  const [width, height] = [random.whole(20, 60) * 10, random.whole(10, 40) * 10];
  return `
interface Point${n} {
  readonly x: number;
  readonly y: number;
}

/** Draws a line chart of ${width} by ${height} pixels with axes and the last value beside its end. */
export function drawChart${n}(canvas: HTMLCanvasElement, points: readonly Point${n}[], colour = '#3${random.whole(10, 99)}a8f'): void {
  const context = canvas.getContext('2d');
  if (!context || points.length < 2) return;
  canvas.width = ${width};
  canvas.height = ${height};
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const across = (x: number): number => ((x - left) / (right - left || 1)) * (${width} - 40) + 20;
  const down = (y: number): number => ${height} - 20 - ((y - low) / (high - low || 1)) * (${height} - 40);
  context.clearRect(0, 0, ${width}, ${height});
  context.strokeStyle = colour;
  context.lineWidth = ${random.whole(1, 3)};
  context.beginPath();
  points.forEach((point, i) => {
    if (i === 0) context.moveTo(across(point.x), down(point.y));
    else context.lineTo(across(point.x), down(point.y));
  });
  context.stroke();
  const last = points[points.length - 1];
  if (last) context.fillText(last.y.toFixed(3), across(last.x) - 30, down(last.y) - 4);
}
`;
}

function store(random: Random, n: number): string {
  const word = random.pick(WORDS);
  return `
export interface State${n} {
  readonly ${word}: readonly string[];
  readonly selected: number | undefined;
  readonly filter: { readonly text: string; readonly least: number };
}

export type Action${n} =
  | { readonly type: 'loaded'; readonly ${word}: readonly string[] }
  | { readonly type: 'selected'; readonly index: number }
  | { readonly type: 'filtered'; readonly text?: string; readonly least?: number };

export const INITIAL_${n}: State${n} = { ${word}: [], selected: undefined, filter: { text: '', least: ${random.whole(0, 9)} } };

export function reduce${n}(state: State${n}, action: Action${n}): State${n} {
  switch (action.type) {
    case 'loaded':
      return { ...state, ${word}: action.${word}, selected: undefined };
    case 'selected':
      return action.index >= 0 && action.index < state.${word}.length ? { ...state, selected: action.index } : state;
    case 'filtered': {
      const { text = state.filter.text, least = state.filter.least } = action;
      return { ...state, filter: { text, least } };
    }
  }
}

export const visible${n} = (state: State${n}): readonly string[] =>
  state.${word}.filter((one) => one.length >= state.filter.least && one.includes(state.filter.text));
`;
}

function csvReader(random: Random, n: number): string {
  return `
export interface Table${n} {
  readonly header: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** Reads comma-separated numbers; rows that are not complete are left out. */
export function parseTable${n}(text: string): Table${n} {
  const [first = '', ...lines] = text.split(/\\r?\\n/);
  const header = first.split(',').map((name) => name.trim());
  const rows: number[][] = [];
  for (const line of lines) {
    const cells = line.split(',').map(Number);
    if (cells.length !== header.length || cells.some(Number.isNaN)) continue;
    rows.push(cells);
  }
  return { header, rows };
}

export async function fetchTable${n}(url: string, retries = ${random.whole(1, 5)}): Promise<Table${n}> {
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(\`\${response.status} for \${url}\`);
      return parseTable${n}(await response.text());
    } catch (error) {
      if (attempt === retries) throw error;
      await new Promise((done) => setTimeout(done, 2 ** attempt * ${random.whole(50, 500)}));
    }
  }
  return { header: [], rows: [] };
}

export function normalise${n}({ header, rows }: Table${n}): Table${n} {
  const means = header.map((_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / Math.max(1, rows.length));
  const deviations = header.map((_, column) => {
    const mean = means[column] ?? 0;
    return Math.sqrt(rows.reduce((sum, row) => sum + ((row[column] ?? 0) - mean) ** 2, 0) / Math.max(1, rows.length)) || 1;
  });
  return { header, rows: rows.map((row) => row.map((value, column) => (value - (means[column] ?? 0)) / (deviations[column] ?? 1))) };
}
`;
}

function tensorHelpers(random: Random, n: number): string {
  return `
export function toBatch${n}(images: readonly ImageData[], size = ${random.pick([32, 64, 96])}): tf.Tensor4D {
  return tf.tidy(() => {
    const resized = images.map((image) => tf.image.resizeBilinear(tf.browser.fromPixels(image), [size, size]).toFloat().div(255));
    return tf.stack(resized) as tf.Tensor4D;
  });
}

export function shuffle${n}<T>(items: readonly T[], random: () => number = Math.random): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [shuffled[i], shuffled[j]];
    if (a === undefined || b === undefined) continue;
    shuffled[i] = b;
    shuffled[j] = a;
  }
  return shuffled;
}

export function accuracy${n}(predictions: tf.Tensor2D, labels: tf.Tensor2D): number {
  return tf.tidy(() => predictions.argMax(1).equal(labels.argMax(1)).mean().dataSync()[0] ?? 0);
}
`;
}

function controls(random: Random, n: number): string {
  return `
export class Controls${n} {
  private readonly root: HTMLElement;
  private timer: number | undefined;

  constructor(
    parent: HTMLElement,
    private readonly onStart: (epochs: number) => Promise<void>,
  ) {
    this.root = document.createElement('section');
    this.root.className = 'controls controls-${n}';
    this.root.innerHTML = '<label>Epochs <input type="number" value="${random.whole(5, 50)}"></label><button>Start</button><output></output>';
    parent.append(this.root);
    this.root.querySelector('button')?.addEventListener('click', () => void this.start());
  }

  private get epochs(): number {
    const input = this.root.querySelector('input');
    return Math.max(1, Math.min(${random.whole(100, 500)}, Number(input?.value ?? 1)));
  }

  show(text: string): void {
    const output = this.root.querySelector('output');
    if (output) output.textContent = text;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.show(''), ${random.whole(1000, 9000)});
  }

  private async start(): Promise<void> {
    const button = this.root.querySelector('button');
    if (button) button.disabled = true;
    try {
      await this.onStart(this.epochs);
      this.show('Done.');
    } catch (error) {
      this.show(error instanceof Error ? error.message : String(error));
    } finally {
      if (button) button.disabled = false;
    }
  }
}
`;
}

function scheduler(random: Random, n: number): string {
  return `
/** Learning rates over epochs: a warm-up, then a cosine down to the least. */
export function learningRate${n}(epoch: number, total: number, most = 0.0${random.whole(1, 9)}, least = 0.0000${random.whole(1, 9)}): number {
  const warmUp = Math.max(1, Math.round(total * 0.0${random.whole(3, 9)}));
  if (epoch < warmUp) return (most * (epoch + 1)) / warmUp;
  const along = (epoch - warmUp) / Math.max(1, total - warmUp);
  return least + 0.5 * (most - least) * (1 + Math.cos(Math.PI * along));
}

export class EarlyStopping${n} {
  private best = Infinity;
  private waited = 0;

  constructor(private readonly patience = ${random.whole(2, 12)}) {}

  /** True where training should end. */
  after(loss: number): boolean {
    if (loss < this.best - 1e-4) {
      this.best = loss;
      this.waited = 0;
      return false;
    }
    return ++this.waited >= this.patience;
  }
}
`;
}

function queue(random: Random, n: number): string {
  return `
export class TaskQueue${n}<Result> {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly width = ${random.whole(1, 8)}) {}

  async run(task: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.width) await new Promise<void>((done) => this.waiting.push(done));
    this.running++;
    try {
      return await task();
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }
}

export function histogram${n}(values: readonly number[], bins = ${random.whole(8, 40)}): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low || 1)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
`;
}
