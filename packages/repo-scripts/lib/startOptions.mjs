import { parseArgs } from 'node:util';

const usage = `npm start [-- options]

  --real            real Kubernetes control planes instead of the simulator
  --legacy          the app of the legacy frontend system
  --port PORT       where the portal listens (default 7007, or $PORT)
  --state-dir DIR   where database, certificates and logs are kept (default .demo)
  --still           the simulated clusters do not change by themselves
  --help

PLATFORM_KUBECONFIG=FILE takes the clusters of a kubeconfig instead.`;

/**
 * Reads the options of `npm start`.
 *
 * @returns {{ help?: string, real: boolean, legacy: boolean, still: boolean, port: number, stateDir: string, kubeconfig?: string }}
 * @throws Error that names the option, what was expected, and the usage
 */
export function startOptions(argv, env) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        real: { type: 'boolean', default: false },
        legacy: { type: 'boolean', default: false },
        still: { type: 'boolean', default: false },
        port: { type: 'string' },
        'state-dir': { type: 'string', default: '.demo' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Error(`${error.message}\n\n${usage}`);
  }
  const portText = values.port ?? env.PORT ?? '7007';
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    const name = values.port === undefined ? '$PORT' : '--port';
    throw new Error(
      `${name}: expected a port from 1 to 65535, got "${portText}"\n\n${usage}`,
    );
  }
  if (values.real && env.PLATFORM_KUBECONFIG) {
    throw new Error(
      '--real starts clusters of its own, and PLATFORM_KUBECONFIG names others: leave one of them out',
    );
  }
  return {
    help: values.help ? usage : undefined,
    real: values.real,
    legacy: values.legacy,
    still: values.still,
    port,
    stateDir: values['state-dir'],
    kubeconfig: env.PLATFORM_KUBECONFIG || undefined,
  };
}
