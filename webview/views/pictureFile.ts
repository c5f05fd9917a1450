/** A picture of a part of the panel: what its canvases show, with the texts that stand beside them. */

/** The longest side of a saved picture, pixels; beyond it the picture is smaller than what it shows. */
const MOST_SIDE = 16_384;

/** PNG of an element as it is shown, the parts that are scrolled out of sight too. */
export const pictureOf = async (element: HTMLElement): Promise<ArrayBuffer> => {
  const { scrollWidth, scrollHeight } = element;
  const ratio = Math.min(window.devicePixelRatio, MOST_SIDE / Math.max(1, scrollWidth, scrollHeight));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(scrollWidth * ratio)), Math.max(1, Math.round(scrollHeight * ratio)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no memory for the picture.');
  // VS Code leaves the page's own background clear.
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  const { left, top } = element.getBoundingClientRect();
  context.scale(ratio, ratio);
  context.translate(element.scrollLeft - left, element.scrollTop - top);
  draw(context, element);
  return (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer();
};

/** What is no part of a picture. Links in a sentence and heads of a table are its words. */
const CONTROLS = 'button:not(.link, [role="columnheader"] *), select, input, label, [hidden], [data-control]';

const draw = (context: OffscreenCanvasRenderingContext2D, element: HTMLElement): void => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    // Controls are no part of what is shown with them.
    acceptNode: (node) => (node instanceof HTMLElement && node.matches(CONTROLS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof HTMLCanvasElement) drawCanvas(context, node);
    else if (node instanceof Text) drawText(context, node);
    else if (node instanceof SVGGeometryElement) drawShape(context, node);
    else if (node instanceof HTMLElement) drawBox(context, node);
  }
};

const drawCanvas = (context: OffscreenCanvasRenderingContext2D, canvas: HTMLCanvasElement): void => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (canvas.width > 0 && canvas.height > 0 && width > 0) context.drawImage(canvas, left, top, width, height);
};

const isClear = (color: string): boolean => color === 'rgba(0, 0, 0, 0)' || color === 'transparent' || color === 'none';

/** What stands behind a part's text, and the lines around it. */
const drawBox = (context: OffscreenCanvasRenderingContext2D, element: HTMLElement): void => {
  const { left, top, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  if (!isClear(style.backgroundColor)) {
    context.fillStyle = style.backgroundColor;
    context.fillRect(left, top, width, height);
  }
  const sides = [
    { side: 'top', x: left, y: top, along: width },
    { side: 'bottom', x: left, y: top + height, along: width },
    { side: 'left', x: left, y: top, along: height },
    { side: 'right', x: left + width, y: top, along: height },
  ] as const;
  for (const { side, x, y, along } of sides) {
    const wide = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
    const color = style.getPropertyValue(`border-${side}-color`);
    if (!(wide > 0) || isClear(color) || style.getPropertyValue(`border-${side}-style`) === 'none') continue;
    context.fillStyle = color;
    if (side === 'top' || side === 'bottom') context.fillRect(x, side === 'top' ? y : y - wide, along, wide);
    else context.fillRect(side === 'left' ? x : x - wide, y, wide, along);
  }
};

/** Bars of a histogram, lines of a graph: the shape where it stands on the screen, in its own colours. */
const drawShape = (context: OffscreenCanvasRenderingContext2D, shape: SVGGeometryElement): void => {
  const matrix = shape.getScreenCTM();
  const style = getComputedStyle(shape);
  if (!matrix) return;
  const path = new Path2D();
  path.addPath(outlineOf(shape), matrix);
  context.save();
  context.globalAlpha = Number(style.opacity);
  if (!isClear(style.fill)) {
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (!isClear(style.stroke)) {
    const fixed = style.getPropertyValue('vector-effect') === 'non-scaling-stroke';
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth) * (fixed ? 1 : Math.hypot(matrix.a, matrix.b));
    context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(Number.parseFloat));
    context.stroke(path);
  }
  context.restore();
};

const outlineOf = (shape: SVGGeometryElement): Path2D => {
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute('d') ?? '');
  const path = new Path2D();
  if (shape instanceof SVGRectElement) {
    const { x, y, width, height } = shape;
    path.rect(x.baseVal.value, y.baseVal.value, width.baseVal.value, height.baseVal.value);
  }
  return path;
};

/** Each word where it stands; words do not break, so lines fall as they do on the screen. */
const drawText = (context: OffscreenCanvasRenderingContext2D, node: Text): void => {
  const { parentElement } = node;
  if (!parentElement) return;
  const { color, font, visibility } = getComputedStyle(parentElement);
  if (visibility === 'hidden') return;
  context.fillStyle = color;
  context.font = font;
  context.textBaseline = 'middle';
  const range = document.createRange();
  for (const found of node.data.matchAll(/\S+/g)) {
    range.setStart(node, found.index);
    range.setEnd(node, found.index + found[0].length);
    const { left, top, height, width } = range.getBoundingClientRect();
    if (width > 0) context.fillText(found[0], left, top + height / 2);
  }
};

/** `lenet-c1.png`: a file's name of the parts that are letters and digits. */
export const pictureName = (...parts: readonly string[]): string => {
  const words = parts.map((part) => part.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')).filter((part) => part !== '');
  return `${words.join('-').slice(0, 80) || 'picture'}.png`;
};
