import { REVEAL_COMMAND } from '../protocol/lsp';
import { DEFAULT_SETTINGS, ENTRIES, SECTION } from '../protocol/settings';

/** What package.json contributes, by name; a test holds the two against each other. */
export const COMMANDS = {
  /** Runs the model under the caret in the panel beside the editor. */
  runModel: 'layerscope.runModel',
  /** Brings the panel back, with the model that it showed last. */
  showPanel: 'layerscope.showPanel',
  /** Gives the panel's model weights from a file that the person chooses. */
  loadWeights: 'layerscope.loadWeights',
  /** Opens the summary of the model under the caret as a document. */
  showSummary: 'layerscope.showSummary',
  /** Opens the model under the caret beside another one, chosen from a list, as a document. */
  compareWith: 'layerscope.compareWith',
  /** Keeps the answers of hints and hovers back, or no more. */
  toggleQuiz: 'layerscope.toggleQuiz',
  /** Shows the answer of one hint: the one that was clicked, else those on the caret's line. */
  showQuizAnswer: REVEAL_COMMAND,
  /** Shows all answers of the file. */
  showAllQuizAnswers: 'layerscope.showAllQuizAnswers',
  /** Keeps all answers of the file back again. */
  hideQuizAnswers: 'layerscope.hideQuizAnswers',
  /** Opens an example that comes with the extension: the one that is named, else the one that is chosen. */
  openExample: 'layerscope.openExample',
  /** Shows where a layer of the tree is made. */
  goToLayer: 'layerscope.goToLayer',
  /** Looks through the workspace for models again. */
  refreshModels: 'layerscope.refreshModels',
  /** Shows only models with something in their names, or in those of their layers. */
  filterModels: 'layerscope.filterModels',
  /** Shows all models again. */
  clearModelsFilter: 'layerscope.clearModelsFilter',
  /** Ends the language server and starts a new one. */
  restartServer: 'layerscope.restartServer',
} as const;

export const CONTEXT_KEYS = {
  /** True while the active editor's document mentions TensorFlow.js. */
  modelFile: 'layerscope.modelFile',
  /** True once a document that mentions TensorFlow.js was seen: only then is there a tree of models. */
  modelsKnown: 'layerscope.modelsKnown',
  /** True while the tree shows only some models. */
  modelsFiltered: 'layerscope.modelsFiltered',
} as const;

/** `WebviewPanel.viewType`. */
export const PANEL_VIEW = 'layerscope.panel';

/** The tree of models. */
export const MODELS_VIEW = 'layerscope.models';

/** Full names of all settings (`layerscope.inlayHints.content`) with their defaults. */
export const SETTING_DEFAULTS: Readonly<Record<string, unknown>> = Object.fromEntries(
  flatten('', DEFAULT_SETTINGS).map(([key, value]) => [`${SECTION}.${key}`, value]),
);

function flatten(prefix: string, group: object): [string, unknown][] {
  return Object.entries(group).flatMap(([name, value]: [string, unknown]) => {
    const key = prefix + name;
    const isGroup = typeof value === 'object' && value !== null && !Object.hasOwn(ENTRIES, key);
    return isGroup ? flatten(`${key}.`, value) : [[key, value] as [string, unknown]];
  });
}

/** Set and read by the language client's own tracing. */
export const TRACE_SETTING = 'layerscope.trace.server';
