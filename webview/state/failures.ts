import { batch } from '@preact/signals';
import type { Host } from './host';
import type { Store } from './store';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the panel does when it fails itself: says so, in the page and in the host's log. */
export const failing =
  (store: Store, host: Host) =>
  (error: unknown): void => {
    const text = messageOf(error);
    batch(() => {
      store.failure.value = text;
      store.phase.value = { kind: 'ready' };
    });
    host.send({ type: 'problem', text });
  };
