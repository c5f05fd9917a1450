import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, workspace } from 'vscode';
import { COMMANDS } from '../contributions';
import { idOf, type FileNode, type LayerNode, type ModelNode, type Node, type NoteNode } from './nodes';

/** A node as VS Code draws it. Names and texts come from sources: labels and tooltips are plain text. */
export function itemOf(node: Node): TreeItem {
  const item = build(node);
  item.id = idOf(node);
  return item;
}

function build(node: Node): TreeItem {
  switch (node.kind) {
    case 'file':
      return fileItem(node);
    case 'model':
      return modelItem(node);
    case 'layer':
      return layerItem(node);
    case 'note':
      return noteItem(node);
  }
}

function fileItem({ uri, models }: FileNode): TreeItem {
  const resource = Uri.parse(uri);
  const path = workspace.asRelativePath(resource);
  const item = new TreeItem(resource, TreeItemCollapsibleState.Expanded);
  item.label = path.split('/').at(-1) ?? path;
  item.description = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  item.iconPath = ThemeIcon.File;
  item.tooltip = path;
  item.contextValue = 'file';
  item.accessibilityInformation = { label: `${path}, ${models.length} ${models.length === 1 ? 'model' : 'models'}` };
  return item;
}

function modelItem({ model }: ModelNode): TreeItem {
  const { label, detail, tooltip, refusal } = model;
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.description = detail;
  item.tooltip = tooltip;
  item.iconPath = refusal === undefined ? new ThemeIcon('layers') : wrong();
  item.contextValue = 'model';
  item.accessibilityInformation = { label: `model ${label}, ${detail}` };
  return item;
}

function layerItem(node: LayerNode): TreeItem {
  const { row, children } = node;
  const item = new TreeItem(row.label, children.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.description = row.detail;
  item.tooltip = row.tooltip;
  item.iconPath = iconOf(node);
  item.contextValue = row.kind;
  item.accessibilityInformation = { label: row.spoken };
  if (row.site !== undefined) item.command = { title: 'Go to the Source', command: COMMANDS.goToLayer, arguments: [node] };
  return item;
}

function iconOf({ row }: LayerNode): ThemeIcon {
  if (row.refusal !== undefined) return wrong();
  if (row.isUnknown) return new ThemeIcon('question');
  return new ThemeIcon(ICONS[row.kind]);
}

const ICONS = { layer: 'symbol-field', model: 'layers', block: 'symbol-namespace', stage: 'symbol-namespace' } as const;

const wrong = (): ThemeIcon => new ThemeIcon('error', new ThemeColor('list.errorForeground'));

function noteItem({ text }: NoteNode): TreeItem {
  const item = new TreeItem(text);
  item.iconPath = new ThemeIcon('info');
  item.tooltip = text;
  return item;
}
