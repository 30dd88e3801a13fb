export { counted, harmless, indented, shortened } from '../base/terminal-text.ts';
