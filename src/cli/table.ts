import { documentTable, type Cell, type DocumentLine } from '../features/documentTable';
import { countText, showOutput, summaryLines } from '../features/summary';
import type { Reading } from '../model/reading';
import type { LineIndex } from './lines';

/** A reading as tables like `model.summary()`, each layer with the line that made it. */
export function summaryTable(path: string, reading: Reading, lines: LineIndex): string {
  const parts = reading.models.map((model) => textOf(summaryLines(model, reading.path, lines.at(model.name.start).line)));
  const loose = looseSites(reading, lines);
  const problems = reading.problems.map((problem) => {
    const { line, column } = lines.at(problem.span.start);
    return `${path}:${line}:${column} ${problem.severity} ${problem.message} [${problem.code}]`;
  });
  const limits = reading.limits.map((limit) => `${path}: ${limit}`);
  if (parts.length + loose.length + problems.length + limits.length === 0) return `${path}: no layers or models found\n`;
  return (
    [...parts, ...(loose.length > 0 ? [`${path}: layers outside models\n${textOf(loose)}`] : []), ...problems, ...limits].join('\n') + '\n'
  );
}

const textOf = (lines: readonly DocumentLine[]): string => `${lines.map(({ text }) => text).join('\n')}\n`;

/** Layers that no model of the file holds. */
function looseSites(reading: Reading, lines: LineIndex): readonly DocumentLine[] {
  const held = new Set(reading.models.flatMap((model) => model.graph.layers.map((layer) => layer.site?.id)));
  const rows = reading.sites
    .filter((site) => !held.has(site.id))
    .flatMap((site): readonly (readonly Cell[])[] => {
      const line = { text: String(lines.at(site.name.start).line) };
      if (site.cases.length === 0) return [[{ text: site.className }, { text: '?' }, { text: site.unknown ?? '?' }, line]];
      return site.cases.map((one) => [
        {
          text: `${one.name} (${site.className})${one.count > 1 ? ` ×${one.count}` : ''}${one.when === undefined ? '' : ` when ${one.when}`}`,
        },
        { text: showOutput(one.outputShape) },
        { text: one.params === undefined ? (one.unknown ?? '?') : countText(one.params) },
        line,
      ]);
    });
  const columns = [
    { head: 'Layer (type)' },
    { head: 'Output shape' },
    { head: 'Params', isNumber: true },
    { head: 'Line', isNumber: true },
  ];
  return rows.length === 0 ? [] : documentTable(columns, rows);
}
