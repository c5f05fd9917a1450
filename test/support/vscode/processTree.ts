import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly commandLine: string;
}

/** Command lines of all processes that a process started, and of those that they started. Linux and macOS. */
export const commandLinesUnder = (pid: number): readonly string[] => {
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  const under = (parent: number): string[] =>
    all.filter((child) => child.parent === parent).flatMap((child) => [child.commandLine, ...under(child.pid)]);
  return under(pid);
};

/** Linux tells in /proc, also where no `ps` is installed. */
const fromProc = (): Process[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The second field is the program's name in parentheses and may hold anything; the parent is the second field after it.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent, commandLine }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });

const fromPs = (): Process[] =>
  spawnSync('ps', ['-axo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .flatMap((row) => {
      const [, pid, parent, commandLine] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      return commandLine === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), commandLine }];
    });
