import { run } from './run';

/** The command line: `node dist/cli.js read [--json] FILE…`. */
process.exitCode = run(process.argv.slice(2), process.cwd(), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
