import { writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import type { Manifest } from '../Manifest';

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: name => name,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getNewLine: () => '\n',
};

/**
 * Compiles the portal together with an import of every entry point of the
 * packages, and tells what is wrong in the portal or in their declarations.
 * Declarations of others are left out: they are not ours to correct.
 */
export function declarationProblems(
  portal: string,
  manifests: Manifest[],
): string[] {
  const probe = join(portal, 'packages', 'backend', 'src', 'everyEntry.ts');
  const entries = manifests.flatMap(({ name, exports = {} }) =>
    Object.entries(exports)
      .filter(([, target]) => typeof target !== 'string')
      .map(([entry]) => join(name, entry).split(sep).join('/')),
  );
  writeFileSync(
    probe,
    entries
      .map((entry, index) => `export * as e${index} from '${entry}';`)
      .join('\n'),
  );
  const { config } = ts.readConfigFile(
    join(portal, 'tsconfig.json'),
    ts.sys.readFile,
  );
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    portal,
  );
  const program = ts.createProgram(fileNames, {
    ...options,
    // The CLI's configuration names types for tests, which a portal may lack.
    types: ['node'],
    skipLibCheck: false,
    incremental: false,
    noEmit: true,
  });
  const diagnostics = program
    .getSourceFiles()
    .filter(
      ({ fileName }) =>
        fileName.includes('/node_modules/@roadbed/') ||
        !fileName.includes('/node_modules/'),
    )
    .flatMap(file => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
  return diagnostics.map(diagnostic =>
    ts.formatDiagnostic(diagnostic, formatHost).trim(),
  );
}
