import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { buildWorker } from "./build-worker.mjs";

/** Where the worker and its module are served from, below `public/`. */
export const cryptoFolder = "crypto-engine";

/**
 * Builds the crypto worker and puts the module beside it. The worker knows the module by the hash of its bytes: whatever
 * else a browser is given under that address is refused by it.
 */
export async function buildCryptoWorker(root, { isDevelopment = false } = {}) {
	const folder = join(root, "public", cryptoFolder);
	const library = dirname(createRequire(join(root, "package.json")).resolve("@matrix-org/matrix-sdk-crypto-wasm"));
	const source = join(library, "pkg", "matrix_sdk_crypto_wasm_bg.wasm");
	const hash = createHash("sha256").update(readFileSync(source)).digest();
	const module = `module-${hash.toString("hex").slice(0, 16)}.wasm`;
	const wasm = { address: `/${cryptoFolder}/${module}`, integrity: `sha256-${hash.toString("base64")}` };
	await buildWorker(root, {
		...{ folder: cryptoFolder, entry: "src/client/crypto/worker/crypto-worker.ts", isDevelopment },
		define: { cryptoWasm: JSON.stringify(wasm) },
	});
	copyFileSync(source, join(folder, module));
}
