import { Content } from '@backstage/core-components';
import { NotAllowedError } from '@backstage/errors';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import type { ReactNode } from 'react';
import type { Severity } from '../src/components/colors';
import { Copyable } from '../src/components/Copyable';
import { CopyButton } from '../src/components/CopyButton';
import { DataTable, type Column } from '../src/components/DataTable';
import { EmptyState } from '../src/components/EmptyState';
import { Facts } from '../src/components/Facts';
import { LoadingState } from '../src/components/LoadingState';
import { Notice } from '../src/components/Notice';
import { PageTitle } from '../src/components/PageTitle';
import { Pager } from '../src/components/Pager';
import { Panel } from '../src/components/Panel';
import { PopoverButton } from '../src/components/PopoverButton';
import { ProblemState } from '../src/components/ProblemState';
import { RelativeTime } from '../src/components/RelativeTime';
import { Stack } from '../src/components/Stack';
import { StaleBanner } from '../src/components/StaleBanner';
import { StepChart } from '../src/components/StepChart';
import { Tile } from '../src/components/Tile';
import { TileStrip } from '../src/components/TileStrip';
import { VerdictChip } from '../src/components/VerdictChip';
import { WhyPopover } from '../src/components/WhyPopover';
import { inDays, secondsAgo } from './fixtures';
import { GalleryLists } from './GalleryLists';
import { SITUATIONS } from './situations';

const SEVERITIES: Severity[] = [
  'error',
  'warning',
  'unknown',
  'info',
  'neutral',
  'ok',
];

interface Pool {
  name: string;
  nodes: number;
  note: string;
}

const pools: Array<Column<Pool>> = [
  { id: 'name', header: 'Pool', render: ({ name }) => name },
  {
    id: 'nodes',
    header: 'Nodes',
    numeric: true,
    render: ({ nodes }) => nodes,
  },
  {
    id: 'note',
    header: 'Folds below 900 px',
    foldBelow: 900,
    render: ({ note }) => note,
  },
];

const nothing = () => {};

/** A state of a part, named, in a panel. */
const State = (props: { name: string; children: ReactNode }) => (
  <Panel title={props.name}>
    <div style={{ padding: 16 }}>{props.children}</div>
  </Panel>
);

const Words = () => (
  <>
    <State name="VerdictChip: every severity">
      {SEVERITIES.map(severity => (
        <span key={severity}>
          <VerdictChip severity={severity} label={severity} />{' '}
        </span>
      ))}
    </State>
    <State name="RelativeTime: seconds, hours, never">
      <RelativeTime instant={secondsAgo(40)} /> ·{' '}
      <RelativeTime instant={secondsAgo(5 * 3600)} /> ·{' '}
      <RelativeTime instant={null} fallback="never" />
    </State>
    <State name="Copyable, CopyButton, PopoverButton, WhyPopover">
      <Copyable text="v1.34.4" /> <CopyButton text="rule" label="Copy it" />{' '}
      <PopoverButton title="More" words="Show more">
        What is shown when it is opened
      </PopoverButton>{' '}
      <WhyPopover
        subject="3 clusters"
        formula="Clusters that answer"
        sources="The ledger"
        asOf={secondsAgo(10)}
      />
    </State>
    <State name="Facts">
      <Facts
        facts={[
          ['Name', 'shop-prod-eu'],
          ['Identity', '4f1c7a52-20e6-4c0a-9a3f-6f2f0e5f7a11'],
        ]}
      />
    </State>
  </>
);

const Messages = () => (
  <>
    <Notice action={<Button size="small">Dismiss</Button>}>
      Notice: something about the whole page
    </Notice>
    <StaleBanner
      error={new Error('The database does not answer')}
      loadedAt={Date.now() - 90_000}
      onRetry={nothing}
    />
    <State name="EmptyState">
      <EmptyState title="Nothing yet" action={<Button>Add one</Button>}>
        What to do next
      </EmptyState>
    </State>
    <State name="LoadingState">
      <LoadingState rows={3} />
    </State>
    <State name="ProblemState: broken">
      <ProblemState
        error={new Error('The database does not answer')}
        permission="platform.cluster.read"
        subject="the clusters"
        onRetry={nothing}
      />
    </State>
    <State name="ProblemState: forbidden">
      <ProblemState
        error={new NotAllowedError('Unauthorized')}
        permission="platform.cluster.read"
        subject="the clusters"
        onRetry={nothing}
      />
    </State>
  </>
);

const Figures = () => (
  <>
    <TileStrip label="Tile: every severity">
      {SEVERITIES.map(severity => (
        <Tile
          key={severity}
          severity={severity}
          value="12"
          words={severity}
          sub="The telling detail, which goes on for longer than the two lines that it is given here"
          to="/gallery"
        />
      ))}
    </TileStrip>
    <Panel title="StepChart: an upgrade, and days that are not known">
      <StepChart
        label="Nodes"
        points={Array.from({ length: 30 }, (_, index) => ({
          day: inDays(index - 29),
          value: index > 8 && index < 12 ? null : 40 + Math.floor(index / 6),
        }))}
        markers={[{ day: inDays(-10), label: 'v1.34.4' }]}
      />
    </Panel>
    <Panel title="DataTable: rows, sort and fold">
      <DataTable
        label="Pools"
        columns={pools}
        rows={[
          { name: 'general', nodes: 48, note: 'stays on one line if it can' },
          { name: 'x'.repeat(253), nodes: 3, note: 'a name of 253 characters' },
        ]}
        rowKey={({ name }) => name}
      />
      <Pager range="51–100 of 140" page={2} nextCursor="a" goTo={nothing} />
    </Panel>
  </>
);

/** Every shared part in each of its states, and the way to every situation. */
export const Gallery = () => (
  <Content>
    <Stack>
      <PageTitle title="Gallery" summary="The shared parts in each state" />
      <State name="The pages in every situation (reloads the app)">
        <ul>
          {Object.entries(SITUATIONS).map(([situation, words]) => (
            <li key={situation}>
              <Link
                underline="always"
                href={`/platform/fleet?situation=${situation}`}
              >
                {situation}
              </Link>
              : {words}
            </li>
          ))}
        </ul>
      </State>
      <Words />
      <Messages />
      <Figures />
      <GalleryLists />
    </Stack>
  </Content>
);
