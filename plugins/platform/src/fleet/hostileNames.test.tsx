import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { PlatformApi } from '@roadbed/backstage-plugin-platform-common';
import { FixtureApi } from '../../dev/FixtureApi';
import { renderPages } from '../__testUtils__/renderPages';

const MARKUP = `<img src=x onerror="window.hacked = true"><script>hacked()</script>`;
// eslint-disable-next-line no-script-url
const URL_LIKE = 'javascript:window.hacked=true//';

/** The fields of answers that a cluster has the say in, and what it says. */
const SAID: Readonly<Record<string, string>> = {
  name: MARKUP,
  namespace: URL_LIKE,
  image: MARKUP,
  container: URL_LIKE,
  statusMessage: MARKUP,
  message: MARKUP,
  gitVersion: URL_LIKE,
  region: MARKUP,
};

/** The same answer, as a hostile cluster would have it. */
function hostile(value: unknown, within = ''): unknown {
  if (Array.isArray(value)) {
    return value.map(item => hostile(item, within));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, entry]) => [
      field,
      typeof entry === 'string' && SAID[field] !== undefined
        ? SAID[field]
        : hostile(entry, field),
    ]),
  );
}

/** The fixtures, with every text that comes from a cluster replaced. */
function hostileApi(): PlatformApi {
  return new Proxy(new FixtureApi(), {
    get(api, method: keyof PlatformApi) {
      const answer = api[method];
      return typeof answer === 'function'
        ? async (...args: unknown[]) =>
            hostile(await (answer as Function).apply(api, args))
        : answer;
    },
  });
}

/** Whatever would run or lead where a cluster says. */
function dangerous(): string[] {
  return [...document.body.querySelectorAll('*')].flatMap(element => [
    ...(element.matches('script, iframe, object, embed, img[src="x"]')
      ? [element.outerHTML]
      : []),
    ...[...element.attributes].flatMap(({ name, value }) =>
      name.startsWith('on') ||
      (/^(href|src|action|xlink:href)$/.test(name) &&
        !/^(\/|#|https:\/\/)/.test(value))
        ? [`${name}=${value}`]
        : [],
    ),
  ]);
}

describe('what a hostile cluster calls things', () => {
  it.each([
    '/platform/fleet',
    '/platform/fleet/clusters/edge-prod',
    '/platform/workloads',
    '/platform/unowned',
  ])('is text at %s', async at => {
    await renderPages({ api: hostileApi(), at });
    const shown = await screen.findAllByText(
      content => content.includes('<img src=x') || content.includes(URL_LIKE),
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(dangerous()).toEqual([]);
  });

  it('is text in what is opened', async () => {
    const user = userEvent.setup();
    await renderPages({ api: hostileApi(), at: '/platform/unowned' });
    for (const button of (
      await screen.findAllByRole('button', { name: /owner/i })
    ).slice(0, 2)) {
      await user.click(button);
      expect(dangerous()).toEqual([]);
      await user.keyboard('{Escape}');
    }
    expect(window).not.toHaveProperty('hacked');
  });
});
