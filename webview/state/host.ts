import type { ToHost, ToPanel } from '../../src/protocol/panel';
import type { ChannelMessage } from '../../src/protocol/panelRequests';
import { hostChannel, type HostChannel } from './hostChannel';

/** What VS Code gives a webview, once. */
interface VsCodeApi {
  postMessage(message: ToHost | ChannelMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

/** The panel's end of the conversation with the extension. */
export interface Host {
  send(message: ToHost): void;
  onMessage(listener: (message: ToPanel) => void): void;
  /** Requests: files that a person chooses, and saving (`panelRequests.ts`). */
  readonly channel: HostChannel;
  readState(): unknown;
  writeState(state: unknown): void;
}

export const connectHost = (): Host => {
  const api = acquireVsCodeApi();
  const { channel, receive } = hostChannel((message) => api.postMessage(message), crypto.randomUUID());
  const listeners = new Set<(message: ToPanel) => void>();
  window.addEventListener('message', ({ data }: MessageEvent<ToPanel | ChannelMessage>) => {
    if (data.type === 'channel') receive(data);
    else for (const listener of listeners) listener(data);
  });
  return {
    send: (message) => api.postMessage(message),
    onMessage: (listener) => void listeners.add(listener),
    channel,
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  };
};
