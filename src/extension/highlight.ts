import { ColorThemeKind, OverviewRulerLane, ThemeColor, window, type Disposable, type Range, type TextEditorDecorationType } from 'vscode';
import { Owner } from './disposal';

/** One place to mark: a document's URI, as VS Code writes it, and a range. */
export interface Mark {
  readonly uri: string;
  readonly range: Range;
}

/** Marks source lines in every editor that shows them, in the theme's own colours, until other lines are marked. */
export class Highlight extends Owner {
  #marks: readonly Mark[] = [];
  #decoration: TextEditorDecorationType;

  constructor() {
    super();
    this.#decoration = createDecoration();
    this.own({ dispose: () => this.#decoration.dispose() });
    this.own(window.onDidChangeVisibleTextEditors(() => this.#draw()));
    this.own(window.onDidChangeActiveColorTheme(() => this.#recolour()));
  }

  show(marks: readonly Mark[]): void {
    this.#marks = marks;
    this.#draw();
  }

  clear(): void {
    if (this.#marks.length > 0) this.show([]);
  }

  #draw(): void {
    for (const editor of window.visibleTextEditors) {
      const uri = editor.document.uri.toString();
      editor.setDecorations(
        this.#decoration,
        this.#marks.filter((mark) => mark.uri === uri).map(({ range }) => range),
      );
    }
  }

  #recolour(): void {
    const old: Disposable = this.#decoration;
    this.#decoration = createDecoration();
    old.dispose();
    this.#draw();
  }
}

function createDecoration(): TextEditorDecorationType {
  const { kind } = window.activeColorTheme;
  const contrast = kind === ColorThemeKind.HighContrast || kind === ColorThemeKind.HighContrastLight;
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
    // In dark themes the shade alone is hardly seen, and themes of high contrast have none.
    borderStyle: 'solid',
    borderWidth: contrast ? '1px' : '0 0 0 3px',
    borderColor: new ThemeColor(contrast ? 'contrastActiveBorder' : 'focusBorder'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
    overviewRulerLane: OverviewRulerLane.Center,
  });
}
