import express from 'express';
import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import request from 'supertest';
import { isClientGone, sendCsv, type CsvColumn } from './csv';

jest.setTimeout(60_000);

jest.setTimeout(60_000);

interface Row {
  name: string;
  size: number | null;
}

const columns: ReadonlyArray<CsvColumn<Row>> = [
  { name: 'name', value: row => row.name },
  { name: 'size', value: row => row.size },
];

function serve(rows: () => AsyncIterable<Row>) {
  const app = express();
  app.get('/', (_, res, next) => {
    sendCsv(res, { fileName: 'things', columns, rows: rows() }).catch(error =>
      res.headersSent ? undefined : next(error),
    );
  });
  app.use(((error, _req, res, _next) => {
    res.status(503).json({ message: error.message });
  }) as express.ErrorRequestHandler);
  return request(app).get('/');
}

async function* of(...rows: Row[]) {
  yield* rows;
}

describe('sendCsv', () => {
  it('is a file with names in its first line, and empty where nothing is known', async () => {
    const { text, headers } = await serve(() =>
      of({ name: 'a', size: 1 }, { name: 'b', size: null }),
    );
    expect(text).toBe('name,size\r\na,1\r\nb,\r\n');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="platform-things.csv"',
    );
  });

  it('has its first line even when there is nothing else', async () => {
    const { text } = await serve(() => of());
    expect(text).toBe('name,size\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@cmd', '\tx'])(
    'makes %j harmless in a spreadsheet',
    async name => {
      const { text } = await serve(() => of({ name, size: 0 }));
      expect(text).toBe(`name,size\r\n'${name},0\r\n`);
    },
  );

  it('keeps quotes, commas, line ends and other scripts in one field', async () => {
    const { text } = await serve(() =>
      of({ name: 'a "b",\nc ü \u{1F600}', size: 0 }),
    );
    expect(text).toBe('name,size\r\n"a ""b"",\nc ü \u{1F600}",0\r\n');
  });

  it('answers a failure before the first row as any other', async () => {
    const { status, body } = await serve(async function* fail() {
      throw new Error('no database');
    });
    expect([status, body]).toEqual([503, { message: 'no database' }]);
  });

  it('cuts the connection when it fails in the middle', async () => {
    await expect(
      serve(async function* fail() {
        for (let size = 0; size < 50_000; size++) yield { name: 'a', size };
        throw new Error('no database');
      }),
    ).rejects.toThrow(/aborted|socket hang up/);
  });

  describe('to somebody who reads slowly', () => {
    const ROWS = 100_000;
    const LONG = 'x'.repeat(1_000);
    let server: Server;
    let pulled: number;
    let ended: boolean;
    let outcome: Promise<unknown>;

    async function* many() {
      try {
        for (; pulled < ROWS; pulled++) yield { name: LONG, size: pulled };
      } finally {
        ended = true;
      }
    }

    beforeEach(async () => {
      pulled = 0;
      ended = false;
      const app = express();
      outcome = new Promise(resolve => {
        app.get('/', (_, res) => {
          sendCsv(res, { fileName: 'things', columns, rows: many() }).then(
            () => resolve('sent'),
            resolve,
          );
        });
      });
      server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });

    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    /** Begins to read, until nothing more is pulled for a reader who waits. */
    async function openAndWait() {
      const { port } = server.address() as AddressInfo;
      const [response] = await once(
        get({ port, host: '127.0.0.1' }),
        'response',
      );
      let before = -1;
      while (before !== pulled) {
        before = pulled;
        await setTimeout(200);
      }
      return response as IncomingMessage;
    }

    it('pulls no more rows than are read, so that memory is bounded', async () => {
      const response = await openAndWait();
      expect(pulled).toBeLessThan(ROWS / 4);
      let bytes = 0;
      for await (const chunk of response) bytes += chunk.length;
      expect(await outcome).toBe('sent');
      expect(pulled).toBe(ROWS);
      expect(bytes).toBeGreaterThan(ROWS * LONG.length);
    });

    it('stops when they leave, and knows that it is no fault', async () => {
      const response = await openAndWait();
      response.destroy();
      expect(isClientGone(await outcome)).toBe(true);
      expect(ended).toBe(true);
      expect(pulled).toBeLessThan(ROWS / 4);
    });
  });
});
