import type { JSX } from 'preact';
import { partOf } from '../state/arranged';
import { usePanel } from './context';
import { Detail } from './detail/Detail';
import { Divider } from './Divider';
import { Dock } from './Dock';
import { Header, Progress } from './Header';
import { InputRow } from './input/InputRow';
import { LayersView } from './layers/LayersView';
import { Failure, Nothing, Notices } from './Notices';
import { Status } from './Status';

export const App = (): JSX.Element => {
  const { store } = usePanel();
  const nothing = store.nothing.value;
  const failure = store.failure.value;
  if (nothing !== undefined) return <Nothing reason={nothing} />;
  if (!store.model.value) return <Nothing reason="Waiting for a model." />;
  return (
    <div
      class={store.stale.value === undefined ? 'panel' : 'panel stale'}
      data-phase={failure === undefined ? store.phase.value.kind : 'failed'}
    >
      <Header />
      <Progress />
      <Notices />
      {failure !== undefined && <Failure text={failure} />}
      <InputRow />
      <main class="body" style={{ '--layers-part': `${partOf(store.arranged.value) * 100}%` }}>
        <LayersView />
        <Divider />
        <Detail />
      </main>
      <Dock />
      <Status />
    </div>
  );
};
