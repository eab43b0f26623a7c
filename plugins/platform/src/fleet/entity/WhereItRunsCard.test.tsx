import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../../dev/FixtureApi';
import type { Situation } from '../../../dev/situations';
import { renderEntity } from '../../__testUtils__/renderEntity';
import { WhereItRunsCard } from './WhereItRunsCard';

const open = (options: {
  situation?: Situation;
  entity?: string;
  pages?: boolean;
}) =>
  renderEntity(<WhereItRunsCard />, {
    api: new FixtureApi(options.situation),
    entity: options.entity ?? 'component:default/cart',
    pages: options.pages,
  });

const card = () => screen.getByRole('region', { name: 'Where it runs' });
const rows = async () =>
  (await within(card()).findAllByRole('row'))
    .slice(1)
    .map(row => row.textContent);

describe('WhereItRunsCard', () => {
  afterEach(() => jest.useRealTimers());

  it('lists the worst five workloads with what is ready, how old, how fresh', async () => {
    await open({});
    expect(await rows()).toEqual([
      expect.stringMatching(
        /^shop-prod-uscart Deployment▲5 \/ 6cart:4\.18\.1 older\d+ s ago$/,
      ),
      expect.stringMatching(
        /^edge-prodcart Deployment2 \/ 2cart:4\.18\.25 h agounreachable$/,
      ),
      expect.stringMatching(
        /^shop-prod-eucart Deployment6 \/ 6cart:4\.18\.2\d+ s ago$/,
      ),
      'data-stagecart Deployment–cart:4.19.0-rc1pods not collected',
      expect.stringMatching(
        /^shop-devcart Deployment1 \/ 1cart:4\.19\.0-rc1\d+ s ago$/,
      ),
    ]);
    expect(card()).toHaveTextContent('5 clusters · 1 not ready');
    expect(card()).toHaveTextContent(
      'matched by label backstage.io/kubernetes-id=cart',
    );
    expect(
      within(card()).getByRole('link', { name: 'All 6 workloads' }),
    ).toHaveAttribute('href', '/entity/where-it-runs');
    expect(
      within(card()).getByRole('link', { name: 'edge-prod' }),
    ).toHaveAttribute('href', '/platform/fleet/clusters/edge-prod');
  });

  it('does without links in a portal that leaves out the pages', async () => {
    await open({ pages: false });
    expect(await rows()).toHaveLength(5);
    expect(within(card()).queryByRole('link')).not.toBeInTheDocument();
  });

  it('says what to write when nothing selects workloads', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await open({ entity: 'component:default/docs' });
    expect(
      await screen.findByText(/Add this to its catalog-info\.yaml/),
    ).toBeInTheDocument();
    const [annotation, label] = screen.getAllByRole('button', { name: 'Copy' });
    await user.click(annotation);
    expect(copied).toHaveBeenLastCalledWith(
      'metadata:\n  annotations:\n    backstage.io/kubernetes-id: docs',
    );
    await user.click(label);
    expect(copied).toHaveBeenLastCalledWith(
      'metadata:\n  labels:\n    backstage.io/kubernetes-id: docs',
    );
    expect(
      screen.getByRole('link', { name: /How workloads are matched/ }),
    ).toHaveAttribute('href', expect.stringContaining('kubernetes'));
  });

  it('says what its annotation selects when that is nothing', async () => {
    await open({ entity: 'component:default/jobs' });
    expect(
      await screen.findByText('backstage.io/kubernetes-id: jobs'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Add this/)).not.toBeInTheDocument();
  });

  it('shows which annotation is broken, and what works nevertheless', async () => {
    await open({ entity: 'component:default/search' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The annotation backstage.io/kubernetes-label-selector can not be used: Expected ")" at the end of the set. Write "app in (search)". It says app in (search',
    );
    expect(await rows()).toHaveLength(5);
  });

  it.each([
    ['group:default/team-shop', 'through what team-shop owns'],
    ['system:default/checkout', 'through what is part of checkout'],
    ['resource:default/shop-prod-eu', 'everything on this cluster'],
  ])('says for %s how its workloads are found', async (entity, words) => {
    await open({ entity });
    expect(await rows()).toHaveLength(5);
    expect(card()).toHaveTextContent(words);
  });

  it('does not take unknown for nowhere', async () => {
    await open({ situation: 'catalogNeverRead' });
    expect(await screen.findByText('Not known yet')).toBeInTheDocument();
    expect(screen.queryByText(/runs on no cluster/)).not.toBeInTheDocument();
  });

  it('says how old the owners are while the catalog is down', async () => {
    await open({ situation: 'catalogDown' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Owners are those of 24 h ago: the catalog could not be read since\. .*503/,
    );
    expect(await rows()).toHaveLength(5);
  });

  it('says that it is loading', async () => {
    await open({ situation: 'loading' });
    expect(within(card()).getByText('Loading')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    await open({ situation: 'forbidden' });
    expect(
      await screen.findByText('You may not see where cart runs'),
    ).toBeInTheDocument();
    expect(screen.getByText(/platform\.cluster\.read/)).toBeInTheDocument();
  });

  it('says what broke', async () => {
    await open({ situation: 'broken' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not load where cart runs',
    );
  });

  it('keeps the last answer when a refresh fails, and says since when', async () => {
    jest.useFakeTimers();
    await open({ situation: 'stale' });
    expect(await rows()).toHaveLength(5);
    await act(() => jest.advanceTimersByTimeAsync(30_000));
    expect(screen.getByRole('alert')).toHaveTextContent(
      /Could not refresh.*30 s ago.*does not answer/,
    );
    expect(await rows()).toHaveLength(5);
  });

  it('says that the entity is gone', async () => {
    await open({ entity: 'component:default/old' });
    expect(
      await screen.findByText(
        'The catalog has no component:default/old any more',
      ),
    ).toBeInTheDocument();
  });
});
