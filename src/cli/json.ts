import type { LayerCase, ModelRead, Problem, Reading, Site, TensorRead } from '../model/reading';
import type { LineIndex } from './lines';

/** A reading as `read --json` prints it: lines and columns 1-based, positions on the factory's name or on `new`. */
export function toJson(path: string, reading: Reading, lines: LineIndex): object {
  return {
    path,
    sites: reading.sites.map((site) => siteJson(site, lines)),
    models: reading.models.map((model) => modelJson(model, lines)),
    tensors: reading.tensors.map((tensor) => tensorJson(tensor, lines)),
    problems: reading.problems.map((problem) => problemJson(problem, lines)),
    ...(reading.limits.length > 0 ? { limits: reading.limits } : {}),
  };
}

function siteJson(site: Site, lines: LineIndex): object {
  return {
    ...lines.at(site.name.start),
    factory: site.factory,
    className: site.className,
    layers: site.cases.map(layerJson),
    ...(site.unknown === undefined ? {} : { unknown: site.unknown }),
  };
}

const layerJson = (one: LayerCase): object => ({
  name: one.name,
  outputShape: one.outputShape ?? '?',
  params: one.params ?? '?',
  trainableParams: one.trainableParams ?? '?',
  ...(one.count > 1 ? { count: one.count } : {}),
  ...(one.when === undefined ? {} : { when: one.when }),
  ...(one.caller === undefined ? {} : { caller: one.caller }),
});

const modelJson = (model: ModelRead, lines: LineIndex): object => ({
  ...lines.at(model.name.start),
  name: model.graph.name,
  totalParams: model.totalParams,
  trainableParams: model.trainableParams,
  ...(model.error === undefined ? {} : { error: model.error }),
  ...(model.graph.stop === undefined ? {} : { unknown: model.graph.stop }),
  ...(model.readFrom === undefined ? {} : { readFrom: model.readFrom }),
  ...(model.when === undefined ? {} : { when: model.when }),
  ...(model.caller === undefined ? {} : { caller: model.caller }),
});

const tensorJson = (tensor: TensorRead, lines: LineIndex): object => ({
  ...lines.at(tensor.name.start),
  op: tensor.op,
  cases: tensor.cases.map(({ outputs, dtypes, when, caller, unknown }) => ({
    outputs: outputs.map((shape) => shape ?? '?'),
    dtypes: dtypes.map((dtype) => dtype ?? '?'),
    ...(when === undefined ? {} : { when }),
    ...(caller === undefined ? {} : { caller }),
    ...(unknown === undefined ? {} : { unknown }),
  })),
});

export function problemJson(problem: Problem, lines: LineIndex): object {
  const end = lines.at(problem.span.end);
  return {
    ...lines.at(problem.span.start),
    endLine: end.line,
    endColumn: end.column,
    severity: problem.severity,
    code: problem.code,
    message: problem.message,
  };
}
