import { writeFileSync } from 'node:fs';
import { libraryPage } from './library-page.ts';

// Run by "npm run docs:library".
writeFileSync(new URL('../docs/library.md', import.meta.url), libraryPage());
