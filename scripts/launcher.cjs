#!/usr/bin/env node
'use strict';
// lib/cli.cjs: runs lib/chunks/program.cjs, and loads what that asks for. V8 need not compile again what it compiled when
// podlaunch was built: scripts/compile-ahead.mjs has kept that, for the Node that it was built with. V8 itself refuses
// what another version or other flags have made; then, and where nothing was kept, it compiles as ever.
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const CHUNKS = `${__dirname}/chunks/`;
const AHEAD = `${__dirname}/ahead/${process.version}-${process.platform}-${process.arch}/`;
const modules = new Map();
let isAhead = true;

// Node 20's V8 optimizes a function after so many bytes of its code have run (132 KB), and a pattern once it was tried.
// A command that ends after a tenth of a second does not gain what that costs; one that runs for seconds gains it a
// little later. Later V8s count otherwise, do not know the first flag, and would say so.
if (process.versions.v8.startsWith('11.')) {
  const { setFlagsFromString } = require('node:v8');
  setFlagsFromString('--interrupt-budget=500000');
  setFlagsFromString('--regexp-tier-up-ticks=20');
}

load('program.cjs');

/** Chunks are loaded here; all else, Node's modules and packages, by Node. */
function requireIn(name) {
  return name.startsWith('./') ? load(name.slice(2)) : require(name);
}

function load(name) {
  const known = modules.get(name);
  if (known) return known.exports;
  const filename = CHUNKS + name;
  const module = { exports: {} };
  modules.set(name, module);
  // A chunk is a function of what Node gives to a module. It is ASCII: esbuild escapes all else.
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: compiledAhead(name) });
  script.runInThisContext().call(module.exports, module.exports, requireIn, module, filename);
  return module.exports;
}

function compiledAhead(name) {
  if (!isAhead) return undefined;
  try {
    return readFileSync(AHEAD + name);
  } catch {
    // Of files that most commands do not load nothing is kept; of the first everything, or this is another Node.
    if (name === 'program.cjs') isAhead = false;
    return undefined;
  }
}
