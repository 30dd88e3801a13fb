import ts from 'typescript';
import { packageFile } from '../../src/base/package-file.ts';
import { nodesOf } from './sources.ts';

/** A function that throws errors of ours by itself, and the codes it names in its `@throws`. */
export interface Thrower {
  name: string;
  throws: string[];
  named: string[];
}

/** The types of what can be reached from some files, resolved by the compiler. */
export function programOf(files: readonly string[]): ts.Program {
  return ts.createProgram(files.map(packageFile), {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  });
}

/** What a file exports, by name: each export as it is declared, however often it was passed on. */
export function exportsOf(program: ts.Program, file: string): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(packageFile(file));
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const declared = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return new Map(exported.map((symbol) => [symbol.name, declared(symbol)]));
}

/** The public members of a class, static ones too, by name. */
export function membersOf(symbol: ts.Symbol): Map<string, ts.Symbol> {
  const members = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
  const isPublic = ({ name, declarations = [] }: ts.Symbol) =>
    !name.startsWith('__') && name !== 'prototype' && !declarations.some(isHidden);
  return new Map(members.filter(isPublic).map((member) => [`${symbol.name}.${member.name}`, member]));
}

const isHidden = (declaration: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !==
    0 ||
  (ts.isClassElement(declaration) &&
    declaration.name !== undefined &&
    ts.isPrivateIdentifier(declaration.name));

/** The names of those symbols that nobody explained. */
export function undocumented(program: ts.Program, symbols: ReadonlyMap<string, ts.Symbol>): string[] {
  const checker = program.getTypeChecker();
  return [...symbols]
    .filter(([, symbol]) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === '')
    .map(([name]) => name);
}

/**
 * The interfaces, classes and exported aliases of ours that exports are made of and that are not exported themselves: a compiler that
 * writes declarations for a user's file has no name for them.
 */
export function unnameable(program: ts.Program, exported: readonly ts.Symbol[]): string[] {
  const checker = program.getTypeChecker();
  const reached = new Set(exported);
  for (const symbol of reached) {
    for (const name of (symbol.declarations ?? []).filter(isOurs).flatMap(nodesOf).flatMap(typeNamed)) {
      const named = checker.getSymbolAtLocation(name);
      if (named) reached.add(named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named);
    }
  }
  const isNamed = ({ flags, declarations = [] }: ts.Symbol) =>
    (flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) !== 0 || declarations.some(isExportedAlias);
  return [...reached]
    .filter((symbol) => isNamed(symbol) && !exported.includes(symbol) && symbol.declarations?.some(isOurs))
    .map(({ name }) => name);
}

/** Aliases that their file keeps for itself are written out, whatever they stand for. */
const isExportedAlias = (node: ts.Node): boolean =>
  ts.isTypeAliasDeclaration(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;

const isOurs = (node: ts.Node): boolean => node.getSourceFile().fileName.startsWith(packageFile('src'));

/** The name of the type that a node stands for, or of what it is the type of. */
function typeNamed(node: ts.Node): ts.Node[] {
  if (isInPrivate(node)) return [];
  if (ts.isTypeReferenceNode(node)) return [node.typeName];
  if (ts.isTypeQueryNode(node)) return [node.exprName];
  return ts.isExpressionWithTypeArguments(node) ? [node.expression] : [];
}

/** Whether a type is used where declarations do not show it: in a private member, or in the body of a function. */
const isInPrivate = (node: ts.Node): boolean =>
  ts.findAncestor(node, (one) => (ts.isClassElement(one) && isHidden(one)) || ts.isBlock(one)) !== undefined;

/** Codes are words joined by lines, but for one. */
const codePattern = /\b(?:[A-Z]+(?:_[A-Z]+)+|UNAUTHENTICATED)\b/g;

/** The codes named in the `@throws` of a declaration. */
export const codesNamed = (node: ts.Node): string[] =>
  ts
    .getJSDocTags(node)
    .filter((tag) => tag.tagName.text === 'throws')
    .flatMap((tag) => tag.getText().match(codePattern) ?? []);

/** The exported functions and public methods of a file that throw errors of ours, by themselves or by others of it. */
export function throwersIn(tree: ts.SourceFile): Thrower[] {
  const functions = new Map(
    nodesOf(tree)
      .filter(isFunction)
      .map((node) => [calledAs(node), node]),
  );
  return [...functions.values()].filter(isPublicFunction).flatMap((node) => {
    const throws = [...reachedFrom(node, functions)].flatMap((reached) =>
      nodesOf(reached).filter(ts.isThrowStatement).flatMap(codesThrown),
    );
    return throws.length > 0
      ? [{ name: nameOf(node), throws: [...new Set(throws)], named: codesNamed(node) }]
      : [];
  });
}

/** A function, and those of the same file that it calls itself rather than hands on, outside of a `try`. */
function reachedFrom(node: NamedFunction, functions: ReadonlyMap<string, NamedFunction>): Set<NamedFunction> {
  const reached = new Set([node]);
  for (const one of reached) {
    const isItsOwn = (call: ts.Node) => ts.findAncestor(call, ends) === one;
    const ends = (outer: ts.Node) => outer === one || ts.isFunctionLike(outer) || ts.isTryStatement(outer);
    for (const call of nodesOf(one).filter(ts.isCallExpression).filter(isItsOwn)) {
      const called = functions.get(call.expression.getText());
      if (called) reached.add(called);
    }
  }
  return reached;
}

type NamedFunction = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction;

const isFunction = (node: ts.Node): node is NamedFunction =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  (ts.isArrowFunction(node) && ts.isVariableDeclaration(node.parent));

function isPublicFunction(node: NamedFunction): boolean {
  if (ts.isFunctionDeclaration(node)) return isExported(node);
  if (ts.isArrowFunction(node)) return ts.isVariableDeclaration(node.parent) && isExported(node.parent);
  return !isHidden(node) && ts.isClassDeclaration(node.parent) && isExported(node.parent);
}

/** What a function of a file is called as within that file. */
const calledAs = (node: NamedFunction): string =>
  `${ts.isMethodDeclaration(node) ? 'this.' : ''}${(ts.isArrowFunction(node) ? ts.getNameOfDeclaration(node) : node.name)?.getText()}`;

const isExported = (node: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;

const nameOf = (node: NamedFunction): string =>
  `${node.getSourceFile().fileName} ${(ts.isArrowFunction(node) ? ts.getNameOfDeclaration(node) : node.name)?.getText()}`;

/** The code in `throw createError('CODE', …)` and `throw new MessengerError('CODE', …)`. */
const codesThrown = ({ expression }: ts.ThrowStatement): string[] => {
  if (!ts.isCallExpression(expression) && !ts.isNewExpression(expression)) return [];
  const [first] = expression.arguments ?? [];
  const isOurs = ['createError', 'MessengerError'].includes(expression.expression.getText());
  return isOurs && first && ts.isStringLiteral(first) ? [first.text] : [];
};
