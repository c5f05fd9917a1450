import { Channel, type Handlers, type Port } from '../protocol/channel';
import type { ChannelMessage, HostContract, PanelContract } from '../protocol/panelRequests';
import { OpenFiles } from './files/openFiles';

/** Answers what the panel's page asks. A page that was reloaded begins anew: what the one before had open is closed. */
export class PanelChannel {
  #page:
    | { readonly id: string; readonly port: Port; readonly channel: Channel<HostContract, PanelContract>; readonly files: OpenFiles }
    | undefined;

  constructor(
    private readonly send: (message: ChannelMessage) => void,
    private readonly handlers: (files: OpenFiles) => Handlers<HostContract>,
  ) {}

  receive({ page, wire }: ChannelMessage): void {
    if (typeof page !== 'string') return;
    if (this.#page?.id !== page) this.#begin(page);
    this.#page?.port.onmessage?.({ data: wire as never });
  }

  dispose(): void {
    this.#page?.channel.dispose();
    void this.#page?.files.closeAll();
    this.#page = undefined;
  }

  #begin(id: string): void {
    this.dispose();
    const port: Port = { postMessage: (wire) => this.send({ type: 'channel', page: id, wire }), onmessage: null };
    const files = new OpenFiles();
    this.#page = { id, port, channel: new Channel<HostContract, PanelContract>(port, this.handlers(files)), files };
  }
}
