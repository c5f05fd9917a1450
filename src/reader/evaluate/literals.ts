import type { ts } from 'ts-morph';
import {
  isGetAccessor,
  isMethodDeclaration,
  isOmittedExpression,
  isPropertyAssignment,
  isSetAccessor,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import type { Environment } from '../state/environment';
import { Accessor, Arr, Obj } from '../state/heap';
import { Choice, Unknown, clip, type Value } from '../values/values';
import { MAX_ITEMS } from '../values/sizes';
import { evaluate } from './expressions';
import { makeClosure } from './functions';
import { materialise } from './generators';
import { iterate } from '../operations/iterate';
import { ownEntries } from '../builtins/objects';
import { nameOf, primitive, toText } from '../operations/operators';
import { keyOf } from './patterns';

/** An object literal: properties, shorthand, methods, accessors, computed keys, spread. */
export function evaluateObject(m: Machine, node: ts.ObjectLiteralExpression, scope: Environment): Value {
  const object = new Obj();
  const delayed: { readonly value: Choice; readonly after: number }[] = [];
  for (const property of node.properties) {
    if (isPropertyAssignment(property)) {
      put(m, object, keyOf(m, property.name, scope), evaluate(m, property.initializer, scope));
    } else if (isShorthandPropertyAssignment(property)) {
      put(m, object, property.name.text, evaluate(m, property.name, scope));
    } else if (isMethodDeclaration(property)) {
      put(m, object, keyOf(m, property.name, scope), makeClosure(m, property, scope));
    } else if (isGetAccessor(property) || isSetAccessor(property)) {
      accessor(m, object, property, scope);
    } else if (isSpreadAssignment(property)) {
      const spread = evaluate(m, property.expression, scope);
      if (spread instanceof Choice) delayed.push({ value: spread, after: object.properties.size });
      else spreadInto(m, object, spread);
    }
  }
  if (delayed.length === 0) return object;
  return withChoices(
    m,
    object,
    delayed.map(({ value }) => value),
  );
}

/** `{...(bn ? a : b)}`: an object for each alternative. Keys written after the spread keep their values. */
function withChoices(m: Machine, object: Obj, spreads: readonly Choice[]): Value {
  const [first, ...rest] = spreads;
  if (!first) return object;
  return m.each(first, (definite) => {
    const copy = new Obj();
    spreadInto(m, copy, definite);
    spreadInto(m, copy, object);
    return withChoices(m, copy, rest);
  });
}

function put(m: Machine, object: Obj, key: string | undefined, value: Value): void {
  if (key === undefined) object.open = new Unknown(m.freshKey('key'), '?', 'a property name is not known');
  else object.properties.set(key, value);
}

function accessor(m: Machine, object: Obj, node: ts.GetAccessorDeclaration | ts.SetAccessorDeclaration, scope: Environment): void {
  const key = keyOf(m, node.name, scope);
  if (key === undefined) return;
  const closure = makeClosure(m, node, scope);
  const before = object.accessors.get(key);
  object.accessors.set(key, isGetAccessor(node) ? new Accessor(closure, before?.set) : new Accessor(before?.get, closure));
}

function spreadInto(m: Machine, object: Obj, value: Value): void {
  if (value instanceof Obj) {
    for (const [key, one] of ownEntries(m, value)) object.properties.set(key, one);
    object.open ??= value.open;
  } else if (value instanceof Arr && !value.open) {
    value.items.forEach((item, i) => object.properties.set(String(i), item));
  } else if (value instanceof Unknown) object.open = value;
}

/** An array literal with spreads; an unknown spread leaves the rest of the array open. */
export function evaluateArray(m: Machine, node: ts.ArrayLiteralExpression, scope: Environment): Value {
  const parts: Value[][] = [[]];
  let open: Unknown | undefined;
  const spreads: Value[] = [];
  for (const element of node.elements) {
    if (isSpreadElement(element)) {
      spreads.push(materialise(m, evaluate(m, element.expression, scope)));
      parts.push([]);
    } else parts.at(-1)?.push(isOmittedExpression(element) ? undefined : evaluate(m, element, scope));
  }
  if (spreads.length === 0) return new Arr(parts[0] ?? []);
  const build = (done: readonly Value[], index: number): Value => {
    const items = [...done, ...(parts[index] ?? [])];
    if (index >= spreads.length) return new Arr(items, open);
    return m.each(spreads[index], (spread) =>
      withVersions(m, spread, () => {
        const more = iterate(m, spread);
        if (more) return items.length + more.length > MAX_ITEMS ? tooLong(m) : build([...items, ...more], index + 1);
        open =
          spread instanceof Unknown ? spread : new Unknown(m.freshKey('spread'), nameOf(spread), 'it is not known what is spread here');
        return new Arr(items, open);
      }),
    );
  };
  return build([], 0);
}

const tooLong = (m: Machine): Unknown => new Unknown(m.freshKey('long'), '?', `an array longer than ${MAX_ITEMS.toLocaleString('en-US')}`);

export const withVersions = (m: Machine, value: Value, use: () => Value): Value =>
  value instanceof Arr ? m.eachVersion(value, use) : use();

export function evaluateTemplate(m: Machine, node: ts.TemplateExpression, scope: Environment): Value {
  const parts = node.templateSpans.map((span) => ({
    value: primitive(m, evaluate(m, span.expression, scope), 'toString'),
    tail: span.literal.text,
  }));
  const build = (text: string, shown: string, isKnown: boolean, index: number): Value => {
    const part = parts[index];
    if (!part) return isKnown ? text : new Unknown(`text:${shown}`, clip(`\`${shown}\``), 'a text that depends on something unknown');
    return m.each(part.value, (value) => {
      const piece = toText(value);
      return build(
        text + (piece ?? '') + part.tail,
        `${shown}${piece ?? `\${${nameOf(value)}}`}${part.tail}`,
        isKnown && piece !== undefined,
        index + 1,
      );
    });
  };
  return build(node.head.text, node.head.text, true, 0);
}
