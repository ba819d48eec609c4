import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

async function run(behaviour: string, signals: readonly NodeJS.Signals[]) {
	const child = spawn(process.execPath, ["--import", "tsx", "tests/setup/hold-teardown.ts", behaviour], {
		stdio: ["ignore", "pipe", "pipe"],
	});
	const output = text(child.stdout);
	const errors = text(child.stderr);
	if (signals.length > 0) await once(child.stdout, "data");
	for (const signal of signals) child.kill(signal);
	const [code] = await once(child, "close");
	return { code, lines: (await output).trim().split("\n"), errors: (await errors).trim() };
}

describe("runUntilSignal", () => {
	it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
		"undoes the newest first on %s and exits with 0",
		async (signal) => {
			expect(await run("run", [signal])).toMatchObject({
				code: 0,
				lines: ["started", "second stopped", "first stopped"],
				errors: "",
			});
		},
	);

	it("takes the same Ctrl-C from terminal and npm for one", async () => {
		expect(await run("run", ["SIGINT", "SIGINT"])).toMatchObject({ code: 0 });
	});

	it("prints a refusal to start as one line, undoes what was begun and exits with 1", async () => {
		expect(await run("refuse", [])).toEqual({
			code: 1,
			lines: ["second stopped", "first stopped"],
			errors: "another Kith is running",
		});
	});

	it("goes on undoing when a step fails, and says so by its exit code", async () => {
		expect(await run("fail-stop", ["SIGTERM"])).toMatchObject({
			code: 1,
			lines: ["started", "second stopped", "first stopped"],
		});
	});

	it("stops in order after a defect, with exit code 1", async () => {
		expect(await run("defect", [])).toMatchObject({ code: 1, lines: ["started", "second stopped", "first stopped"] });
	});
});
