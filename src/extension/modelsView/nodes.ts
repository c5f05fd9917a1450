import type { LayerRow, ListedModel, ModelFile, ModelRef } from '../../protocol/lsp';

/** What the tree of models is made of. A model's node is a `ModelRef` as well, so that commands take it as they take a lens'. */
export type Node = FileNode | ModelNode | LayerNode | NoteNode;

export interface FileNode {
  readonly kind: 'file';
  readonly uri: string;
  readonly models: readonly ModelNode[];
}

export interface ModelNode extends ModelRef {
  readonly kind: 'model';
  readonly file: FileNode;
  readonly model: ListedModel;
  readonly stamp: string;
}

export interface LayerNode {
  readonly kind: 'layer';
  readonly row: LayerRow;
  readonly model: ModelNode;
  readonly parent: ModelNode | LayerNode;
  readonly children: readonly LayerNode[];
}

/** Why a model shows no layers. */
export interface NoteNode {
  readonly kind: 'note';
  readonly text: string;
  readonly parent: ModelNode;
}

export function fileNode({ uri, stamp, models }: ModelFile): FileNode {
  const nodes: ModelNode[] = [];
  const file: FileNode = { kind: 'file', uri, models: nodes };
  nodes.push(...models.map((model) => ({ kind: 'model', uri, id: model.id, title: model.title, file, model, stamp }) as const));
  return file;
}

export function layerNode(row: LayerRow, model: ModelNode, parent: ModelNode | LayerNode): LayerNode {
  const children: LayerNode[] = [];
  const node: LayerNode = { kind: 'layer', row, model, parent, children };
  children.push(...(row.children ?? []).map((child) => layerNode(child, model, node)));
  return node;
}

/** The same for the same thing, also after an edit: VS Code keeps by it what is open and selected. */
export function idOf(node: Node): string {
  switch (node.kind) {
    case 'file':
      return node.uri;
    case 'model':
      return `${node.uri}\n${node.id}`;
    case 'layer':
      return `${idOf(node.model)}\n${node.row.key}`;
    case 'note':
      return `${idOf(node.parent)}\nnote`;
  }
}

export function parentOf(node: Node): Node | undefined {
  if (node.kind === 'file') return undefined;
  return node.kind === 'model' ? node.file : node.parent;
}

/** Layers, those of folds one by one. */
export const leavesOf = (nodes: readonly (LayerNode | NoteNode)[]): readonly LayerNode[] =>
  nodes.flatMap((node) => (node.kind === 'note' ? [] : node.children.length > 0 ? leavesOf(node.children) : [node]));

/**
 * The layer that a caret means by the places it is at, what it means most first. Of several layers of one place it is the one that was chosen
 * before, where that is one of them.
 */
export function layerAt(layers: readonly LayerNode[], sites: readonly string[], chosen: string | undefined): LayerNode | undefined {
  for (const id of sites) {
    const meant = layers.filter(({ row }) => row.site === id || row.calls.includes(id));
    const before = meant.find((node) => idOf(node) === chosen);
    if (meant.length > 0) return before ?? meant[0];
  }
  return undefined;
}
