import { ClassValue, type Value } from './values';

/** The class and its bases, nearest first; the last base may be TensorFlow.js' own class, or unknown. */
export function lineage(made: ClassValue): { readonly classes: readonly ClassValue[]; readonly root: Value } {
  const classes: ClassValue[] = [];
  let at: Value = made;
  while (at instanceof ClassValue && !classes.includes(at)) {
    classes.push(at);
    at = at.base;
  }
  return { classes, root: at };
}
