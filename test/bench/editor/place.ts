import type { Position } from 'vscode-languageserver/node';
import { KEYSTROKES, type TextEdit } from '../sources/edits';

/** A number of a source that edits replace, and what is asked about it. */
export interface Place {
  readonly start: Position;
  /** Right behind the name of the function whose option the number is. */
  readonly name: Position;
}

export const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};

/** The number of units that the keystrokes named `option` change. */
export const unitsOf = (source: string): TextEdit => KEYSTROKES['option']?.(source, 0) ?? { start: 0, end: 0, text: '' };

export const placeOf = (source: string): Place => {
  const { start } = unitsOf(source);
  return { start: positionAt(source, start), name: positionAt(source, source.lastIndexOf('dense', start) + 2) };
};
