import type { JSX } from 'preact';

/** Drawn on 16 by 16 in the colour of the text around them, so that they follow every theme and need no font. */
const SHAPES = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  close: 'M8 7.06 12.03 3l.97.97L8.97 8 13 12.03l-.97.97L8 8.97 3.97 13 3 12.03 7.03 8 3 3.97 3.97 3z',
  lock: 'M8 1a3.5 3.5 0 0 0-3.5 3.5V7H3.5v7.5h9V7h-1V4.5A3.5 3.5 0 0 0 8 1zM5.75 7V4.5a2.25 2.25 0 0 1 4.5 0V7zM4.75 8.25h6.5v5h-6.5z',
  unlock: 'M8 1a3.5 3.5 0 0 0-3.5 3.5h1.25a2.25 2.25 0 0 1 4.5 0V7H3.5v7.5h9V7h-1V4.5A3.5 3.5 0 0 0 8 1zM4.75 8.25h6.5v5h-6.5z',
} as const;

export type IconName = keyof typeof SHAPES;

/** A picture that says what the button around it says in words. */
export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    <path fill="currentColor" fill-rule="evenodd" d={SHAPES[name]} />
  </svg>
);
