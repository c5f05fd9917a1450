import type { Machine } from '../machine';
import type { Module } from '../state/module';
import { isPage, scriptSources } from '../syntax/page';
import { isLibraryScript } from '../syntax/vendored';
import { loadModule } from './modules';

/** Scripts of one page share a scope: those it loads from the project run first, in their order, and each sees what the others declare. */
export function runPageScripts(m: Machine, page: Module): void {
  if (!isPage(page.path)) return;
  for (const { path, isModule } of scriptsOfPage(m, page.path)) {
    const script = loadModule(m, path);
    if (!isModule) m.pages.add(script.scope);
  }
  m.pages.add(page.scope);
}

/** The files of the project that a page loads as scripts, in their order. */
export function scriptsOfPage(m: Machine, page: string): readonly { readonly path: string; readonly isModule: boolean }[] {
  return scriptSources(m.workspace.read(page) ?? '').flatMap(({ specifier, isModule }) => {
    const path = m.workspace.resolve(page, specifier);
    m.touched.add(path ?? `${page} -> ${specifier}`);
    return path === undefined || isLibraryScript(path, m.workspace.read(path) ?? '') ? [] : [{ path, isModule }];
  });
}
