import { describe, expect, it } from "vitest";
import { missingPlatforms } from "./complete-lock.ts";

describe("missingPlatforms", () => {
	it("names the optional packages that a lock lacks, with the platforms for which they are", () => {
		const optionalDependencies = {
			"@a/b-linux-x64-gnu": "1.0.0",
			"@a/b-linux-arm64-musl": "1.0.0",
			"@a/darwin-arm64": "1.0.0",
			"@a/b-wasm32-wasi": "1.0.0",
			"@a/b-win32-x64-msvc": "1.0.0",
		};
		const packages = {
			"": {},
			"node_modules/@a/b": { version: "1.0.0", dev: true, optionalDependencies },
			"node_modules/@a/b-linux-x64-gnu": { version: "1.0.0" },
		};
		expect(missingPlatforms(packages)).toEqual({
			"node_modules/@a/b-linux-arm64-musl": {
				...{ version: "1.0.0", dev: true, optional: true },
				...{ cpu: ["arm64"], os: ["linux"], libc: ["musl"] },
			},
			"node_modules/@a/darwin-arm64": { version: "1.0.0", dev: true, optional: true, cpu: ["arm64"], os: ["darwin"] },
			"node_modules/@a/b-wasm32-wasi": { version: "1.0.0", dev: true, optional: true, cpu: ["wasm32"] },
			"node_modules/@a/b-win32-x64-msvc": { version: "1.0.0", dev: true, optional: true, cpu: ["x64"], os: ["win32"] },
		});
	});

	it("finds a package beside its parent and in the folders above", () => {
		const packages = {
			"node_modules/a/node_modules/b": { optionalDependencies: { c: "1.0.0", d: "1.0.0", e: "1.0.0" } },
			"node_modules/a/node_modules/b/node_modules/c": {},
			"node_modules/a/node_modules/d": {},
			"node_modules/e": {},
		};
		expect(missingPlatforms(packages)).toEqual({});
	});
});
