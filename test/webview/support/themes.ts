export type ThemeName = 'dark' | 'light' | 'high-contrast';

/** VS Code's colours as a webview sees them, from its Dark Modern, Light Modern and Dark High Contrast themes. */
const themes: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> = {
  dark: {
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    disabledForeground: '#cccccc80',
    errorForeground: '#f85149',
    focusBorder: '#0078d4',
    'widget-border': '#313131',
    'panel-border': '#2b2b2b',
    'sideBar-background': '#181818',
    'input-background': '#313131',
    'badge-background': '#616161',
    'badge-foreground': '#f8f8f8',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'button-secondaryHoverBackground': '#3c3c3c',
    'list-activeSelectionBackground': '#04395e',
    'list-activeSelectionForeground': '#ffffff',
    'list-inactiveSelectionBackground': '#37373d',
    'list-hoverBackground': '#2a2d2e',
    'textLink-foreground': '#4daafc',
    'charts-blue': '#3794ff',
    'progressBar-background': '#0078d4',
    'editorWarning-foreground': '#cca700',
    'inputValidation-warningBackground': '#352a05',
    'inputValidation-warningBorder': '#b89500',
    'toolbar-hoverBackground': '#5a5d5e50',
    'scrollbarSlider-background': '#79797966',
    'statusBar-foreground': '#cccccc',
  },
  light: {
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    foreground: '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    disabledForeground: '#61616180',
    errorForeground: '#f85149',
    focusBorder: '#005fb8',
    'widget-border': '#e5e5e5',
    'panel-border': '#e5e5e5',
    'sideBar-background': '#f8f8f8',
    'input-background': '#ffffff',
    'badge-background': '#cccccc',
    'badge-foreground': '#3b3b3b',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'button-secondaryHoverBackground': '#cccccc',
    'list-activeSelectionBackground': '#e8e8e8',
    'list-activeSelectionForeground': '#000000',
    'list-inactiveSelectionBackground': '#e4e6f1',
    'list-hoverBackground': '#f2f2f2',
    'textLink-foreground': '#005fb8',
    'charts-blue': '#1a85ff',
    'progressBar-background': '#005fb8',
    'editorWarning-foreground': '#bf8803',
    'inputValidation-warningBackground': '#f6f5d2',
    'inputValidation-warningBorder': '#b89500',
    'toolbar-hoverBackground': '#b8b8b850',
    'scrollbarSlider-background': '#64646466',
    'statusBar-foreground': '#3b3b3b',
  },
  'high-contrast': {
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    foreground: '#ffffff',
    descriptionForeground: '#ffffffb3',
    disabledForeground: '#a5a5a5',
    errorForeground: '#f48771',
    focusBorder: '#f38518',
    contrastBorder: '#6fc3df',
    contrastActiveBorder: '#f38518',
    'widget-border': '#6fc3df',
    'panel-border': '#6fc3df',
    'sideBar-background': '#000000',
    'input-background': '#000000',
    'badge-background': '#000000',
    'badge-foreground': '#ffffff',
    'button-foreground': '#ffffff',
    'button-background': '#000000',
    'button-secondaryForeground': '#ffffff',
    'textLink-foreground': '#21a6ff',
    'charts-blue': '#3794ff',
    'progressBar-background': '#6fc3df',
    'editorWarning-foreground': '#ffd370',
    'inputValidation-warningBorder': '#ffd370',
    'scrollbarSlider-background': '#6fc3df99',
    'statusBar-foreground': '#ffffff',
  },
};

/** The style that VS Code puts on a webview's root, and what its own style sheet says of the body. */
export const themeStyle = (name: ThemeName): string => {
  const variables = Object.entries(themes[name]).map(([key, value]) => `--vscode-${key}: ${value};`);
  return `:root { ${variables.join(' ')}
    --vscode-font-family: system-ui, "Liberation Sans", sans-serif; --vscode-font-size: 13px; --vscode-font-weight: normal;
    --vscode-editor-font-family: "DejaVu Sans Mono", monospace; --vscode-editor-font-size: 13px; }
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    body { background-color: transparent; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
      font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
    html { background: ${themes[name]['editor-background'] ?? ''}; }`;
};

/** The class that VS Code puts on a webview's body. */
export const themeClass = (name: ThemeName): string => (name === 'high-contrast' ? 'vscode-high-contrast' : `vscode-${name}`);
