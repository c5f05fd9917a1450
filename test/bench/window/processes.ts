import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** Milliseconds that a process has run on any processor, its threads included, as Linux counts them: in hundredths of a second. */
export function processorTime(pid: number | undefined): number {
  const stat = statOf(String(pid));
  return (Number(stat[11]) + Number(stat[12])) * 10;
}

/** All processes that a process started, and those that they started. Linux. */
export function processesUnder(pid: number): readonly RunningProcess[] {
  const all = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent: Number(statOf(name)[1]), commandLine }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
  const under = (parent: number): RunningProcess[] =>
    all.filter((child) => child.parent === parent).flatMap((child) => [child, ...under(child.pid)]);
  return under(pid);
}

/** The fields behind the program's name, which stands in parentheses and may hold anything. */
function statOf(pid: string): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
