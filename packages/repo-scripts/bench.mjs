#!/usr/bin/env node
// `npm run bench`: installs what is missing, then measures the bounds.
import { findBrowser } from './lib/browser.mjs';
import { runSource } from './lib/runSource.mjs';

const browser = findBrowser(process.env);
if (browser) process.env.ROADBED_CHROMIUM = browser;
await runSource('packages/benchmarks/src/bench.ts');
