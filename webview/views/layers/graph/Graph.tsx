import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { foldsAround, rowIdOf } from '../../../state/folding/rows';
import { stepsIn } from '../../../state/folding/wiring';
import { usePanel } from '../../context';
import { SavePicture } from '../../SavePicture';
import { BoxView, boxElement } from './BoxView';
import { useInSight } from '../useInSight';
import { layOut, type Box } from './layout';
import { boxOf, follow, pathOf } from './moves';
import { fitted, opened, PAN_STEP, shownBox, stepZoom, usePanZoom, visible, ZOOM_STEP } from './panZoom';

/** The model as a graph: values flow from top to bottom, folds are boxes. Arrows follow the lines, with Shift they move the picture. */
export const Graph = (): JSX.Element => {
  const { store, controller, layers } = usePanel();
  const frame = useRef<HTMLDivElement>(null);
  const branches = layers.branches.value;
  const isOpen = layers.isOpen.value;
  const readers = layers.readers.value;
  const drawing = useMemo(() => layOut(branches, isOpen, readers), [branches, isOpen, readers]);
  const { view, size, setView } = usePanZoom(frame);
  const selected = store.selected.value;
  const current = drawing.boxes.find((box) => !box.open && box.id === layers.fold.value) ?? boxOf(drawing, selected);
  // Another model is seen as wide as it is, as far as that can be read; then the picture stays where the person put it.
  useEffect(() => setView(opened(drawing, size())), [branches]);
  useEffect(() => {
    const box = boxOf(drawing, selected);
    if (box) setView((now) => shownBox(box, now, size()));
  }, [selected]);
  const go = (box: Box | undefined): void => {
    if (!box) return;
    const { branch } = box;
    if (branch.kind === 'layer') controller.choose(branch.step.key, false);
    else layers.fold.value = box.id;
    setView((now) => shownBox(box, now, size()));
  };
  const enter = (box: Box): void => {
    const { branch } = box;
    if (branch.kind === 'layer') return controller.choose(branch.step.key, true);
    const [first] = branch.steps;
    layers.setOpen([branch], true);
    if (first) controller.choose(first.key, false);
  };
  const closeAround = (): void => {
    const [key] = current ? stepsIn(current.branch).map((step) => step.key) : [];
    const around = key === undefined ? [] : foldsAround(branches, key).filter((fold) => isOpen(fold));
    const innermost = around[around.length - 1];
    if (!innermost) return;
    layers.setOpen([innermost], false);
    layers.fold.value = rowIdOf(innermost);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = event.shiftKey ? PAN_STEP[event.key] : undefined;
    if (pan) setView((now) => ({ ...now, x: now.x - pan.x, y: now.y - pan.y }));
    else if (event.key === '+' || event.key === '=') setView((now) => stepZoom(now, size(), ZOOM_STEP));
    else if (event.key === '-') setView((now) => stepZoom(now, size(), 1 / ZOOM_STEP));
    else if (event.key === '0') setView(fitted(drawing, size()));
    else if (event.key === 'Backspace') closeAround();
    else if (event.key === 'Enter' && current) enter(current);
    else if (event.key.startsWith('Arrow'))
      go(current ? follow(event.key, drawing, current, readers) : drawing.boxes.find((box) => !box.open));
    else return;
    event.preventDefault();
  };
  const seen = visible(drawing, view, size());
  useInSight([...seen.boxes].flatMap((box) => (box.open ? [] : [box.branch])));
  const hits = new Set(layers.searching.value ? layers.hits.value.map((step) => step.key) : []);
  return (
    <div class="graph">
      <div
        class="graph-frame"
        id="graph-frame"
        ref={frame}
        role="listbox"
        aria-label="Graph of layers. Arrows follow the lines, Enter opens a fold or goes to the source, Backspace closes the fold around."
        aria-activedescendant={current && boxElement(current.id)}
        tabIndex={0}
        data-boxes={drawing.boxes.length}
        onKeyDown={press}
      >
        <div class="graph-paper" role="presentation" style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}>
          <svg class="graph-lines" width={drawing.width} height={drawing.height} aria-hidden="true">
            {seen.lines.map((line) => (
              <path
                key={`${line.from}>${line.to}`}
                d={pathOf(line.points)}
                class={line.from === current?.id || line.to === current?.id ? 'now' : ''}
              />
            ))}
          </svg>
          {drawing.boxes.map((box, index) =>
            seen.boxes.has(box) || box === current ? (
              <BoxView
                key={box.id}
                box={box}
                position={index + 1}
                count={drawing.boxes.length}
                current={box === current}
                selected={box.branch.kind === 'layer' && box.branch.step.key === selected}
                hit={hits.size > 0 && stepsIn(box.branch).some((step) => hits.has(step.key))}
                choose={() => go(box)}
                enter={() => enter(box)}
                close={() => box.branch.kind === 'fold' && layers.setOpen([box.branch], false)}
              />
            ) : null,
          )}
        </div>
      </div>
      <div class="graph-tools">
        <SavePicture of="graph-frame" name="graph" />
        <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => setView((now) => stepZoom(now, size(), ZOOM_STEP))}>
          +
        </button>
        <button
          type="button"
          aria-label="Zoom out"
          title="Zoom out (-)"
          onClick={() => setView((now) => stepZoom(now, size(), 1 / ZOOM_STEP))}
        >
          −
        </button>
        <button type="button" title="The whole graph (0)" onClick={() => setView(fitted(drawing, size()))}>
          Fit
        </button>
      </div>
    </div>
  );
};
