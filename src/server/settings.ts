import type { Connection } from 'vscode-languageserver';
import { readSettings, SECTION, type Settings } from '../protocol/settings';

/** Settings by document, asked of the client once and again when it says that they changed. */
export class SettingsSource {
  readonly #byUri = new Map<string, Promise<Settings>>();
  #pushed: unknown;

  constructor(
    private readonly connection: Connection,
    /** Whether the client can be asked; else it tells by itself. */
    private readonly canAsk: boolean,
    initial: unknown,
  ) {
    this.#pushed = initial;
  }

  of(uri: string): Promise<Settings> {
    const known = this.#byUri.get(uri) ?? this.#ask(uri);
    this.#byUri.set(uri, known);
    return known;
  }

  /** @param section what a client that cannot be asked says. */
  changed(section: unknown): void {
    this.#byUri.clear();
    if (section !== undefined && section !== null) this.#pushed = section;
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  async #ask(uri: string): Promise<Settings> {
    if (!this.canAsk) return readSettings(this.#pushed);
    try {
      return readSettings(await this.connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION }));
    } catch {
      // The client is going away, or cannot after all: the defaults are good settings.
      return readSettings(this.#pushed);
    }
  }
}
