import { useEffect, useState } from 'react';

/** What became of the last copy; `idle` a few seconds later. */
export type CopyOutcome = 'idle' | 'copied' | 'failed';

const SHOWN_MS = 3000;

/** Writes to the clipboard and says whether that worked. */
export function useCopy(): {
  outcome: CopyOutcome;
  copy: (text: string) => Promise<void>;
} {
  const [outcome, setOutcome] = useState<CopyOutcome>('idle');

  useEffect(() => {
    if (outcome === 'idle') {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (text: string) => {
    try {
      // The clipboard is absent on pages that are not served over TLS.
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return { outcome, copy };
}
