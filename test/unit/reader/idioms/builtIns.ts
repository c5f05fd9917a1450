import type { Program } from '../programs';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const program = (name: string, main: string): Program => ({ name, files: { '/main.ts': HEAD + main } });

/** What JavaScript brings along, where a slip would give another number. */
export const BUILT_INS: readonly Program[] = [
  program(
    'maps and sets that lose entries',
    `
    const map = new Map([['a', 3], ['b', 4], ['c', 5]]);
    map.delete('a');
    const set = new Set([1, 2]);
    set.delete(2);
    set.clear();
    set.add(7).add(8);
    export const create = () => tf.sequential({ layers: [...map.values()].map((units, i) => tf.layers.dense({ units: units + set.size, ...(i ? {} : { inputShape: [map.size] }) })) });`,
  ),
  program(
    'arrays from the end, with and without their items',
    `
    const list = [5, 1, 4];
    list.length = 2;
    list[4] = 9;
    const last = list.findLast((one) => one > 4)!, spliced = [1, 2, 3, 4].toSpliced(1, 2), at = [1, 2, 1].lastIndexOf(1) + [5, 6].findLastIndex((one) => one < 6);
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: list.length + last, inputShape: [[3, 1, 2].sort()[0]!] }), tf.layers.dense({ units: [10, 9, 1].sort()[1]! + [1, 2].with(1, 8)[1]! + spliced.length + at })] });`,
  ),
  program(
    'numbers and texts',
    `
    const units = Math.hypot(3, 4) + Math.imul(3, 4) + Math.clz32(1) - 30 + (7 / 2 | 0) + (-7 % 3) + Math.round(-2.5) + Math.round(2.5) + Number(true) + parseFloat('3.5abc') * 2;
    const text = 'conv2d-relu_3'.indexOf('2', 2) + 'a,b,c'.split(',', 2).length + 'abc'.substr(-2, 2).length + 'abcabc'.lastIndexOf('b') + 'abc'.codePointAt(1)! - 90;
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [text] })] });`,
  ),
  program(
    'statics by super, private names in objects, loops with var',
    `
    class A { static s = 3; static m() { return this.s; } #v = 1; static has(o: object) { return #v in o; } }
    class B extends A { static s = 7; static m() { return super.m() * 2; } }
    const each: (() => number)[] = [];
    for (var i = 0; i < 3; i++) each.push(() => i);
    export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: B.m() + each[0]!() + (A.has(new B()) ? 1 : 100), inputShape: [2] })] });`,
  ),
];
