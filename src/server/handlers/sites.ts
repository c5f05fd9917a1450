import { SITE_RANGE, SITES_AT, type SiteRangeParams, type SitesAtParams } from '../../protocol/lsp';
import { sitesUnder } from '../answers';
import { placeOf } from '../sitePlaces';
import type { Register } from './capability';

/** The places of layers in the source, both ways: from the caret to the panel's layers and from a layer to its line. */
export const registerSites: Register = (connection, { documents, nameOf }) => {
  connection.onRequest(SITES_AT, ({ textDocument, position }: SitesAtParams) => {
    const document = documents.get(textDocument.uri);
    return document ? sitesUnder(document, position, nameOf) : { sites: [] };
  });
  connection.onRequest(SITE_RANGE, ({ site, option }: SiteRangeParams) =>
    placeOf(site, (path) => documents.at(path), documents.folders, option),
  );
  return {};
};
