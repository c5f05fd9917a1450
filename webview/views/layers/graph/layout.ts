import * as dagre from '@dagrejs/dagre';
import { rowIdOf } from '../../../state/folding/rows';
import type { Branch, Fold } from '../../../state/folding/tree';
import { segmentsOf, wiringOf } from '../../../state/folding/wiring';

/** All lengths are CSS pixels at zoom 1. */
export const NODE_WIDTH = 216;
export const NODE_HEIGHT = 48;
/** Height of an open fold's title, and the room at its other sides. */
export const TITLE_HEIGHT = 24;
const ROOM = 14;
const RANK_GAP = 26;
const NODE_GAP = 18;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A layer, a closed fold, or an open one around its own boxes. `x` and `y` are its upper left corner. */
export interface Box {
  readonly id: string;
  readonly branch: Branch;
  readonly open: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A value that flows, along points from top to bottom. `from` and `to` are ids of boxes, or of an open fold where the line ends at its edge. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

export interface Drawing {
  /** Open folds come before what is in them. */
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** A level with the places where lines come in at its top and go out at its bottom. */
interface Level extends Drawing {
  readonly inX: number;
  readonly outX: number;
}

/**
 * Lays a model out from top to bottom. An open fold is laid out by itself, as a box in the level around it: so boxes never overlap, and closing
 * one moves nothing inside the others.
 *
 * @param readers for each step's key, the keys of the steps that read it
 */
export const layOut = (
  branches: readonly Branch[],
  isOpen: (fold: Fold) => boolean,
  readers: ReadonlyMap<string, readonly string[]>,
): Drawing => level('', branches, isOpen, readers);

/** What stands at one place of a level, or the level's own edge. */
interface Place {
  readonly id: string;
  readonly branch: Branch | undefined;
  readonly inner: Level | undefined;
  readonly width: number;
  readonly height: number;
  /** Where lines come in and go out, from its left. */
  readonly inX: number;
  readonly outX: number;
}

const level = (
  id: string,
  branches: readonly Branch[],
  isOpen: (fold: Fold) => boolean,
  readers: ReadonlyMap<string, readonly string[]>,
): Level => {
  const wiring = wiringOf(branches, readers);
  const places = new Map<number, Place>();
  branches.forEach((branch, index) => places.set(index, placeOf(branch, isOpen, readers)));
  const port = { id, branch: undefined, inner: undefined, width: 1, height: 0, inX: 0, outX: 0 };
  const first = wiring.edges.some(([from]) => from < 0) ? -1 : 0;
  const last = wiring.edges.some(([, to]) => to === wiring.count) ? wiring.count : wiring.count - 1;
  if (first < 0) places.set(first, port);
  if (last === wiring.count) places.set(last, port);
  const corners = new Map<number, Point>([[first, { x: 0, y: 0 }]]);
  const bends = new Map<string, readonly Point[]>();
  for (const segment of segmentsOf(wiring, first, last)) arrange(segment, wiring.edges, places, corners, bends);
  return collect(places, wiring.edges, corners, bends, first, last);
};

const placeOf = (branch: Branch, isOpen: (fold: Fold) => boolean, readers: ReadonlyMap<string, readonly string[]>): Place => {
  const id = rowIdOf(branch);
  if (branch.kind === 'layer' || !isOpen(branch))
    return { id, branch, inner: undefined, width: NODE_WIDTH, height: NODE_HEIGHT, inX: NODE_WIDTH / 2, outX: NODE_WIDTH / 2 };
  const inner = level(id, branch.children, isOpen, readers);
  const width = inner.width + 2 * ROOM;
  return { id, branch, inner, width, height: inner.height + TITLE_HEIGHT + ROOM, inX: inner.inX + ROOM, outX: inner.outX + ROOM };
};

/** Gives the places of a segment their corners, below its first one, which has its own already. */
const arrange = (
  segment: readonly number[],
  edges: readonly (readonly [number, number])[],
  places: ReadonlyMap<number, Place>,
  corners: Map<number, Point>,
  bends: Map<string, readonly Point[]>,
): void => {
  const [first = 0, second, ...more] = segment;
  const start = places.get(first);
  const corner = corners.get(first);
  if (!start || !corner || second === undefined) return;
  const next = places.get(second);
  if (more.length === 0 && next) {
    corners.set(second, { x: corner.x + start.outX - next.inX, y: corner.y + start.height + RANK_GAP });
    return;
  }
  const inside = new Set(segment);
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ ranksep: RANK_GAP, nodesep: NODE_GAP, edgesep: NODE_GAP, rankdir: 'TB' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const at of segment) {
    const { width = 0, height = 0 } = places.get(at) ?? {};
    graph.setNode(String(at), { width, height: Math.max(1, height) });
  }
  for (const [from, to] of edges) if (inside.has(from) && inside.has(to)) graph.setEdge(String(from), String(to));
  dagre.layout(graph);
  const origin = graph.node(String(first)) as Point;
  // Dagre's points are centres, in a picture of its own.
  const shift = { x: corner.x + start.width / 2 - origin.x, y: corner.y + start.height / 2 - origin.y };
  for (const at of segment.slice(1)) {
    const { x, y } = graph.node(String(at)) as Point;
    const { width = 0, height = 0 } = places.get(at) ?? {};
    corners.set(at, { x: x + shift.x - width / 2, y: y + shift.y - height / 2 });
  }
  for (const edge of graph.edges()) {
    const points = (graph.edge(edge) as { readonly points?: readonly Point[] }).points ?? [];
    bends.set(
      `${edge.v} ${edge.w}`,
      points.slice(1, -1).map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })),
    );
  }
};

const collect = (
  places: ReadonlyMap<number, Place>,
  edges: readonly (readonly [number, number])[],
  corners: ReadonlyMap<number, Point>,
  bends: ReadonlyMap<string, readonly Point[]>,
  first: number,
  last: number,
): Level => {
  const at = (place: number): { readonly place: Place; readonly corner: Point } | undefined => {
    const [found, corner] = [places.get(place), corners.get(place)];
    return found && corner && { place: found, corner };
  };
  const lines = edges.flatMap(([from, to]) => {
    const [start, end] = [at(from), at(to)];
    if (!start || !end) return [];
    const top = { x: start.corner.x + start.place.outX, y: start.corner.y + start.place.height };
    const bottom = { x: end.corner.x + end.place.inX, y: end.corner.y };
    return [{ from: start.place.id, to: end.place.id, points: [top, ...(bends.get(`${from} ${to}`) ?? []), bottom] }];
  });
  const all = [...places.keys()].flatMap((place) => at(place) ?? []);
  const xs = [...all.map(({ corner }) => corner.x), ...lines.flatMap(({ points }) => points.map(({ x }) => x))];
  const left = Math.min(...xs, 0);
  const right = Math.max(
    ...all.map(({ corner, place }) => corner.x + place.width),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x)),
    left,
  );
  const bottom = Math.max(...all.map(({ corner, place }) => corner.y + place.height), 0);
  const moved = { x: -left, y: 0 };
  return {
    boxes: all.flatMap(({ place, corner }) => boxesOf(place, add(corner, moved))),
    lines: [
      ...lines.map((line) => ({ ...line, points: line.points.map((point) => add(point, moved)) })),
      ...all.flatMap(({ place, corner }) => innerLines(place, add(corner, moved))),
    ],
    width: right - left,
    height: bottom,
    inX: portX(at(first)?.corner, at(first)?.place.inX, left),
    outX: portX(at(last)?.corner, at(last)?.place.outX, left),
  };
};

const portX = (corner: Point | undefined, offset = 0, left: number): number => (corner?.x ?? 0) + offset - left;

const add = (one: Point, other: Point): Point => ({ x: one.x + other.x, y: one.y + other.y });

const boxesOf = ({ id, branch, inner, width, height }: Place, { x, y }: Point): readonly Box[] => {
  if (!branch) return [];
  const box = { id, branch, open: inner !== undefined, x, y, width, height };
  const move = { x: x + ROOM, y: y + TITLE_HEIGHT };
  return [box, ...(inner?.boxes ?? []).map((one) => ({ ...one, x: one.x + move.x, y: one.y + move.y }))];
};

/** Lines in an open fold; those from and to its edges reach them. */
const innerLines = ({ id, inner, height }: Place, { x, y }: Point): readonly Line[] =>
  (inner?.lines ?? []).map((line) => {
    const points = line.points.map((point) => add(point, { x: x + ROOM, y: y + TITLE_HEIGHT }));
    const [first, last] = [points[0], points[points.length - 1]];
    return {
      ...line,
      points: [
        ...(line.from === id && first ? [{ x: first.x, y }] : []),
        ...points,
        ...(line.to === id && last ? [{ x: last.x, y: y + height }] : []),
      ],
    };
  });
