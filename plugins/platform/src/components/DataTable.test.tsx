import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { selectColumns, type Column } from './Column';
import { DataTable } from './DataTable';

interface Row {
  name: string;
  kind: string;
  remark?: string;
}

const columns: Array<Column<Row>> = [
  { id: 'name', header: 'Name', render: ({ name }) => name },
  {
    id: 'kind',
    header: 'Kind',
    sort: 'kind',
    foldBelow: 600,
    render: ({ kind }) => kind,
  },
  {
    id: 'remark',
    header: 'Remark',
    foldBelow: 600,
    render: ({ remark }) => remark,
  },
];

async function renderAt(width: number) {
  jest
    .spyOn(HTMLElement.prototype, 'clientWidth', 'get')
    .mockReturnValue(width);
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  const toggle = jest.fn();
  await renderInTestApp(
    <DataTable
      label="Things"
      columns={columns}
      rows={[{ name: 'cart', kind: 'Deployment' }]}
      rowKey={({ name }) => name}
      sort={{ by: 'name', order: 'asc', toggle }}
    />,
  );
  return toggle;
}

describe('DataTable', () => {
  afterEach(() => jest.restoreAllMocks());

  it('shows all columns side by side where there is room', async () => {
    await renderAt(900);
    expect(
      screen.getAllByRole('columnheader').map(header => header.textContent),
    ).toEqual(['Name', 'Kind', 'Remark']);
  });

  it('moves what has no room to a second line, still named and sortable', async () => {
    const user = userEvent.setup();
    const toggle = await renderAt(500);
    expect(
      screen.getAllByRole('columnheader').map(header => header.textContent),
    ).toEqual(['Name']);
    const rows = screen.getAllByRole('row');
    const line = within(rows[rows.length - 1]);
    expect(line.getByRole('term')).toHaveTextContent('Kind');
    expect(line.getByRole('definition')).toHaveTextContent('Deployment');
    await user.click(screen.getByRole('button', { name: 'Kind' }));
    expect(toggle).toHaveBeenCalledWith('kind');
  });
});

describe('selectColumns', () => {
  const ids = (chosen?: string[]) =>
    selectColumns(columns, chosen).map(({ id }) => id);

  it('takes the order that is asked for and keeps what names the row', () => {
    expect(ids()).toEqual(['name', 'kind', 'remark']);
    expect(ids(['remark', 'name'])).toEqual(['name', 'remark']);
  });

  it('names the columns there are when one is not', () => {
    expect(() => ids(['colour'])).toThrow(
      'There is no column "colour"; choose from name, kind, remark',
    );
  });
});
