import pg from "pg";
import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";

function collect() {
	const lines: string[] = [];
	const log = createLogger({ logLevel: "info" }, { write: (line: string) => void lines.push(line) });
	return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "null") };
}

describe("createLogger", () => {
	it("writes one object a line with level, time and fields", () => {
		const { log, last } = collect();
		log.child({ requestId: "r1" }).info({ status: 200 }, "request");
		expect(last()).toMatchObject({ level: "info", requestId: "r1", status: 200, msg: "request" });
		expect(Date.parse(last().time)).not.toBeNaN();
	});

	it("drops what is named like a secret", () => {
		const { log, lines } = collect();
		log.info({ password: "canary", input: { token: "canary", text: "kept" }, headers: { cookie: "canary" } }, "call");
		expect(lines.join()).not.toContain("canary");
		expect(lines.join()).toContain("kept");
	});

	it("keeps the values that a database error quotes out", () => {
		const { log, last, lines } = collect();
		const error = Object.assign(new pg.DatabaseError('invalid input: "canary"', 1, "error"), {
			code: "22P02",
			severity: "ERROR",
			routine: "pg_strtoint32",
			detail: "Key (text)=(canary) exists",
		});
		log.error({ err: new Error("the query failed", { cause: error }) }, "failed");
		expect(lines.join()).not.toContain("canary");
		expect(last().err).toMatchObject({ message: "the query failed", cause: { code: "22P02" } });
		expect(last().err.stack).toContain("logger.test.ts");
	});
});
