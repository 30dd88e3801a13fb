import ts from 'typescript';

const testWords = ['test', 'it'];
const groupWords = ['describe', 'suite'];

/** The names of the tests of a file as they are written, each behind the names of its groups. */
export function testNamesIn(tree: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node, groups: readonly string[]): void => {
    const word = ts.isCallExpression(node) ? firstWord(node.expression) : '';
    const name = ts.isCallExpression(node) ? nameIn(node) : undefined;
    const path = name === undefined ? groups : [...groups, name];
    if (name !== undefined && testWords.includes(word)) names.push(path.join(' > '));
    const inner = groupWords.includes(word) ? path : groups;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(tree, []);
  return names;
}

/** `test` of `test(…)`, `test.skipIf(…)(…)` and `test.each([…])(…)`. */
function firstWord(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return firstWord(node.expression);
  return ts.isIdentifier(node) ? node.text : '';
}

/**
 * The name a test or a group is given, with its table where it has one: `%s` of two tables are two names.
 * `test.each([…])` without its second pair of brackets has none.
 */
function nameIn(call: ts.CallExpression): string | undefined {
  const [name] = call.arguments;
  const isNamed = name && (ts.isStringLiteralLike(name) || ts.isTemplateExpression(name));
  if (!isNamed || call.arguments.length < 2) return undefined;
  const table = ts.isCallExpression(call.expression) ? ` of ${call.expression.getText()}` : '';
  return `${name.getText()}${table}`;
}
