import type { DiskWorkspace } from '../project/diskWorkspace';

export const EXIT = { fine: 0, failed: 1, usage: 2 } as const;

export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** True where a person looks at `out` on a terminal that shows colours. */
  readonly isColoured?: boolean;
}

/** Why a file is not read, for people. */
export function refusalText(refusal: ReturnType<DiskWorkspace['refusal']>): string {
  if (refusal === 'too-large') return 'is larger than 5 MB and is not read';
  return refusal === 'outside'
    ? 'lies outside the current folder, or in node_modules; run layerscope from a folder above it'
    : 'there is no such file';
}
