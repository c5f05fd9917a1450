import type { Disposable } from 'vscode';

/** Owns disposables and ends them all, the last first. What arrives after the end is ended at once. */
export class Owner implements Disposable {
  #owned: Disposable[] = [];
  #ended = false;

  own<T extends Disposable>(disposable: T): T {
    if (this.#ended) disposable.dispose();
    else this.#owned.push(disposable);
    return disposable;
  }

  get ended(): boolean {
    return this.#ended;
  }

  dispose(): void {
    this.#ended = true;
    for (const disposable of this.#owned.splice(0).reverse()) disposable.dispose();
  }
}
