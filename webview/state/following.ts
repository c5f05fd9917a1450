import { signal } from '@preact/signals';
import type { Host } from './host';

/** What the panel follows: edits of the shown model's source, and the caret from one model to another. The extension keeps both; the panel asks for a change. */
export class Following {
  /** The model runs again while its source is edited. */
  readonly live = signal(true);
  /** The shown model stays while the caret goes to another. */
  readonly locked = signal(false);

  constructor(private readonly host: Host) {
    host.onMessage((message) => {
      if (message.type !== 'following') return;
      this.live.value = message.live;
      this.locked.value = message.locked;
    });
  }

  setLive(live: boolean): void {
    this.live.value = live;
    this.host.send({ type: 'follow', live });
  }

  setLocked(locked: boolean): void {
    this.locked.value = locked;
    this.host.send({ type: 'follow', locked });
  }
}
