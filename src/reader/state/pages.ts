import type { Environment } from './environment';

/**
 * The scopes of the scripts that share a page with what is running. A script that several pages load sees only what all of them share, once none of
 * them is running any more.
 */
export class Pages {
  #running: Environment[] | undefined;
  #shared: readonly Environment[] = [];
  #count = 0;

  begin(): void {
    this.#running = [];
  }

  /** A script of the page that is running has been loaded, or is about to be. */
  add(scope: Environment): void {
    if (this.#running && !this.#running.includes(scope)) this.#running.push(scope);
  }

  end(): void {
    const scopes = this.#running ?? [];
    this.#shared = this.#count === 0 ? scopes : this.#shared.filter((scope) => scopes.includes(scope));
    this.#count++;
    this.#running = undefined;
  }

  /** The scope of the page's scripts that has the name. */
  find(name: string): Environment | undefined {
    return (this.#running ?? this.#shared).find((scope) => scope.hasOwn(name));
  }
}
