import { useCallback, useRef, useState } from 'react';

/**
 * The width of an element in CSS pixels as it changes, and the `ref` that says
 * which element; `undefined` before it was laid out.
 */
export function useWidth(): [
  width: number | undefined,
  ref: (element: HTMLElement | null) => void,
] {
  const [width, setWidth] = useState<number>();
  const observer = useRef<ResizeObserver>();
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    // Browsers have it; what renders pages elsewhere may not.
    if (!element || typeof ResizeObserver === 'undefined') {
      return;
    }
    setWidth(element.clientWidth);
    observer.current = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.current.observe(element);
  }, []);
  return [width, ref];
}
