#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);

/** Says why nothing can be run, instead of a stack. */
function refuse(sentence) {
  console.error(`Error: ${sentence}`);
  process.exitCode = 1;
}

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `messenger needs Node 20.19 or later, but this is Node ${process.versions.node}. Nothing was done; install a newer Node.`,
  );
} else {
  await import('../dist/cli/main.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    refuse(
      `The installation of messenger-bots is incomplete: ${error.message}. Nothing was done. In a clone, run "npm install"; otherwise, reinstall the package.`,
    );
  });
}
