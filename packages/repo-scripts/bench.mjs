#!/usr/bin/env node
// `npm run bench`: installs what is missing, then measures the bounds.
import { findBrowser, NO_BROWSER } from './lib/browser.mjs';
import { runSource } from './lib/runSource.mjs';

const browser = findBrowser(process.env);
if (browser) process.env.ROADBED_CHROMIUM = browser;
else process.stderr.write(`${NO_BROWSER}, and frontend.* is not measured\n`);
await runSource('packages/benchmarks/src/bench.ts');
