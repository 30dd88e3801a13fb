import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { packageFile } from '../../src/base/package-file.ts';

/** An import as it stands in a file: static, dynamic, of a type, or passed on by an export. */
export interface Import {
  /** What is imported, as written; undefined where it is computed. */
  specifier: string | undefined;
  /** Gone at run time. `import { type A }` is not: it still loads the file. */
  typeOnly: boolean;
}

/** The files below a folder of the package whose names end so, with `/` between folders. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(packageFile(folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules/'))
    .sort();
}

/** The text of a file of the package. */
export const readSource = (file: string): string => readFileSync(packageFile(file), 'utf8');

/** The syntax tree of a file of the package. */
export const parseSource = (file: string, text = readSource(file)): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

/** Every node of a tree, parents first. */
export function nodesOf(tree: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}

/** Every import of a file. */
export const importsOf = (tree: ts.SourceFile): Import[] => nodesOf(tree).flatMap(importAt);

function importAt(node: ts.Node): Import[] {
  if (ts.isImportDeclaration(node)) {
    const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return [{ specifier: literal(node.moduleSpecifier), typeOnly }];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return [{ specifier: literal(node.moduleSpecifier), typeOnly: node.isTypeOnly }];
  }
  if (ts.isImportTypeNode(node)) return [{ specifier: literal(node.argument), typeOnly: true }];
  if (ts.isCallExpression(node) && loads(node.expression)) {
    return [{ specifier: literal(node.arguments[0]), typeOnly: false }];
  }
  return [];
}

const loads = (callee: ts.Node): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');

function literal(node: ts.Node | undefined): string | undefined {
  if (node && ts.isLiteralTypeNode(node)) return literal(node.literal);
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}
