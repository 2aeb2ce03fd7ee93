// The site on a fresh database, which the program fills by itself, for the checks that ask it over HTTP.
"use strict";
const { spawn } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

function started(program, folder) {
  const site = spawn(program, ["--db", join(folder, "site.db"), "serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((done, failed) => {
    let said = "";
    site.on("exit", code => failed(new Error(`${program} ended with ${code}`)));
    site.stdout.on("data", data => {
      said += data;
      const at = said.match(/Constat listens on (\S+)\/\s/);
      if (at) done({ site, address: at[1] });
    });
  });
}

// Runs `look` with the address of a site, which ends with it, and makes a fault the exit code.
exports.withSite = async (program, look) => {
  const folder = mkdtempSync(join(tmpdir(), "constat-ci-"));
  try {
    const { site, address } = await started(program, folder);
    try {
      await look(address, folder);
    } finally {
      site.removeAllListeners("exit");
      site.kill();
    }
  } catch (error) {
    console.error(String(error.stack || error));
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
