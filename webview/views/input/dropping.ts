import { useEffect } from 'preact/hooks';
import type { Inputs } from '../../state/inputs';

/** Pictures that are dropped anywhere onto the panel, or pasted, are fed in: into the input they are dropped onto, else the first that takes pictures. */
export const useDroppedPictures = (inputs: Inputs): void => {
  useEffect(() => {
    const take = (files: FileList | undefined, target: EventTarget | null): boolean => {
      const [file] = files ?? [];
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-feed]') : null;
      const feed = inputs.pictureFeed(row?.dataset['feed']);
      if (!file || !feed) return false;
      void inputs.choosePicture(feed.name, file, file.name);
      return true;
    };
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files') || !inputs.pictureFeed()) return;
      // Without this the browser would open the file in the panel's place.
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      if (take(event.dataTransfer?.files, event.target)) event.preventDefault();
    };
    const paste = (event: ClipboardEvent): void => {
      if (take(event.clipboardData?.files, event.target)) event.preventDefault();
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [inputs]);
};
