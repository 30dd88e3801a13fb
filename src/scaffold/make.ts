import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { createError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { systemFailure } from '../base/system-error.ts';
import { checkClassName } from './class-name.ts';

/** What to scaffold. */
export interface Make {
  /** The template's name in `templates/`, without `.hbs`. */
  template: 'bot' | 'packaged-bot' | 'bot-test-vitest' | 'bot-test-node';
  className: string;
  /** The folder for the file; created if missing. */
  folder: string;
  /** Overwrites an existing file. */
  force: boolean;
}

/**
 * Writes a file from a template and returns its path.
 *
 * @throws CLASS_NAME_INVALID, FILE_EXISTS, SYSTEM_REFUSED; nothing is written then
 */
export function make({ template, className, folder, force }: Make): string {
  const source = readTemplate(template);
  checkClassName(className, namesImportedBy(source));
  const file = fileOf({ template, className, folder });
  const render = Handlebars.compile(source, { noEscape: true });
  write(file, render({ className, ...namesFor(className) }), force);
  return file;
}

/**
 * Writes files from templates, all or none, and returns their paths.
 *
 * @throws CLASS_NAME_INVALID, FILE_EXISTS, SYSTEM_REFUSED; nothing is written then
 */
export function makeAll(makes: readonly Make[]): string[] {
  for (const each of makes) if (!each.force) assertFree(fileOf(each));
  const written: string[] = [];
  try {
    for (const each of makes) {
      const isNew = !existsSync(fileOf(each));
      const file = make(each);
      if (isNew) written.push(file);
    }
    return makes.map(fileOf);
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    throw error;
  }
}

const fileOf = ({ template, className, folder }: Omit<Make, 'force'>): string =>
  path.join(folder, `${className}${template.startsWith('bot-test') ? '.test' : ''}.ts`);

/** @throws FILE_EXISTS */
function assertFree(file: string): void {
  if (existsSync(file)) throw createError('FILE_EXISTS', path.relative(process.cwd(), file));
}

/**
 * Checks the class name for a template.
 *
 * @throws CLASS_NAME_INVALID
 */
export const checkName = ({ template, className }: Pick<Make, 'template' | 'className'>): void =>
  checkClassName(className, namesImportedBy(readTemplate(template)));

const readTemplate = (template: Make['template']): string =>
  readFileSync(packageFile(`templates/${template}.hbs`), 'utf8');

/** The names that a source text imports with `import { … }`. */
const namesImportedBy = (source: string): string[] =>
  [...source.matchAll(/^import \{ (.+) \}/gm)].flatMap(([, names = '']) => names.split(', '));

/** The alias and the name derived from a class name: HelloWorldBot → hello_world, Hello World. */
export function namesFor(className: string): { alias: string; name: string } {
  const words = className
    .replace(/(?<=.)(Bot|Package)+$/, '')
    .replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .split(/[\s_]+/)
    .filter((word) => word !== '');
  return { alias: words.join('_').toLowerCase(), name: words.join(' ') };
}

function write(file: string, text: string, force: boolean): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (isThere) assertFree(file);
    throw systemFailure(error, file) ?? error;
  }
}
