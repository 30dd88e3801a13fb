#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);

/** Says why nothing can be run, in place of a stack. */
function refuse(sentence) {
  console.error(`Error: ${sentence}`);
  process.exitCode = 1;
}

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `messenger needs Node 20.19 or later, and this is Node ${process.versions.node}. Nothing was done; install a newer Node.`,
  );
} else {
  await import('../dist/cli/main.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    refuse(
      `messenger-bots is not completely installed: ${error.message}. Nothing was done. Run "npm install" in a clone; anywhere else install the package again.`,
    );
  });
}
