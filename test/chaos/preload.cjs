// Loaded into a daemon before its own code: kills it right behind a commit, or sets its time back.
const { isMainThread } = require('node:worker_threads');
const { createRequire } = require('node:module');

const { existsSync } = require('node:fs');

const { CHAOS_KILL_AFTER, CHAOS_CLOCK_BACK, CHAOS_CLOCK_FILE } = process.env;

/** The process ends as by a power cut, when it has made its last change of the database. */
function killAfter(last) {
  const Database = createRequire(process.argv[1])('better-sqlite3');
  const { prepare } = Database.prototype;
  let commits = 0;
  Database.prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    const isCommit = /^\s*commit/i.test(sql);
    const isChange = /^\s*(insert|update|delete)/i.test(sql);
    if (!isCommit && !isChange) return statement;
    for (const name of ['run', 'all', 'get']) {
      const method = statement[name];
      statement[name] = (...values) => {
        const result = method.apply(statement, values);
        if ((isCommit || !this.inTransaction) && ++commits >= last) process.kill(process.pid, 'SIGKILL');
        return result;
      };
    }
    return statement;
  };
}

/** An hour back, so many milliseconds after the start. */
function setTimeBack(delay) {
  const now = Date.now;
  const start = now();
  Date.now = () => (now() - start < delay ? now() : now() - 3_600_000);
}

/** An hour back, as long as a file is there. */
function setTimeBackBy(file) {
  const now = Date.now;
  Date.now = () => (existsSync(file) ? now() - 3_600_000 : now());
}

if (isMainThread && CHAOS_KILL_AFTER) killAfter(Number(CHAOS_KILL_AFTER));
if (CHAOS_CLOCK_BACK) setTimeBack(Number(CHAOS_CLOCK_BACK));
if (CHAOS_CLOCK_FILE) setTimeBackBy(CHAOS_CLOCK_FILE);
