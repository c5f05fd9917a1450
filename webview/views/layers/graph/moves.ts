import { stepsIn } from '../../../state/folding/wiring';
import type { Box, Drawing, Point } from './layout';

/** Boxes that stand for themselves: layers and closed folds. */
export const solid = ({ boxes }: Drawing): readonly Box[] => boxes.filter((box) => !box.open);

/** The box that shows a step: its own, or that of the closed fold that it is in. */
export const boxOf = (drawing: Drawing, key: string | undefined): Box | undefined =>
  key === undefined ? undefined : solid(drawing).find(({ branch }) => stepsIn(branch).some((step) => step.key === key));

const middle = ({ x, width }: Box): number => x + width / 2;

/** Boxes at the other end of the lines that leave a box downwards, from left to right. */
export const followers = (drawing: Drawing, box: Box, readers: ReadonlyMap<string, readonly string[]>): readonly Box[] => {
  const mine = new Set(stepsIn(box.branch).map((step) => step.key));
  const keys = new Set([...mine].flatMap((key) => readers.get(key) ?? []).filter((key) => !mine.has(key)));
  return holding(drawing, keys);
};

/** Boxes whose values a box reads, from left to right. */
export const leaders = (drawing: Drawing, box: Box): readonly Box[] => {
  const mine = new Set(stepsIn(box.branch).map((step) => step.key));
  return holding(
    drawing,
    new Set(
      stepsIn(box.branch)
        .flatMap((step) => step.inputs)
        .filter((key) => !mine.has(key)),
    ),
  );
};

const holding = (drawing: Drawing, keys: ReadonlySet<string>): readonly Box[] =>
  solid(drawing)
    .filter(({ branch }) => stepsIn(branch).some((step) => keys.has(step.key)))
    .sort((a, b) => middle(a) - middle(b));

/** Where an arrow key leads from a box: down and up along the lines, straight where it can; sideways to the next branch. undefined at the ends. */
export const follow = (key: string, drawing: Drawing, box: Box, readers: ReadonlyMap<string, readonly string[]>): Box | undefined => {
  switch (key) {
    case 'ArrowDown':
      return nearestTo(box, followers(drawing, box, readers));
    case 'ArrowUp':
      return nearestTo(box, leaders(drawing, box));
    case 'ArrowLeft':
      return beside(drawing, box, -1);
    case 'ArrowRight':
      return beside(drawing, box, 1);
    default:
      return undefined;
  }
};

/** The one that is nearest by rank, and of those the one most straight ahead. */
const nearestTo = (box: Box, boxes: readonly Box[]): Box | undefined => {
  const distance = (other: Box): number => Math.abs(other.y - box.y) + Math.abs(middle(other) - middle(box)) / 1000;
  return boxes.length === 0 ? undefined : boxes.reduce((best, other) => (distance(other) < distance(best) ? other : best));
};

const beside = (drawing: Drawing, box: Box, side: 1 | -1): Box | undefined => {
  const height = (one: Box): number => one.y + one.height / 2;
  const candidates = solid(drawing).filter(
    (other) => other !== box && side * (middle(other) - middle(box)) > 0 && Math.abs(height(other) - height(box)) < 3 * box.height,
  );
  const distance = (other: Box): number => Math.abs(middle(other) - middle(box)) + 2 * Math.abs(height(other) - height(box));
  return candidates.length === 0 ? undefined : candidates.reduce((best, other) => (distance(other) < distance(best) ? other : best));
};

/** A smooth line that leaves and arrives straight down. */
export const pathOf = (points: readonly Point[]): string => {
  const [first, ...rest] = points;
  if (!first) return '';
  let before = first;
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  for (const point of rest) {
    const half = (before.y + point.y) / 2;
    parts.push(
      point.x === before.x
        ? `V${round(point.y)}`
        : `C${round(before.x)} ${round(half)} ${round(point.x)} ${round(half)} ${round(point.x)} ${round(point.y)}`,
    );
    before = point;
  }
  return parts.join('');
};

const round = (value: number): number => Math.round(value * 10) / 10;
