import type { CancellationToken } from 'vscode-languageserver';
import { comparedOf, type Compared } from '../../features/compare/compared';
import { compareLines } from '../../features/compare/compareLines';
import { comparedNet, referenceNets } from '../../features/compare/nets';
import type { Relation } from '../../features/compare/rows';
import { Lines } from '../../features/lines';
import type { ModelRead } from '../../model/reading';
import { baseName } from '../../project/paths';
import { COMPARE, FIND_MODELS, NETS, type CompareParams, type CompareResult, type ComparedWith } from '../../protocol/lsp';
import type { FindModelsParams, ModelRef, NetInfo } from '../../protocol/lsp';
import { meantAgain } from '../answers';
import type { OpenDocument } from '../document';
import { readEarlier } from '../earlier';
import { ModelSearches } from '../modelSearch';
import { namedLine } from '../readableLines';
import type { Register, ServerContext } from './capability';

/** A model beside another one: what there is to choose from, and the document. */
export const registerCompare: Register = (connection, context) => {
  const searches = new ModelSearches(context);
  connection.onRequest(NETS, async (): Promise<readonly NetInfo[]> => (await referenceNets()).map(netInfo));
  connection.onRequest(FIND_MODELS, (params: FindModelsParams, token: CancellationToken) => searches.next(params, token));
  connection.onRequest(COMPARE, async ({ model, with: other }: CompareParams, token: CancellationToken): Promise<CompareResult> => {
    const ours = await modelOf(context, model, token);
    return 'reason' in ours ? ours : compared(context, ours, other, token);
  });
  return {};
};

const netInfo = ({ id, title, year, depth, totalParams, top5Error }: NetInfo): NetInfo => ({
  ...{ id, title, year, depth, totalParams },
  ...(top5Error !== undefined && { top5Error }),
});

interface Side {
  readonly document: OpenDocument;
  readonly model: ModelRead;
  readonly compared: Compared;
}

type Refused = { readonly reason: string };

async function modelOf(context: ServerContext, ref: ModelRef, token: CancellationToken): Promise<Side | Refused> {
  const document = context.documents.get(ref.uri);
  if (!document) return { reason: `The file of ${ref.title} is not open.` };
  await context.ready(document, token);
  const { good } = document;
  const model = good && meantAgain(good.reading, ref, context.nameOf);
  if (!model) return { reason: document.refusal?.reason ?? `The model ${ref.title} is no longer in its file.` };
  const line = new Lines(good.text).lineOf(model.name.start);
  return { document, model, compared: comparedOf(model, model.title, `${baseName(document.path)}:${line}`) };
}

async function compared(context: ServerContext, ours: Side, other: ComparedWith, token: CancellationToken): Promise<CompareResult> {
  const show = (left: Compared, right: Compared, relation: Relation, earlier?: ReadonlyMap<string, OpenText>): CompareResult => ({
    lines: compareLines(left, right, relation).map((line) => namedLine(line, context.nameOf, earlier)),
  });
  if ('net' in other) {
    const net = (await referenceNets()).find(({ id }) => id === other.net);
    return net ? show(ours.compared, comparedNet(net), 'net') : { reason: 'This version of Layerscope does not know the net.' };
  }
  if ('model' in other) {
    const theirs = await modelOf(context, other.model, token);
    return 'reason' in theirs ? theirs : show(...apart(ours.compared, theirs.compared), 'models');
  }
  const { label, about } = other.earlier;
  const then = await readEarlier(context, ours.document, ours.model, other.earlier);
  if ('reason' in then) return then;
  const before = { ...comparedOf(then.model, then.model.title, `${label}, ${about}`), label };
  return { ...show(before, { ...ours.compared, label: 'now' }, 'times', then.texts), alsoRead: then.alsoRead };
}

type OpenText = { readonly uri: string; readonly text: string };

/** Models of one name are told apart by their places. */
const apart = (left: Compared, right: Compared): [Compared, Compared] =>
  left.title === right.title
    ? [
        { ...left, label: `${left.title} (${left.about})` },
        { ...right, label: `${right.title} (${right.about})` },
      ]
    : [left, right];
