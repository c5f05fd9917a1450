import type { LayerCase } from '../../model/reading';
import { shapeList, showShape, type Shape, type Shapes } from '../../model/shape';
import type { Machine } from '../machine';
import { LayerValue, type Application } from '../tf/entities';
import { opListOf } from '../tf/tensors/opList';
import { lineage } from '../values/lineage';
import type { Closure } from '../values/values';
import { Numbers } from './numbers';
import { shapeOf } from './tensors';

const known = new WeakMap<Application, Pick<LayerCase, 'callShape' | 'ops'>>();

/** What a layer class' `call` gives, and its ops; empty for all other layers. */
export function callOf(m: Machine, application: Application): Pick<LayerCase, 'callShape' | 'ops'> {
  const { call } = application;
  if (!call) return {};
  const before = known.get(application);
  if (before) return before;
  const callShape = call.outputs && shapesOf(call.outputs.map((tensor) => shapeOf(m, tensor)));
  const ops = call.outputs ? opListOf(m, call.outputs, (tensor) => shapeOf(m, tensor)) : (call.why ?? 'it was not read');
  const made = { ...(callShape ? { callShape } : {}), ops };
  known.set(application, made);
  return made;
}

function shapesOf(shapes: readonly (Shape | undefined)[]): Shapes | undefined {
  if (!shapes.every((shape) => shape !== undefined)) return undefined;
  return shapes.length === 1 ? shapes[0] : shapes;
}

/** Warns of layer classes whose `call` gives, for certain, another shape than they declare: TensorFlow.js goes by the declared one until it runs. */
export function reportDeclaredShapes(m: Machine): void {
  for (const application of m.applications) {
    const { layer, call, literals } = application;
    if (!call?.outputs || !(layer instanceof LayerValue) || !layer.custom || literals.length > 0 || application.unknown !== undefined)
      continue;
    const declared = Numbers.over(m, application.dependsOn).outputShapes(application.outcomes);
    const { callShape } = callOf(m, application);
    if (declared && callShape && differ(declared, callShape)) report(m, layer, declared, callShape);
  }
}

/** True where no sizes of what is open could make them equal. */
function differ(declared: Shapes, given: Shapes): boolean {
  const [a, b] = [shapeList(declared), shapeList(given)];
  if (a.length !== b.length) return true;
  return a.some((shape, i) => {
    const other = b[i] ?? [];
    if (shape.length !== other.length) return true;
    return shape.some((size, axis) => typeof size === 'number' && typeof other[axis] === 'number' && size !== other[axis]);
  });
}

function report(m: Machine, layer: LayerValue, declared: Shapes, given: Shapes): void {
  const compute = methodOf(layer, 'computeOutputShape');
  const method = compute ?? methodOf(layer, 'call');
  const file = method && m.modules.get(method.path)?.file;
  const name = method?.node.name;
  if (!method || !file || !name) return;
  const [said, gives] = [show(declared), show(given)];
  const message = compute
    ? `computeOutputShape of ${layer.factory} declares ${said}, but its call gives ${gives}`
    : `${layer.factory} has no computeOutputShape, so TensorFlow.js takes its input's shape, ${said}, but its call gives ${gives}`;
  const span = { start: name.getStart(file), end: name.end };
  // A class that is applied often has one warning.
  if (
    m.problems.some(({ path, problem }) => path === method.path && problem.code === 'declared-shape' && problem.span.start === span.start)
  )
    return;
  const at = { path: layer.origin.path, ...layer.origin.call };
  m.problems.push({
    path: method.path,
    problem: { span, severity: 'warning', code: 'declared-shape', message, related: [{ at, message: 'this layer' }] },
  });
}

const show = (shapes: Shapes): string => shapeList(shapes).map(showShape).join(', ');

const methodOf = (layer: LayerValue, name: string): Closure | undefined =>
  layer.custom &&
  lineage(layer.custom.classOf)
    .classes.map((one) => one.methods.get(name))
    .find(Boolean);
