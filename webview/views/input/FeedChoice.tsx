import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedInfo } from '../../engine/contract/input';
import { MOST_TYPED } from '../../engine/inputs/typed';
import { exampleSize, padSide, type Held, type Source } from '../../state/sources';
import { usePanel } from '../context';
import { Digits } from './Digits';
import { OpenSizes } from './OpenSizes';
import { Pad } from './Pad';
import { PictureButton, PictureSettings } from './PictureChoice';
import { TypedValues } from './TypedValues';
import { missingText, sourceText } from './words';

interface FeedChoiceProps {
  readonly feed: FeedInfo;
  readonly source: Source;
  readonly held: Held | undefined;
  /** True where the model has other inputs as well. */
  readonly isOneOfMany: boolean;
  /** What stands behind the choices. */
  readonly children?: ComponentChildren;
}

/** One input of the model: what is fed in, and what else could be. */
export const FeedChoice = ({ feed, source, held, isOneOfMany, children }: FeedChoiceProps): JSX.Element => {
  const { inputs, store } = usePanel();
  const [typing, setTyping] = useState(false);
  const side = padSide(feed);
  const missing = missingText(inputs.wanted(feed.name), source);
  const choose = (next: Source): void => {
    setTyping(false);
    inputs.choose(feed.name, next);
  };
  const seed = source.kind === 'random' ? source.seed + 1 : (store.settings.value?.seed ?? 0);
  return (
    <div class="feed" role="group" aria-label={isOneOfMany ? `Input ${feed.name}` : 'Input'} data-feed={feed.name}>
      <div class="input-text">
        <span class="caption">{isOneOfMany ? feed.name : 'Input'}</span> {sourceText(feed, source, held)}
        {missing !== undefined && <span class="hint"> ({missing})</span>} <OpenSizes feed={feed} />
      </div>
      <div class="input-buttons">
        {feed.digit !== undefined && (
          <Digits chosen={source.kind === 'digit' ? source.digit : undefined} choose={(digit) => choose({ kind: 'digit', digit })} />
        )}
        {side !== undefined && <Choice name="Draw" pressed={source.kind === 'drawing'} choose={() => choose({ kind: 'drawing' })} />}
        {feed.picture && <PictureButton feed={feed} pressed={source.kind === 'picture'} />}
        <PictureSettings feed={feed} source={source} />
        <Choice
          name="Random"
          says={source.kind === 'random' ? 'Other random values' : 'Random values'}
          pressed={source.kind === 'random'}
          choose={() => choose({ kind: 'random', seed })}
        />
        <Choice name="Zeros" pressed={source.kind === 'zeros'} choose={() => choose({ kind: 'zeros' })} />
        {!feed.picture && exampleSize(feed) <= MOST_TYPED && (
          <Choice name="Type values" pressed={typing || source.kind === 'typed'} choose={() => setTyping(true)} />
        )}
        {children}
      </div>
      {(typing || source.kind === 'typed') && <TypedValues feed={feed} source={source} close={() => setTyping(false)} />}
      {source.kind === 'drawing' && side !== undefined && <Pad feed={feed} ink={inputs.inkOf(feed.name, side)} />}
    </div>
  );
};

interface ChoiceProps {
  readonly name: string;
  /** What it does, where the name alone does not tell it. */
  readonly says?: string;
  readonly pressed: boolean;
  readonly choose: () => void;
}

const Choice = ({ name, says, pressed, choose }: ChoiceProps): JSX.Element => (
  <button class="button" type="button" aria-label={says} title={says} aria-pressed={pressed} onClick={choose}>
    {name}
  </button>
);
