import type { CancellationToken, ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Settings } from '../../protocol/settings';
import type { Analyst } from '../analyst';
import type { NameOf } from '../answers';
import type { Good, OpenDocument } from '../document';
import type { Documents } from '../documents';
import type { Quiz } from '../quiz';
import type { Readings } from '../readings';

/** What the server gives to each of its capabilities. */
export interface ServerContext {
  readonly documents: Documents;
  readonly readings: Readings;
  readonly analyst: Analyst;
  readonly nameOf: NameOf;
  /** Which answers a person has asked to see; it counts only where the setting says so. */
  readonly quiz: Quiz;
  settingsOf(uri: string): Promise<Settings>;
  /** The address of the page about problems of a code; undefined where there is none. */
  pageOf(code: string): string | undefined;
  /** Waits until the document's present text is read, the request is cancelled, or `patience` (milliseconds) ends. */
  ready(document: OpenDocument, token: CancellationToken, patience?: number): Promise<void>;
  /** Awaits a message to the client that it need not take: one that goes away, or does not know it, is no reason to end. */
  send(sent: Promise<unknown>): void;
}

/** What a capability tells the client, and what it wants to be told. All is optional; most only answer requests. */
export interface Capability {
  /** What the client is promised of it. */
  readonly promises?: ServerCapabilities;
  /** The client has said what it can; comes before any document. */
  started?(client: ClientCapabilities): void;
  /** The client takes requests from here on. */
  initialized?(): void;
  /** A document's text has changed. */
  changed?(document: OpenDocument): void;
  /** A document was read, or it was found that it cannot be. `before` is the reading that held until now. */
  settled?(document: OpenDocument, before: Good | undefined): void;
  closed?(document: OpenDocument): void;
  /** Files of the disk changed, came, or went; or what is read of them may be another thing because of others. */
  filesChanged?(paths: readonly string[]): void;
  /** Any setting may have another value. */
  settingsChanged?(): void;
  /** The server is ending. */
  dispose?(): void;
}

/** A capability's file has one such function; `handlers/all.ts` lists them. */
export type Register = (connection: Connection, context: ServerContext) => Capability;
