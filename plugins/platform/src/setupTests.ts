import '@testing-library/jest-dom';
import { configure } from '@testing-library/dom';

// Queries by role over whole pages are slow where many tests share few cores.
// These are bounds for what never comes, not times that are waited for.
configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);
