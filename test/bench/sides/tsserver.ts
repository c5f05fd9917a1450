import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

interface Message {
  readonly type: 'response' | 'event';
  readonly event?: string;
  readonly command?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

/** TypeScript's own server, spoken to as editors speak to it. */
export class TsServer {
  readonly process: ChildProcess;
  #sequence = 0;
  #received = '';
  readonly #listeners = new Set<(message: Message) => void>();

  constructor(folder: string) {
    // The memory that editors give it, so that it never has to make do with less.
    const args = ['--max-old-space-size=4096', resolve('node_modules/typescript/lib/tsserver.js'), '--disableAutomaticTypingAcquisition'];
    this.process = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => this.#receive(text));
  }

  notify(command: string, args: object): number {
    const seq = ++this.#sequence;
    this.process.stdin?.write(`${JSON.stringify({ seq, type: 'request', command, arguments: args })}\n`);
    return seq;
  }

  async request(command: string, args: object): Promise<unknown> {
    const seq = this.notify(command, args);
    const { success, message, body } = await this.#next((one) => one.type === 'response' && one.request_seq === seq);
    if (success !== true) throw new Error(`tsserver: ${command}: ${message ?? ''}`);
    return body;
  }

  /** Asks for a file's problems; resolves when the semantic ones are there. */
  async check(file: string): Promise<void> {
    const found = this.#next(
      (one) => one.success === false || (one.event === 'semanticDiag' && (one.body as { file?: string }).file === file),
    );
    this.notify('geterr', { files: [file], delay: 0 });
    const { success, message } = await found;
    if (success === false) throw new Error(`tsserver: ${message ?? ''}`);
  }

  end(): void {
    this.process.kill();
  }

  #next(wanted: (message: Message) => boolean): Promise<Message> {
    return new Promise((done) => {
      const listener = (message: Message): void => {
        if (!wanted(message)) return;
        this.#listeners.delete(listener);
        done(message);
      };
      this.#listeners.add(listener);
    });
  }

  /** Each message is one line of JSON between header lines. */
  #receive(text: string): void {
    const lines = (this.#received + text).split('\n');
    this.#received = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('{')) continue;
      const message = JSON.parse(line) as Message;
      for (const listener of [...this.#listeners]) listener(message);
    }
  }
}
