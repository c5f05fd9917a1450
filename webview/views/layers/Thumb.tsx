import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LayerRan } from '../../engine/contract/run';
import { usePanel } from '../context';

/** A layer's first maps. They are copied, for a row that is scrolled away comes back. */
export const Thumb = ({ ran }: { readonly ran: LayerRan | undefined }): JSX.Element => {
  const cut = usePanel().thumbnails.of(ran);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { current } = canvas;
    // A bitmap that was closed has no size any more: what is shown stays.
    if (!current || (cut && cut.bitmap.width === 0)) return;
    const { width = 0, height = 0 } = cut ?? {};
    current.width = width;
    current.height = height;
    current.style.width = `${width / window.devicePixelRatio}px`;
    current.style.height = `${height / window.devicePixelRatio}px`;
    if (cut) current.getContext('2d')?.drawImage(cut.bitmap, cut.x, cut.y, width, height, 0, 0, width, height);
  }, [cut]);
  return <canvas ref={canvas} width={0} height={0} aria-hidden="true" />;
};
