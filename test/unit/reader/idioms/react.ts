import type { Program } from '../programs';

/** Enough of React for a component to be rendered by hand: `render()` calls it again with the states that were set, `effects` are run once. */
const REACT = `
const cells: any[] = [];
let at = 0;
export const effects: (() => void)[] = [];
const cell = (make: () => any) => { const i = at++; if (!(i in cells)) cells[i] = make(); return i; };
export function render<T>(component: () => T): T { at = 0; return component(); }
export function useState(initial: any) { const i = cell(() => (typeof initial === 'function' ? initial() : initial)); return [cells[i], (next: any) => { cells[i] = typeof next === 'function' ? next(cells[i]) : next; }]; }
export function useRef(initial: any) { return cells[cell(() => ({ current: initial }))]; }
export function useMemo(make: () => any) { return cells[cell(make)]; }
export const useCallback = (fn: any) => fn;
export function useEffect(effect: () => void) { cell(() => void effects.push(effect)); }
export const memo = (component: any) => component;
export const createElement = (..._: any[]) => ({});
export default { useState, useRef, useMemo, useCallback, useEffect, memo, createElement, render, effects };
`;

const program = (name: string, main: string, entry = '/main.tsx'): Program => ({
  name,
  files: { [entry]: `import * as tf from '@tensorflow/tfjs';\n${main}`, react: REACT },
});

/** Models that components build. */
export const COMPONENTS: readonly Program[] = [
  program(
    'a model in useMemo and useRef',
    `
    import React, { useMemo, useRef, render } from 'react';
    const made: tf.LayersModel[] = [];
    function build(units: number) { return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [3] })] }); }
    export default function App() {
      const model = useMemo(() => build(6), []);
      const head = useRef(tf.layers.dense({ units: 2 }));
      if (model.layers.length === 1) model.add(head.current);
      made.push(model);
      return <p onClick={() => model.summary()}>{model.name} // not code</p>;
    }
    export const create = () => { render(App); return made[0]; };`,
  ),
  program(
    'a state set in an effect and used in a handler',
    `
    import React, { useCallback, useEffect, useState, effects, render } from 'react';
    let last: any;
    export const App = () => {
      const [model, setModel] = useState<tf.Sequential | null>(null);
      const [epochs] = useState(10);
      useEffect(() => {
        const made = tf.sequential();
        made.add(tf.layers.dense({ units: 5, inputShape: [4] }));
        setModel(made);
      }, []);
      const extend = useCallback(() => { model!.add(tf.layers.dense({ units: 2 })); void epochs; }, [model]);
      last = { model, extend };
      return <button onClick={extend}>go</button>;
    };
    export function create() { render(App); effects.forEach((effect) => effect()); render(App); last.extend(); return last.model; }`,
  ),
  program(
    'a custom hook, a ref that an effect fills',
    `
    import * as React from 'react';
    const { useEffect, useRef, render, effects } = React as any;
    let ref: any;
    function useModel(sizes: number[]) {
      const model = useRef(null);
      useEffect(() => { model.current = tf.sequential({ layers: sizes.map((units, i) => tf.layers.dense({ units, ...(i ? {} : { inputShape: [2] }) })) }); });
      return model;
    }
    const View = React.memo(() => { ref = useModel([3, 4]); return <></>; });
    export function create() { render(View); effects.forEach((effect: any) => effect()); return ref.current; }`,
    '/main.jsx',
  ),
];
