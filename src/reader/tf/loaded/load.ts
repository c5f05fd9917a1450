import { publishedModel } from '../../../layers/loaded/published';
import { isUnloadable, type LoadedModel, type Unloadable } from '../../../layers/loaded/spec';
import { readModelData, readModelText } from '../../../layers/loaded/topology';
import type { Machine } from '../../machine';
import { Obj } from '../../state/heap';
import type { CallPlace } from '../../values/native';
import { clip, PromiseValue, Unknown, type Value } from '../../values/values';
import { buildModel } from './build';
import { toJson } from './data';
import { findFile, nearBy } from './files';

/** Functions of `tf.io` that name the files of a model. */
const HANDLERS = new Set(['fileSystem', 'browserHTTPRequest', 'http', 'fromMemory']);

/** `tf.io.fileSystem(path)` and the like: an object that remembers its argument. */
export function ioHandler(m: Machine, name: string, argument: Value): Value | undefined {
  if (name === 'browserFiles')
    return new Unknown(m.freshKey('tf'), 'tf.io.browserFiles(…)', 'files that the user picks when the program runs');
  if (!HANDLERS.has(name)) return undefined;
  const handler = new Obj();
  handler.properties.set('%source', argument);
  return handler;
}

/** `await tf.loadLayersModel(source)`, with the function's own name as people know it. */
export function loadModel(m: Machine, name: string, source: Value, at: CallPlace): Value {
  return m.each(source, (one) => {
    const call = new Call(m, name, at);
    if (typeof one === 'string') return call.fromAddress(one);
    if (one instanceof Obj) return fromHandler(m, call, one, name, at);
    return call.lost(
      one instanceof Unknown ? `its address is not known (${one.name}: ${one.reason})` : 'what it is loaded from is not known',
    );
  });
}

/** `tf.models.modelFromJSON(json)`. */
export function modelFromJson(m: Machine, data: Value, at: CallPlace): Value {
  return m.each(data, (one) => new Call(m, 'models.modelFromJSON', at).fromData(one));
}

function fromHandler(m: Machine, call: Call, handler: Obj, name: string, at: CallPlace): Value {
  if (handler.properties.has('%source')) {
    const source = m.settle(handler.properties.get('%source'));
    return source instanceof Obj && !source.properties.has('%source') ? call.fromData(source) : loadModel(m, name, source, at);
  }
  const load = m.interpreter.getMember(handler, 'load', at);
  const artifacts = m.interpreter.call(load, handler, [], at);
  return m.each(artifacts instanceof PromiseValue ? artifacts.inner : artifacts, (one) => call.fromData(one));
}

/** One call that loads a model, whatever from. */
class Call {
  constructor(
    private readonly m: Machine,
    private readonly name: string,
    private readonly at: CallPlace,
  ) {}

  fromAddress(address: string): Value {
    const stored = /^(indexeddb|localstorage|downloads):\/\//.exec(address)?.[1];
    if (stored !== undefined) return this.lost(`a model that is kept in the browser (${stored}) when the program runs`, address);
    const published = publishedModel(address);
    if (published) return this.made(published, address, `the published model at ${address}`);
    const host = /^https?:\/\/([^/?#]*)/.exec(address);
    if (host && !/^(localhost|127\.0\.0\.1)(:|$)/.test(host[1] ?? ''))
      return this.lost(`a model that is loaded from ${clip(host[1] ?? '')} when the program runs`, address);
    const found = findFile(this.m, this.at.path, host ? address.slice(host[0].length) : address);
    if ('reason' in found) return this.lost(clipLong(found.reason), address);
    return this.made(readModelText(found.text), address, nearBy(this.at.path, found.path));
  }

  fromData(data: Value): Value {
    const read = toJson(this.m, data);
    if ('open' in read) return this.lost(`the model's topology is not known (${read.open.name}: ${read.open.reason})`);
    return this.made(readModelData(read.json), undefined, undefined);
  }

  private made(outcome: LoadedModel | Unloadable, address: string | undefined, readFrom: string | undefined): Value {
    if (isUnloadable(outcome)) {
      const file = readFrom ?? 'the topology';
      this.report(`${clip(file)} cannot be loaded: ${outcome.unloadable}`);
      return this.lost(`${clip(file)} cannot be loaded: ${outcome.unloadable}`, address);
    }
    const model = buildModel(this.m, outcome, this.at, readFrom);
    this.m.models.push(model);
    return model;
  }

  lost(why: string, address?: string): Unknown {
    const name = `tf.${this.name}`;
    return new Unknown(this.m.freshKey('tf'), clip(address === undefined ? `${name}(…)` : `${name}('${clip(address)}')`), why);
  }

  private report(message: string): void {
    const { m, at } = this;
    const span = at.name ?? { start: at.start, end: at.end };
    const isKnown = m.problems.some(
      ({ path, problem }) => path === at.path && problem.span.start === span.start && problem.message === message,
    );
    if (!isKnown) m.problems.push({ path: at.path, problem: { span: { ...span }, severity: 'warning', code: 'model-file', message } });
  }
}

const MAX_REASON = 300;

const clipLong = (text: string): string => (text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON - 1)}…`);
