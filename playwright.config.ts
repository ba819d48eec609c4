import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./tools/find-chromium.ts";

const browser = findChromium();
if (browser.kind === "missing") throw new Error(browser.message);

const isRoot = process.getuid?.() === 0;

export default defineConfig({
	testMatch: ["tests/e2e/**/*.e2e.ts", "src/**/*.web.test.ts"],
	outputDir: "test-results",
	// A test that passes at the second try has failed.
	retries: 0,
	forbidOnly: true,
	workers: 1,
	// They end what hangs and measure nothing: a machine with half the speed is no reason to fail.
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: [["list"]],
	use: {
		...devices["Desktop Chrome"],
		// The machine's own browser, which is told to talk to nobody but the server under test.
		launchOptions: {
			executablePath: browser.path,
			args: [
				...(isRoot ? ["--no-sandbox"] : []),
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
			],
		},
		actionTimeout: 30_000,
		navigationTimeout: 60_000,
		screenshot: "only-on-failure",
		// A trace slows every step down: ask for one where a failure is not clear by itself.
		trace: process.env.KITH_TRACE === undefined ? "off" : "retain-on-failure",
	},
	projects: [
		{ name: "main", testIgnore: "tests/e2e/full/**" },
		{ name: "full", testMatch: "tests/e2e/full/**/*.e2e.ts" },
	],
});
