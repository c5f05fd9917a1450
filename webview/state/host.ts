import type { ToHost, ToPanel } from '../../src/protocol/panel';

/** What VS Code gives a webview, once. */
interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

/** The panel's end of the conversation with the extension. */
export interface Host {
  send(message: ToHost): void;
  onMessage(listener: (message: ToPanel) => void): void;
  readState(): unknown;
  writeState(state: unknown): void;
}

export const connectHost = (): Host => {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', (event: MessageEvent<ToPanel>) => listener(event.data)),
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
  };
};
