#!/usr/bin/env node
// `npm run bench:faults`: installs what is missing, then hurts what runs.
import { runSource } from './lib/runSource.mjs';

await runSource('packages/benchmarks/src/faults/cli.ts');
