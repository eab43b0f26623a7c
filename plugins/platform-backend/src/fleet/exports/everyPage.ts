/** Rows of one page, and where the next one begins. */
interface ExportPage<T> {
  items: T[];
  pageInfo: { nextCursor?: string };
}

/** How many rows an export reads at a time. */
const ROWS = 500;

/** Walks a list from its first to its last page, one page in memory at a time. */
export async function* everyPage<T>(
  read: (place: { limit: number; cursor?: string }) => Promise<ExportPage<T>>,
): AsyncIterable<T> {
  let cursor: string | undefined;
  do {
    const page: ExportPage<T> = await read({ limit: ROWS, cursor });
    yield* page.items;
    cursor = page.pageInfo.nextCursor;
  } while (cursor !== undefined);
}
