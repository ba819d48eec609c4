import { buildApp } from "./build-app.mjs";

const startedAt = performance.now();
await buildApp();
console.log(`built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
