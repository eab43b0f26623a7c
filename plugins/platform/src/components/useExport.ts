import { toError } from '@backstage/errors';
import { useEffect, useRef, useState } from 'react';

/** What a list is saved as. */
export interface ExportDefinition {
  /** Without date and ending, such as `clusters`. */
  fileName: string;
  /** Reads all rows that pass the filters, as CSV. */
  load: (options: { signal: AbortSignal }) => Promise<string>;
}

/** How an export goes, and the ways to start and to forget it. */
export interface ExportState {
  running: boolean;
  /** Why the last one failed; gone when the next one starts. */
  error?: Error;
  start: () => void;
  dismiss: () => void;
}

/** Hands text to the browser as a file; nothing of it leaves the page. */
function save(name: string, csv: string): void {
  // The byte order mark tells spreadsheets that the text is UTF-8.
  const blob = new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Reads a list as CSV, with the reader's own sign-in, and saves it as a file. */
export function useExport(definition: ExportDefinition): ExportState {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error>();
  const given = useRef<AbortController>();

  // Whoever leaves the page does not wait for its file any more.
  useEffect(() => () => given.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    const { signal } = controller;
    given.current = controller;
    setRunning(true);
    setError(undefined);
    try {
      const csv = await definition.load({ signal });
      if (signal.aborted) return;
      const day = new Date().toISOString().slice(0, 10);
      save(`${definition.fileName}-${day}.csv`, csv);
    } catch (cause) {
      if (signal.aborted) return;
      setError(toError(cause));
    }
    setRunning(false);
  };
  return {
    running,
    error,
    start: () => void start(),
    dismiss: () => setError(undefined),
  };
}
