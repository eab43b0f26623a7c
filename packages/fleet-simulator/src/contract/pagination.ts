import {
  CONFIG_MAPS,
  createConfigMaps,
  namesOf,
  type ContractSession,
} from './ContractTarget';

const names = ['a', 'b', 'c', 'd', 'e'];

/** `limit`, `continue` and the revision that pages share. */
export function paginationContract(session: () => ContractSession): void {
  const get = (query: string) => session().admin.get(`${CONFIG_MAPS}?${query}`);
  const remove = (name: string) =>
    session().admin.send({ method: 'DELETE', path: `${CONFIG_MAPS}/${name}` });

  beforeAll(() => createConfigMaps(session(), 'pages', names));

  it('pages add up to the list, and the last one has no token', async () => {
    const seen: string[] = [];
    let token = '';
    do {
      const { body } = await get(
        `labelSelector=test%3Dpages&limit=2&continue=${token}`,
      );
      seen.push(...namesOf(body));
      token = body.metadata.continue ?? '';
    } while (token);
    expect(seen).toEqual(names.map(name => `pages-${name}`));
  });

  it('pages keep to the revision of the first while objects come and go', async () => {
    await createConfigMaps(session(), 'moving', names);
    const { body: first } = await get('labelSelector=test%3Dmoving&limit=2');
    await remove('moving-d');
    await createConfigMaps(session(), 'moving', ['f']);
    const { body: rest } = await get(
      `labelSelector=test%3Dmoving&limit=10&continue=${first.metadata.continue}`,
    );
    expect(namesOf(rest)).toEqual(['moving-c', 'moving-d', 'moving-e']);
    expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  it('remainingItemCount is told without selectors only', async () => {
    const { body: all } = await get('');
    const { body: page } = await get('limit=2');
    const { body: selected } = await get('limit=2&labelSelector=test%3Dpages');
    expect(page.metadata.remainingItemCount).toBe(all.items.length - 2);
    expect(selected.metadata).not.toHaveProperty('remainingItemCount');
    expect(selected.metadata.continue).toBeTruthy();
  });

  it('resourceVersion=0 ignores the limit', async () => {
    const { body } = await get('limit=2&resourceVersion=0');
    expect(body.items.length).toBeGreaterThan(2);
    expect(body.metadata).not.toHaveProperty('continue');
  });

  describe('once the revision of a first page is forgotten', () => {
    const selected = 'labelSelector=test%3Dexpired&limit=';
    let first: any;

    beforeAll(async () => {
      await createConfigMaps(session(), 'expired', names);
      first = (await get(`${selected}2`)).body;
      await createConfigMaps(session(), 'expired', ['f']);
      await session().target.forgetHistory(
        CONFIG_MAPS,
        first.metadata.resourceVersion,
      );
    }, 60_000);

    it('its token gets 410 Expired with a token for the rest', async () => {
      const { status, body: gone } = await get(
        `${selected}10&continue=${first.metadata.continue}`,
      );
      expect(status).toBe(410);
      expect(gone).toMatchObject({
        kind: 'Status',
        reason: 'Expired',
        code: 410,
      });
      expect(gone.message).toMatch(
        /^The provided continue parameter is too old/,
      );

      const { body: rest } = await get(
        `${selected}10&continue=${gone.metadata.continue}`,
      );
      // Inconsistent: what came after the first page shows up.
      expect(namesOf(rest)).toEqual(
        ['c', 'd', 'e', 'f'].map(name => `expired-${name}`),
      );
      expect(rest.metadata.resourceVersion).not.toBe(
        first.metadata.resourceVersion,
      );
    });

    it('that revision cannot be listed any more', async () => {
      const { status, body } = await get(
        `resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`,
      );
      expect(status).toBe(410);
      expect(body.message).toBe(
        'The resourceVersion for the provided list is too old.',
      );
    });
  });

  it('a negative limit is no limit', async () => {
    const { status, body } = await get('limit=-1');
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(2);
  });

  it.each([
    ['limit=x', /^strconv\.ParseInt: parsing "x": invalid syntax$/],
    ['continue=garbage', /^invalid continue token: continue key is not valid/],
    ['resourceVersion=abc', /^invalid resource version/],
  ])('%s is a bad request', async (query, message) => {
    const { status, body } = await get(query);
    expect(status).toBe(400);
    expect(body.reason).toBe('BadRequest');
    expect(body.message).toMatch(message);
  });

  it('a token together with a revision is a bad request', async () => {
    const { body: first } = await get('limit=1');
    const { status, body } = await get(
      `resourceVersion=1&continue=${first.metadata.continue}`,
    );
    expect(status).toBe(400);
    expect(body.message).toBe(
      'specifying resource version is not allowed when using continue',
    );
  });

  it('a revision of the future times out', async () => {
    const { status, body } = await get('resourceVersion=99999999&limit=1');
    expect(status).toBe(504);
    expect(body).toMatchObject({
      reason: 'Timeout',
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    });
  }, 15_000);

  it('resourceVersionMatch needs a resourceVersion', async () => {
    const { status, body } = await get('resourceVersionMatch=Exact');
    expect(status).toBe(422);
    expect(body).toMatchObject({
      reason: 'Invalid',
      details: {
        kind: 'ListOptions',
        causes: [{ field: 'resourceVersionMatch' }],
      },
    });
  });
}
