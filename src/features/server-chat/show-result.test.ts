import { describe, expect, it } from "vitest";
import { newRun, withRunEvent } from "../../client/assistant/run-state.ts";
import type { ConsoleEntry, Proposal } from "../../client/console/transcript.ts";
import { parseLine } from "../../shared/commands/parse-command.ts";
import type { WireAdminPerson } from "../../shared/wire/admin-calls.ts";
import type { WireRunEvent } from "../../shared/wire/assistant.ts";
import type { WireCommand, WireCommandResult } from "../../shared/wire/commands.ts";
import { knownValues } from "./known-values.ts";
import { showResult } from "./show-result.ts";
import { showEntry } from "./shown-entry.ts";
import type { ShownAction } from "./shown-result.ts";

const now = Date.UTC(2026, 4, 5, 12);
const context = { now, ownUserId: "@olive:kith.test", origin: "https://kith.test" };
const ann: WireAdminPerson = {
	...{
		userId: "@ann:kith.test",
		localpart: "ann",
		displayName: "Ann",
		isOwner: false,
		isBot: false,
		isDisabled: false,
	},
	...{ createdAt: now - 1e9, sessionCount: 2 },
};
const entry = (answer: ConsoleEntry["answer"]) => showEntry({ id: 1, said: "/x", answer }, context).answer;
type Result = Exclude<WireCommandResult, Proposal>;

/** The buttons of an answer: each has to say a command that can be run. */
const actionsOf = (result: Result): readonly ShownAction[] => {
	const shown = showResult(result, context);
	if (shown.kind === "rows") return shown.rows.flatMap(({ actions }) => actions);
	return shown.kind === "facts" ? shown.actions : [];
};
const namesOf = (result: Result) =>
	actionsOf(result).map(({ line }) => {
		const parsed = parseLine(line, { isOwner: true });
		return parsed.kind === "command" ? parsed.command.name : `${line} is ${parsed.kind}`;
	});

describe("an answer's buttons", () => {
	it("say commands that can be run, and fit what is known", () => {
		expect(namesOf({ kind: "people", items: [ann], hasMore: false })).toEqual(["people-show"]);
		expect(namesOf({ kind: "person", person: ann })).toEqual(["people-sign-out", "people-suspend"]);
		expect(namesOf({ kind: "person", person: { ...ann, sessionCount: 0 } })).toEqual(["people-suspend"]);
		expect(namesOf({ kind: "person", person: { ...ann, isDisabled: true } })).toEqual(["people-reactivate"]);
		expect(namesOf({ kind: "person", person: { ...ann, userId: context.ownUserId } })).toEqual([]);
		const server = { serverName: "two.example:8448", queueLength: 3 };
		const states = ["retrying", "healthy", "blocked"] as const;
		const items = states.map((state) => ({ ...server, state }));
		expect(namesOf({ kind: "servers", items })).toEqual(["servers-retry", "servers-block", "servers-block"]);
		const rule = { pattern: "*.spam.example", note: "", createdAt: now };
		const rules = [
			{ ...rule, kind: "block" as const },
			{ ...rule, kind: "allow" as const },
		];
		expect(namesOf({ kind: "rules", items: rules })).toEqual(["servers-unblock", "servers-disallow"]);
		const report = {
			id: "4",
			reporterId: ann.userId,
			reporterName: "Ann",
			subjectId: "@x:y",
			words: "",
			createdAt: now,
		};
		expect(namesOf({ kind: "report", report })).toEqual(["reports-settle"]);
		expect(namesOf({ kind: "report", report: { ...report, settledAt: now } })).toEqual([]);
	});

	it("name what they are about", () => {
		const [signOut] = actionsOf({ kind: "person", person: ann });
		expect(signOut).toEqual({
			...{ label: "Sign out devices", name: "Sign out devices: Ann", line: "/people sign-out @ann:kith.test" },
		});
	});
});

describe("figures", () => {
	it("are shares of the largest, and nothing is drawn of nothing", () => {
		const points = [0, 5, 10].map((value, index) => ({ label: `2026-05-0${index + 1}`, value }));
		const shown = showResult({ kind: "charts", charts: [{ chart: "messages", points }] }, context);
		expect(shown).toMatchObject({
			charts: [
				{ lead: "In all: 15", none: undefined, points: [{ share: 0 }, { share: 0.5 }, { share: 1, words: "10" }] },
			],
		});
		expect(showResult({ kind: "charts", charts: [{ chart: "queue", points: [] }] }, context)).toMatchObject({
			charts: [{ none: "Nothing waits." }],
		});
		expect(showResult({ kind: "storage", parts: [{ part: "media", bytes: 2e6, count: 1 }] }, context)).toMatchObject({
			bars: [{ label: "Pictures and files", detail: "1 file", share: 1 }],
		});
	});

	it("say that no backup is known of", () => {
		expect(showResult({ kind: "backup" }, context)).toMatchObject({
			facts: [{ words: "None that this server knows of" }],
		});
		expect(showResult({ kind: "backup", lastAt: now, sizeBytes: 3e9 }, context)).toMatchObject({ facts: [{}, {}] });
	});
});

describe("a proposal", () => {
	const propose = (command: WireCommand, more: Partial<Proposal> = {}): Proposal => ({
		...{ kind: "proposal", proposalId: "p".repeat(32), command, expiresAt: now, ...more },
	});

	it("says what would be done, to whom, and with what consequence, for every command that has one", () => {
		const commands: readonly WireCommand[] = [
			{ name: "people-suspend", person: "@ann:kith.test" },
			{ name: "people-sign-out", person: "@ann:kith.test" },
			{ name: "rooms-close", room: "!r:kith.test" },
			{ name: "invites-revoke", invite: "0123456789abcdef" },
			{ name: "servers-block", server: "two.example" },
			{ name: "servers-allow", server: "two.example" },
			{ name: "servers-disallow", server: "two.example" },
		];
		for (const command of commands) {
			const shown = entry({ kind: "proposal", proposal: propose(command, { subject: "Ann" }), state: "open" });
			if (shown.kind !== "proposal") throw new Error("no proposal is shown");
			const { title, line, words, action } = shown.proposal;
			expect(title + action).not.toContain("{");
			expect(words.join("").length).toBeGreaterThan(20);
			expect(parseLine(line, { isOwner: true })).toEqual({ kind: "command", command });
		}
		const counted = propose(commands[0] as WireCommand, { subject: "Ann", count: 2 });
		expect(entry({ kind: "proposal", proposal: counted, state: "open" })).toMatchObject({
			proposal: { title: "Switch off Ann?", words: ["2 devices are signed in.", expect.any(String)] },
		});
	});

	it("that was carried out says so", () => {
		const done = (command: WireCommand, more = {}) =>
			entry({ kind: "result", result: { kind: "done", command, ...more } });
		expect(done({ name: "rooms-close", room: "!r:kith.test" }, { count: 1, isShut: false })).toMatchObject({
			result: { words: ["1 person left it.", expect.stringContaining("come back")] },
		});
		expect(done({ name: "people-suspend", person: "@ann:kith.test" })).toMatchObject({
			result: { words: ["@ann:kith.test is switched off."] },
		});
	});
});

describe("a line that is no command", () => {
	const shownFault = (line: string) => {
		const fault = parseLine(line, { isOwner: true });
		if (fault.kind === "command" || fault.kind === "words" || fault.kind === "empty") throw new Error("it is one");
		return entry({ kind: "fault", fault });
	};

	it("is told what was meant, what is missing and how it goes", () => {
		expect(shownFault("/people supsend ann")).toMatchObject({ near: [{ line: "/people suspend " }, {}, {}, {}] });
		expect(shownFault("/people suspend")).toMatchObject({
			...{ words: "Person is missing.", usage: "/people suspend ‹person›" },
		});
		expect(shownFault("/servers block")).toMatchObject({ usage: "/servers block ‹server› [note]" });
	});
});

describe("an answer from the documents", () => {
	it("numbers each part once, says what rests on none, and makes a message of it for whoever runs the server", () => {
		const key = { document: "docs/help.md", heading: "Recovery key" };
		const line = (text: string, sources: (typeof key)[]): WireRunEvent => ({
			...{ kind: "line", text, cites: [], sources, label: "plain" },
		});
		const events: readonly WireRunEvent[] = [
			line("Type it.", [key]),
			line("Or approve it.", [{ ...key, heading: "Devices" }, key]),
			line("Maybe.", []),
			{ kind: "done", isKnown: true, promptTokens: 1, answerTokens: 1 },
		];
		const run = events.reduce(withRunEvent, newRun);
		expect(entry({ kind: "asked", question: "how?", run })).toMatchObject({
			progress: undefined,
			lines: [{ sources: [{ number: 1 }] }, { sources: [{ number: 2 }, { number: 1 }] }, { sources: [] }],
			draft: "I asked: how?\nThe help said: Type it. Or approve it. Maybe.",
		});
	});
});

describe("what was named", () => {
	it("is offered again, the newest first, each once", () => {
		const answered = (result: Result): ConsoleEntry => ({ id: 1, said: "", answer: { kind: "result", result } });
		const ben = { ...ann, userId: "@ben:kith.test", displayName: "Ben" };
		const known = knownValues([
			answered({ kind: "people", items: [ann, ben], hasMore: false }),
			answered({ kind: "person", person: ben }),
		]);
		expect(known.person?.map(({ value }) => value)).toEqual(["@ben:kith.test", "@ann:kith.test"]);
	});
});
