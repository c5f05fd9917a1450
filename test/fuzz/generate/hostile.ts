const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const MODEL = 'tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });';
const times = (count: number, text: string): string => text.repeat(count);

/** Files that no one means to write, and that an editor has to survive. */
export const HOSTILE: { readonly [name: string]: string } = {
  'a loop of ten million rounds': `${HEAD}let n = 0; for (let i = 0; i < 10_000_000; i++) n += i; ${MODEL}`,
  'loops in loops': `${HEAD}for (let a = 0; a < 1e4; a++) for (let b = 0; b < 1e4; b++) for (let c = 0; c < 1e4; c++) tf.layers.dense({ units: a + b + c }); ${MODEL}`,
  'a getter that never ends': `${HEAD}class A { get size() { for (;;) {} } } const a = new A(); tf.layers.dense({ units: a.size }); ${MODEL}`,
  'getters that ask each other': `${HEAD}const o = { get a() { return this.b; }, get b() { return this.a; } }; tf.layers.dense({ units: o.a }); ${MODEL}`,
  'recursion without end': `${HEAD}function f(n) { return f(n + 1) + f(n + 2); } f(0); ${MODEL}`,
  'recursion that doubles': `${HEAD}const f = (n) => (n === 0 ? 1 : f(n - 1) + f(n - 1)); tf.layers.dense({ units: f(60) }); ${MODEL}`,
  'ten thousand calls in calls': `${HEAD}const f = (x) => x; ${times(10_000, 'f(')}1${times(10_000, ')')}; ${MODEL}`,
  'ten thousand functions in functions': `${HEAD}${times(10_000, '(() => ')}1${times(10_000, ')()')}; ${MODEL}`,
  'ten thousand blocks in blocks': `${HEAD}${times(10_000, '{')}${MODEL}${times(10_000, '}')}`,
  'ten thousand ifs in ifs': `${HEAD}${times(10_000, 'if (x) ')}${MODEL}`,
  'ten thousand sums': `${HEAD}const n = ${times(10_000, '1 + ')}1; ${MODEL}`,
  'ten thousand members': `${HEAD}const n = a${times(10_000, '.b')}; ${MODEL}`,
  'ten thousand layers in one chain': `${HEAD}let x = tf.input({ shape: [2] }); for (let i = 0; i < 10_000; i++) x = tf.layers.dense({ units: 2 }).apply(x);`,
  'a string that doubles': `${HEAD}let s = 'x'; for (let i = 0; i < 100; i++) s += s; tf.layers.dense({ units: s.length }); ${MODEL}`,
  'an array that doubles': `${HEAD}let a = [1]; for (let i = 0; i < 100; i++) a = [...a, ...a]; tf.layers.dense({ units: a.length }); ${MODEL}`,
  'an array that holds itself': `${HEAD}const a = []; a.push(a); tf.layers.dense({ units: a, inputShape: a }); JSON.parse(JSON.stringify(a)); a.flat(Infinity); ${MODEL}`,
  'an object that holds itself': `${HEAD}const o = {}; o.o = o; tf.layers.dense(o); ({ ...o }); structuredClone(o); ${MODEL}`,
  'huge sizes': `${HEAD}new Array(2 ** 53).fill(0); 'x'.repeat(1e9); Array.from({ length: 1e9 }); tf.layers.dense({ units: 2 ** 53, inputShape: [1e308] }); 'x'.padStart(1e10); ${MODEL}`,
  'a class that extends itself': `${HEAD}class A extends A {} new A(); class B extends C {} class C extends B {} new B(); ${MODEL}`,
  'prototypes of everything': `${HEAD}const o = JSON.parse('{"__proto__": {"units": 3}}'); Object.assign({}.__proto__, { units: 9 }); tf.layers.dense(o); tf.layers.constructor.constructor('return 1')(); ${MODEL}`,
  'null bytes and lone surrogates': `${HEAD}const a = '\0'; const b = '\ud800'; tf.layers.dense({ units: 2, name: '\0\udfff' }); ${MODEL}`,
  'right to left': `${HEAD}const \u05d0 = 3; /* \u202e */ tf.layers.dense({ units: \u05d0, name: '\u202e' }); ${MODEL}`,
  'an unterminated string': `${HEAD}${MODEL}\nconst s = 'x`,
  'an unterminated template': `${HEAD}${MODEL}\nconst s = \`x\${`,
  'an unterminated comment': `${HEAD}${MODEL}\n/* x`,
  'an unterminated regular expression': `${HEAD}${MODEL}\nconst r = /x`,
  'a proxy and a symbol': `${HEAD}const p = new Proxy({}, { get() { for (;;) {} } }); tf.layers.dense(p); const i = { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }; for (const x of i) tf.layers.dense({ units: x }); ${MODEL}`,
  'a generator that never ends': `${HEAD}function* g() { let n = 0; for (;;) yield n++; } for (const n of g()) tf.layers.dense({ units: n }); [...g()]; ${MODEL}`,
  'a thousand unknown conditions': `${HEAD}export function f(o) { let n = 1; ${Array.from({ length: 1000 }, (_, i) => `if (o.c${i}) n += ${i};`).join(' ')} return tf.layers.dense({ units: n }); }`,
};

/** Pages whose scripts are broken. */
export const PAGES: readonly string[] = [
  `<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs"></script><script>${MODEL}`,
  `<script>${MODEL}</scrip><script type="module">${HEAD}`,
  `<script <script>${MODEL}</script></script>`,
  `<!-- <script>${MODEL}</script>`,
  `<script>const s = '</script>'; ${MODEL}</script>`,
  times(5_000, '<script>') + MODEL,
];
