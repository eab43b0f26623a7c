import { toError } from '@backstage/errors';
import type {
  Facets,
  RequestOptions,
} from '@roadbed/backstage-plugin-platform-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FilterDefinition, FilterOption } from './FilterMenu';

/** Options of {@link useFacets}. */
export interface UseFacetsOptions<Query> {
  /** What the list is narrowed by now; its sort and page do not matter. */
  query: Query;
  load: (query: Query, options: RequestOptions) => Promise<Facets>;
}

/** How one facet is shown as a filter. */
export interface FacetFilter {
  /** The query parameter, as the facet is called. */
  name: string;
  label: string;
  /** A value in words; absent: the value itself. */
  labelOf?: (value: string) => string;
  /** Orders the values; absent: most rows first. */
  order?: (a: string, b: string) => number;
}

interface Answer {
  key: string;
  facets?: Facets;
  error?: Error;
}

/**
 * The values that the filters of a list can take, with how many rows each
 * would leave, counted by the server.
 *
 * @remarks
 * Nothing is read before somebody opens a filter: most readers never do. From
 * then on the counts follow what the list is narrowed by, the earlier ones
 * staying in sight until the new ones are there.
 */
export function useFacets<Query>(
  options: UseFacetsOptions<Query>,
): (filter: FacetFilter) => FilterDefinition {
  const key = JSON.stringify(options.query);
  const latest = useRef(options);
  latest.current = options;
  const [asked, setAsked] = useState(0);
  const [answer, setAnswer] = useState<Answer>();

  useEffect(() => {
    if (asked === 0) {
      return undefined;
    }
    const given = new AbortController();
    const { signal } = given;
    const { query, load } = latest.current;
    load(query, { signal }).then(
      facets => {
        if (!signal.aborted) setAnswer({ key, facets });
      },
      cause => {
        if (!signal.aborted) {
          setAnswer(before => ({ ...before, key, error: toError(cause) }));
        }
      },
    );
    return () => given.abort();
  }, [asked, key]);

  const fresh = answer?.key === key && !answer.error;
  const onOpen = useCallback(() => setAsked(count => count + 1), []);

  return ({ name, label, labelOf, order }) => {
    const facet = answer?.facets?.facets.find(other => other.name === name);
    const choices: FilterOption[] = (facet?.values ?? []).map(
      ({ value, count }) => ({
        value,
        label: labelOf?.(value) ?? value,
        count,
      }),
    );
    return {
      name,
      label,
      labelOf,
      options: order
        ? choices.sort((a, b) => order(a.value, b.value))
        : choices,
      more: facet?.more,
      loading: !fresh && !answer?.error,
      error: answer?.error,
      onOpen,
    };
  };
}
