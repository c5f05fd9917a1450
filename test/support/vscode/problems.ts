/** A row of the Problems view. */
export interface ShownProblem {
  readonly severity: string;
  /** Message and source, as the row says them to a screen reader. */
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** A row's label, "Error: bad shape at line 1 and character 4."; undefined for the rows of files. */
export const problemOfLabel = (label: string): ShownProblem | undefined => {
  const [, severity, message, line, column] = /^(Error|Warning|Info|Hint): (.*) at line (\d+) and character (\d+)/s.exec(label) ?? [];
  if (severity === undefined || message === undefined) return undefined;
  return { severity, message, line: Number(line), column: Number(column) };
};
