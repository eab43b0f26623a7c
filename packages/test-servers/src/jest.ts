/* What needs jest around it; `index.ts` is for programs too. */
export { describeWith } from './testing/describeWith';
export { testDatabases } from './testing/testDatabases';
