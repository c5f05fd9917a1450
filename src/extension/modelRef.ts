import type { ModelRef } from '../protocol/lsp';

/** The model that a command was called for: a lens and the tree name one, a menu hands over something else, the palette nothing. */
export function modelRefIn(argument: unknown): ModelRef | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, id, title } = argument as Partial<Record<keyof ModelRef, unknown>>;
  return typeof uri === 'string' && typeof id === 'string' && typeof title === 'string' ? { uri, id, title } : undefined;
}
