import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where the worker and its module are served from, below `public/`. */
export const cryptoFolder = "crypto-engine";

/**
 * Builds the crypto worker and puts the module beside it. The worker knows the module by the hash of its bytes: whatever
 * else a browser is given under that address is refused by it.
 */
export async function buildCryptoWorker(root, { isDevelopment = false } = {}) {
	const { build } = await import("esbuild");
	const folder = join(root, "public", cryptoFolder);
	const library = dirname(createRequire(join(root, "package.json")).resolve("@matrix-org/matrix-sdk-crypto-wasm"));
	const source = join(library, "pkg", "matrix_sdk_crypto_wasm_bg.wasm");
	const hash = createHash("sha256").update(readFileSync(source)).digest();
	const module = `module-${hash.toString("hex").slice(0, 16)}.wasm`;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	copyFileSync(source, join(folder, module));
	const wasm = { address: `/${cryptoFolder}/${module}`, integrity: `sha256-${hash.toString("base64")}` };
	await build({
		entryPoints: [join(root, "src", "client", "crypto", "worker", "crypto-worker.ts")],
		outfile: join(folder, "worker.js"),
		absWorkingDir: root,
		bundle: true,
		platform: "browser",
		format: "esm",
		target: "es2022",
		minify: !isDevelopment,
		define: { cryptoWasm: JSON.stringify(wasm) },
		logLevel: "error",
	});
}
