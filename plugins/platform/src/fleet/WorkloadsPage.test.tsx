import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../../dev/FixtureApi';
import { renderPages } from '../__testUtils__/renderPages';

const address = () => screen.getByTestId('address').textContent;

async function names(): Promise<string[]> {
  const list = await screen.findByRole('region', { name: 'Workloads' });
  return (await within(list).findAllByRole('rowheader')).map(
    header => header.textContent ?? '',
  );
}

describe('WorkloadsPage', () => {
  it('turns pages by the cursors of the server and keeps them in the address', async () => {
    const user = userEvent.setup();
    await renderPages({ api: new FixtureApi(), at: '/platform/workloads' });
    expect((await names())[0]).toBe('service-006');
    expect(await names()).toHaveLength(50);
    expect(screen.getByText('1–50 of 140')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled();

    await user.click(screen.getByRole('button', { name: 'Next' }));
    await waitFor(async () =>
      expect(await names()).not.toContain('service-006'),
    );
    expect(address()).toBe('/platform/workloads?cursor=50&page=2');

    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('101–140 of 140')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
  });

  it('starts again at the first page when the order changes', async () => {
    const user = userEvent.setup();
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/workloads?cursor=50&page=2',
    });
    await names();
    const header = screen.getByRole('columnheader', { name: /Workload/ });
    await user.click(within(header).getByRole('button'));
    await waitFor(async () => expect((await names())[0]).toBe('service-000'));
    expect(address()).toBe('/platform/workloads?sort=name&order=asc');
  });

  it('shows the cluster of a link as a filter that can be removed', async () => {
    const user = userEvent.setup();
    await renderPages({
      api: new FixtureApi(),
      at: '/platform/workloads?cluster=lab&cluster=edge-prod&status=not_ready',
    });
    expect(await names()).not.toHaveLength(0);
    const verdicts = screen.getAllByText('not ready', { selector: 'td span' });
    expect(verdicts).toHaveLength((await names()).length);
    await user.click(
      screen.getByRole('button', { name: 'Remove filter cluster: lab' }),
    );
    await waitFor(() =>
      expect(address()).toBe(
        '/platform/workloads?status=not_ready&cluster=edge-prod',
      ),
    );
  });

  it('says what the server refused about the address', async () => {
    const api = new FixtureApi();
    jest
      .spyOn(api, 'listWorkloads')
      .mockRejectedValue(
        new Error('Query parameter "status": expected one of failed, ready'),
      );
    await renderPages({ api, at: '/platform/workloads?status=bogus' });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Query parameter "status"',
    );
  });
});
