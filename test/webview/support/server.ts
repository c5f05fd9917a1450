import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { panelFolder } from './bundle';
import { hostPage } from './hostPage';
import { readCounter } from './readCounter';

export interface PanelServer {
  readonly origin: string;
  /** Bytes that a page may fetch, once, under the address that this gives. */
  offer(bytes: ArrayBuffer): string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** Serves the panel's files and a page that plays the host, under the policy that the host sets. */
export const servePanel = async (): Promise<PanelServer> => {
  const folder = await panelFolder();
  const offered = new Map<string, ArrayBuffer>();
  const server = createServer((request, response) => {
    const bytes = offered.get(request.url ?? '');
    if (!bytes) return answer(folder, request, response);
    offered.delete(request.url ?? '');
    response.setHeader('cache-control', 'no-store');
    response.end(new Uint8Array(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let count = 0;
  const offer = (bytes: ArrayBuffer): string => {
    const path = `/offered/${count++}`;
    offered.set(path, bytes);
    return path;
  };
  return { origin, offer, close: () => new Promise((resolve) => server.close(() => resolve())) };
};

const answer = (folder: string, request: IncomingMessage, response: ServerResponse): void => {
  const address = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
  if (address.pathname === '/panel' || address.pathname === '/bench') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(hostPage(address));
    return;
  }
  if (address.pathname === '/empty') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!DOCTYPE html><link rel="icon" href="data:,">');
    return;
  }
  const file = join(folder, normalize(address.pathname.replace('/counted', '')));
  if (!file.startsWith(folder) || !existsSync(file)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader('cache-control', 'max-age=3600');
  response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
  if (address.pathname.startsWith('/counted/')) response.end(readCounter + readFileSync(file, 'utf8'));
  else createReadStream(file).pipe(response);
};
