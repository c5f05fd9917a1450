import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface BitmapProps extends Omit<JSX.IntrinsicElements['canvas'], 'width' | 'height' | 'ref'> {
  /** Is handed over to the canvas; draw it nowhere else. */
  readonly bitmap: ImageBitmap | undefined;
}

/** Shows a bitmap of the engine, pixel by pixel: one of its pixels is one of the screen's. */
export const Bitmap = ({ bitmap, style: _style, ...rest }: BitmapProps): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { current } = canvas;
    // A bitmap that was handed over before has no size any more.
    if (!current || !bitmap || bitmap.width === 0) return;
    const { width, height } = bitmap;
    current.width = width;
    current.height = height;
    current.style.width = `${width / window.devicePixelRatio}px`;
    current.style.height = `${height / window.devicePixelRatio}px`;
    current.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  }, [bitmap]);
  return <canvas ref={canvas} width={0} height={0} {...rest} />;
};
