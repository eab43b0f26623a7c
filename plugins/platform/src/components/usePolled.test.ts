import { act, renderHook, waitFor } from '@testing-library/react';
import { usePolled } from './usePolled';

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('usePolled', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('gives up the answer that a newer question has overtaken', async () => {
    const answers = { a: deferred<string>(), b: deferred<string>() };
    const signals: AbortSignal[] = [];
    const { result, rerender } = renderHook(
      ({ key }: { key: 'a' | 'b' }) =>
        usePolled({
          key,
          load: signal => {
            signals.push(signal);
            return answers[key].promise;
          },
          intervalMs: () => 60_000,
        }),
      { initialProps: { key: 'a' } },
    );
    rerender({ key: 'b' });
    await act(async () => answers.b.resolve('of b'));
    await act(async () => answers.a.resolve('of a'));
    expect(result.current.data).toBe('of b');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('never shows the answer of another key unless it is told to', async () => {
    const hook = (keepPrevious: boolean) =>
      renderHook(
        ({ key }) =>
          usePolled({
            key,
            load: () =>
              key === 'a'
                ? Promise.resolve('of a')
                : new Promise<string>(() => {}),
            intervalMs: () => 60_000,
            keepPrevious,
          }),
        { initialProps: { key: 'a' } },
      );
    for (const keepPrevious of [false, true]) {
      const { result, rerender, unmount } = hook(keepPrevious);
      await waitFor(() => expect(result.current.data).toBe('of a'));
      rerender({ key: 'b' });
      expect(result.current.data).toBe(keepPrevious ? 'of a' : undefined);
      expect(result.current.pending).toBe(true);
      unmount();
    }
  });

  it('waits while nobody looks, and asks at once when somebody does', async () => {
    jest.useFakeTimers();
    const load = jest.fn().mockResolvedValue('answer');
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    visibility.mockReturnValue('hidden');
    renderHook(() => usePolled({ key: 'a', load, intervalMs: () => 1_000 }));
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(load).toHaveBeenCalledTimes(1);

    visibility.mockReturnValue('visible');
    await act(async () => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('stops asking when the part is gone', async () => {
    jest.useFakeTimers();
    const load = jest.fn().mockResolvedValue('answer');
    const { unmount } = renderHook(() =>
      usePolled({ key: 'a', load, intervalMs: () => 1_000 }),
    );
    await act(() => jest.advanceTimersByTimeAsync(1_500));
    unmount();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
