import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Channel } from '../../engine/batchNorm/formulas';
import { columns, type Column, type ColumnId, type Sort } from './columns';
import { offText } from './words';

/** Height of a row and of what the table shows at once, CSS pixels; the style sheet has the same. */
const ROW = 22;
const SHOWN = 10;

interface ChannelTableProps {
  /** In the order in which they are shown. */
  readonly channels: readonly Channel[];
  readonly selected: number;
  readonly sort: Sort;
  readonly choose: (channel: number) => void;
  readonly sortBy: (column: ColumnId) => void;
}

/** All channels, of which only those in sight are elements. The arrow keys go from one to the next. */
export const ChannelTable = ({ channels, selected, sort, choose, sortBy }: ChannelTableProps): JSX.Element => {
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const at = channels.findIndex((channel) => channel.index === selected);
  useEffect(() => {
    const { current } = frame;
    // The head sticks to the top and covers one row's height.
    if (!current || at < 0) return;
    if (at * ROW < current.scrollTop) current.scrollTop = at * ROW;
    else if ((at + 2) * ROW > current.scrollTop + current.clientHeight) current.scrollTop = (at + 2) * ROW - current.clientHeight;
  }, [at]);
  const press = (event: KeyboardEvent): void => {
    const next = nextRow(event.key, at, channels.length);
    const channel = next === undefined ? undefined : channels[next];
    if (!channel || event.target !== event.currentTarget) return;
    event.preventDefault();
    choose(channel.index);
  };
  const first = Math.max(0, Math.floor(top / ROW) - SHOWN);
  const last = Math.min(channels.length, first + 3 * SHOWN);
  return (
    <div
      class="channels"
      ref={frame}
      role="grid"
      aria-label="Channels"
      aria-rowcount={channels.length + 1}
      aria-activedescendant={at >= first && at < last ? rowId(selected) : undefined}
      tabIndex={0}
      onKeyDown={press}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div class="channels-head" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <Head key={column.id} column={column} sort={sort} sortBy={sortBy} />
        ))}
      </div>
      <div class="channels-room" role="presentation" style={{ height: `${first * ROW}px` }} />
      {channels.slice(first, last).map((channel, k) => (
        <Row key={channel.index} channel={channel} place={first + k} selected={channel.index === selected} choose={choose} />
      ))}
      <div class="channels-room" role="presentation" style={{ height: `${(channels.length - last) * ROW}px` }} />
    </div>
  );
};

const rowId = (channel: number): string => `channel-${channel}`;

interface HeadProps {
  readonly column: Column;
  readonly sort: Sort;
  readonly sortBy: (column: ColumnId) => void;
}

const Head = ({ column, sort, sortBy }: HeadProps): JSX.Element => {
  const sorts = sort.by === column.id;
  return (
    <div class="channels-cell" role="columnheader" aria-sort={sorts ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" title={`${column.title}. Sorts the table.`} onClick={() => sortBy(column.id)}>
        {column.label}
        <span aria-hidden="true">{sorts ? (sort.descending ? ' ▾' : ' ▴') : ''}</span>
      </button>
    </div>
  );
};

interface RowProps {
  readonly channel: Channel;
  readonly place: number;
  readonly selected: boolean;
  readonly choose: (channel: number) => void;
}

const Row = ({ channel, place, selected, choose }: RowProps): JSX.Element => (
  <div
    id={rowId(channel.index)}
    class={channel.off === undefined ? 'channels-row' : 'channels-row off'}
    role="row"
    aria-rowindex={place + 2}
    aria-selected={selected}
    data-channel={channel.index}
    title={channel.off && `Switched off: ${offText(channel.off)}.`}
    onClick={() => choose(channel.index)}
  >
    {columns.map((column) => (
      <span class="channels-cell" role="gridcell" key={column.id}>
        {column.show(channel)}
      </span>
    ))}
  </div>
);

const nextRow = (key: string, at: number, count: number): number | undefined => {
  const to = (row: number): number => Math.min(count - 1, Math.max(0, row));
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + SHOWN);
    case 'PageUp':
      return to(at - SHOWN);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
};
