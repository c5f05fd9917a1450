import { Channel, type Port } from '../../src/protocol/channel';
import type { ChannelMessage, HostContract, PanelContract } from '../../src/protocol/panelRequests';

/** The panel's end of what it asks of the extension. */
export type HostChannel = Channel<PanelContract, HostContract>;

/**
 * A channel among the events of one `postMessage`.
 * @param send posts to the extension
 * @param page a name that no other page has
 * @returns the channel, and what must be called with each of the channel's messages that arrives
 */
export const hostChannel = (
  send: (message: ChannelMessage) => void,
  page: string,
): { readonly channel: HostChannel; readonly receive: (message: ChannelMessage) => void } => {
  const port: Port = { postMessage: (wire) => send({ type: 'channel', page, wire }), onmessage: null };
  const channel = new Channel<PanelContract, HostContract>(port, {});
  return {
    channel,
    receive: (message) => {
      if (message.page === page) port.onmessage?.({ data: message.wire as never });
    },
  };
};
