/** Why a layer or a model cannot run, in words for people; thrown where it is found out, shown where the layer stands. */
export class Stop extends Error {
  override readonly name = 'Stop';
}

export const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
};
