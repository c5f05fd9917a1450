import { run } from './run';

/** The command line: `node dist/cli.js read|check …`. Colours only where a terminal shows them and nobody has asked for none. */
process.exitCode = run(process.argv.slice(2), process.cwd(), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isColoured: process.stdout.isTTY && !process.env['NO_COLOR'],
});
