import type { JSX } from 'preact';
import { usePanel } from './context';
import { pictureName, pictureOf } from './pictureFile';

/** Saves what an element shows as a PNG, where the person wants it. */
export const SavePicture = ({ of, name }: { readonly of: string; readonly name: string }): JSX.Element => {
  const { store, host } = usePanel();
  const save = async (): Promise<void> => {
    const element = document.getElementById(of);
    if (!element) return;
    try {
      const png = await pictureOf(element);
      await host.channel.request('save', { name: pictureName(store.model.value?.title ?? '', name), png });
    } catch (error) {
      host.send({ type: 'problem', text: `The picture was not saved: ${error instanceof Error ? error.message : String(error)}` });
    }
  };
  return (
    <button type="button" class="link save-picture" data-control onClick={() => void save()}>
      Save picture…
    </button>
  );
};
