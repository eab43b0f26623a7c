import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** How a list is narrowed, sorted and paged, as the address bar holds it. */
export interface ListQuery {
  /** Values by filter name; absent names are not filtered by. */
  filters: Record<string, string[]>;
  search: string;
  sort: string;
  order: 'asc' | 'desc';
  cursor?: string;
  /** 1 for the first page; cursors do not tell. */
  page: number;
}

/** A list's place in the address, and the ways to change it. */
export interface ListQueryState {
  query: ListQuery;
  setFilter: (name: string, values: string[]) => void;
  setSearch: (text: string) => void;
  /** Sorts by a column, or turns the order round if it is sorted so already. */
  toggleSort: (column: string) => void;
  goTo: (place: { cursor: string | undefined; page: number }) => void;
  clear: () => void;
}

/** Options of {@link useListQuery}. */
export interface UseListQueryOptions {
  /** The filters the list knows; other parameters of the address are left alone. */
  filters: readonly string[];
  defaultSort: { column: string; order: 'asc' | 'desc' };
  /** Put before every parameter, for a second list on one page: `runs.` */
  prefix?: string;
}

/**
 * Keeps a list's filters, search, sort and page in the address, so that a link
 * shows another person the same rows.
 */
export function useListQuery(options: UseListQueryOptions): ListQueryState {
  const { prefix = '', defaultSort } = options;
  const names = options.filters.join();
  const [params, setParams] = useSearchParams();

  const query = useMemo<ListQuery>(() => {
    const filters: Record<string, string[]> = {};
    for (const name of names.split(',').filter(Boolean)) {
      const values = params.getAll(prefix + name);
      if (values.length > 0) {
        filters[name] = values;
      }
    }
    const order = params.get(`${prefix}order`);
    return {
      filters,
      search: params.get(`${prefix}q`) ?? '',
      sort: params.get(`${prefix}sort`) ?? defaultSort.column,
      order: order === 'asc' || order === 'desc' ? order : defaultSort.order,
      cursor: params.get(`${prefix}cursor`) ?? undefined,
      page: Math.max(1, Number(params.get(`${prefix}page`)) || 1),
    };
  }, [params, prefix, names, defaultSort.column, defaultSort.order]);

  /** Any change but turning the page starts again at the first one. */
  const change = useCallback(
    (edit: (next: URLSearchParams) => void) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          next.delete(`${prefix}cursor`);
          next.delete(`${prefix}page`);
          edit(next);
          return next;
        },
        { replace: true },
      ),
    [setParams, prefix],
  );

  return {
    query,
    setFilter: (name, values) =>
      change(next => {
        next.delete(prefix + name);
        values.forEach(value => next.append(prefix + name, value));
      }),
    setSearch: text =>
      change(next =>
        text ? next.set(`${prefix}q`, text) : next.delete(`${prefix}q`),
      ),
    toggleSort: column =>
      change(next => {
        const turned = query.order === 'asc' ? 'desc' : 'asc';
        next.set(`${prefix}sort`, column);
        next.set(`${prefix}order`, query.sort === column ? turned : 'asc');
      }),
    goTo: ({ cursor, page }) =>
      change(next => {
        if (cursor && page > 1) {
          next.set(`${prefix}cursor`, cursor);
          next.set(`${prefix}page`, String(page));
        }
      }),
    clear: () =>
      change(next => {
        [...names.split(','), 'q'].forEach(name => next.delete(prefix + name));
      }),
  };
}
