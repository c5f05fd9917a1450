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
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  const { left, top } = element.getBoundingClientRect();
  context.scale(ratio, ratio);
  context.translate(element.scrollLeft - left, element.scrollTop - top);
  draw(context, element);
  return (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer();
};

const draw = (context: OffscreenCanvasRenderingContext2D, element: HTMLElement): void => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    // Controls are no part of what is shown with them.
    acceptNode: (node) =>
      node instanceof HTMLElement && node.matches('button, select, input, label, [hidden], [data-control]')
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof HTMLCanvasElement) drawCanvas(context, node);
    else if (node instanceof Text) drawText(context, node);
    else if (node instanceof HTMLElement) drawBackground(context, node);
  }
};

const drawCanvas = (context: OffscreenCanvasRenderingContext2D, canvas: HTMLCanvasElement): void => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (canvas.width > 0 && canvas.height > 0 && width > 0) context.drawImage(canvas, left, top, width, height);
};

const drawBackground = (context: OffscreenCanvasRenderingContext2D, element: HTMLElement): void => {
  const { backgroundColor } = getComputedStyle(element);
  if (backgroundColor === 'rgba(0, 0, 0, 0)' || backgroundColor === 'transparent') return;
  const { left, top, width, height } = element.getBoundingClientRect();
  context.fillStyle = backgroundColor;
  context.fillRect(left, top, width, height);
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
