import type {
  ClusterConnection,
  ClusterRequest,
  ClusterResponse,
} from '../ClusterConnection';

/** What a scripted cluster answers: a JSON body, or a response in parts. */
export type ScriptedAnswer = { status?: number; json?: unknown; text?: string };

/** A cluster that answers as a function says, for what no simulator does. */
export class ScriptedConnection implements ClusterConnection {
  readonly clusterName = 'shop-dev';
  readonly access = 'direct';
  readonly requests: ClusterRequest[] = [];

  constructor(
    private readonly answer: (
      request: ClusterRequest,
      index: number,
    ) => ScriptedAnswer,
  ) {}

  async get(request: ClusterRequest): Promise<ClusterResponse> {
    this.requests.push(request);
    const {
      status = 200,
      json,
      text,
    } = this.answer(request, this.requests.length - 1);
    const body = Buffer.from(text ?? JSON.stringify(json));
    return {
      status,
      headers: {
        'content-type': text === undefined ? 'application/json' : 'text/plain',
      },
      body,
      wireBytes: body.length,
    };
  }

  async close(): Promise<void> {}
}
