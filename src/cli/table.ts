import type { GraphLayer, ModelGraph } from '../model/graph';
import type { ModelRead, Reading } from '../model/reading';
import { isShapeList, showCount, showShape, type Shapes } from '../model/shape';
import type { LineIndex } from './lines';

/** A reading as tables like `model.summary()`, each layer with the line that made it. */
export function summaryTable(path: string, reading: Reading, lines: LineIndex): string {
  const parts = reading.models.map((model) => modelTable(path, model, lines));
  const loose = looseSites(reading, lines);
  const problems = reading.problems.map((problem) => {
    const { line, column } = lines.at(problem.span.start);
    return `${path}:${line}:${column} ${problem.severity} ${problem.message} [${problem.code}]`;
  });
  const limits = reading.limits.map((limit) => `${path}: ${limit}`);
  if (parts.length + loose.length + problems.length + limits.length === 0) return `${path}: no layers or models found\n`;
  return (
    [
      ...parts,
      ...(loose.length > 0 ? [`${path}: layers outside models\n${columns(['Line', 'Layer', 'Output shape', 'Params'], loose)}`] : []),
      ...problems,
      ...limits,
    ].join('\n') + '\n'
  );
}

type Row = readonly string[];

function modelTable(path: string, model: ModelRead, lines: LineIndex): string {
  const { line } = lines.at(model.name.start);
  const rows = model.graph.nodes.map((node): Row => {
    const layer = model.graph.layers[node.layer];
    return [
      layer ? lineOf(layer, path) : '',
      layer ? `${layer.name} (${layer.className})` : '',
      showShapes(node.outputShape),
      layer?.params === undefined ? '?' : showCount(layer.params),
    ];
  });
  const condition = model.when === undefined ? '' : `, when ${model.when}`;
  const totals = [
    `Total params: ${showCount(model.totalParams)}`,
    `Trainable params: ${showCount(model.trainableParams)}`,
    `Non-trainable params: ${showCount(model.nonTrainableParams)}`,
    ...(model.error === undefined ? [] : [`TensorFlow.js refuses the model: ${model.error}`]),
    ...(model.graph.stop === undefined ? [] : [`Not known: ${model.graph.stop}`]),
  ];
  return `${model.title} at ${path}:${line} (${kindOf(model.graph)}${condition})\n${columns(['Line', 'Layer (type)', 'Output shape', 'Params'], rows)}${totals.join('\n')}\n`;
}

const kindOf = (graph: ModelGraph): string => (graph.kind === 'sequential' ? 'sequential' : 'functional');

/** The line of a layer, with its file's name where that is another file. */
function lineOf(layer: GraphLayer, path: string): string {
  if (!layer.site) return '';
  const file = layer.site.id.slice(0, layer.site.id.lastIndexOf('#')).split('/').at(-1) ?? '';
  return path.endsWith(file) ? String(layer.site.line) : `${file}:${layer.site.line}`;
}

const showShapes = (shapes: Shapes | undefined): string => {
  if (shapes === undefined) return '?';
  return isShapeList(shapes) ? shapes.map(showShape).join(', ') : showShape(shapes);
};

/** Layers that no model of the file holds. */
function looseSites(reading: Reading, lines: LineIndex): readonly Row[] {
  const held = new Set(reading.models.flatMap((model) => model.graph.layers.map((layer) => layer.site?.id)));
  return reading.sites
    .filter((site) => !held.has(site.id))
    .flatMap((site) => {
      const line = String(lines.at(site.name.start).line);
      if (site.cases.length === 0) return [[line, site.className, '?', site.unknown ?? '?']];
      return site.cases.map((one): Row => [
        line,
        `${one.name} (${site.className})${one.count > 1 ? ` ×${one.count}` : ''}${one.when === undefined ? '' : ` when ${one.when}`}`,
        showShapes(one.outputShape),
        one.params === undefined ? (one.unknown ?? '?') : showCount(one.params),
      ]);
    });
}

function columns(head: Row, rows: readonly Row[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const draw = (row: Row): string =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = '─'.repeat(
    Math.min(
      120,
      widths.reduce((sum, width) => sum + width + 2, 0),
    ),
  );
  return [rule, draw(head), rule, ...rows.map(draw), rule].join('\n') + '\n';
}
