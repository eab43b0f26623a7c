#!/usr/bin/env node
// `npm run bench`: installs what is missing, then measures the bounds.
import { runSource } from './lib/runSource.mjs';

await runSource('packages/benchmarks/src/bench.ts');
