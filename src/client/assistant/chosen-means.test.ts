import { afterEach, describe, expect, it } from "vitest";
import type { StartRunInput } from "../../shared/wire/assistant.ts";
import { type OwnOllama, type OwnSettings, ownOllama } from "../own-ollama/own-settings.ts";
import { chosenMeans } from "./chosen-means.ts";
import type { RunMeans } from "./run-means.ts";
import type { RunProblem } from "./run-state.ts";

const settings: OwnSettings = {
	...{ origin: "http://localhost:11434", chatModel: "m", contextTokens: 4096, secret: "s" },
};
const asked: StartRunInput = { kind: "translate", roomId: "!r:a", language: "de", text: "hello" };
const personal = { policy: "personal", isDefault: false } as const;

afterEach(() => ownOllama.set(() => ({ kind: "unread" })));

/** Asks for a run while something holds, and tells where it was started and why it was not. */
function ask(own: OwnOllama, policy: () => Promise<{ policy: "off" | "personal"; isDefault: boolean }>, input = asked) {
	const started: string[] = [];
	const problems: RunProblem[] = [];
	const at = (name: string): RunMeans => ({
		start: async () => String(started.push(name)),
		follow: () => () => undefined,
		cancel: async () => undefined,
		later: () => undefined,
	});
	ownOllama.set(() => own);
	const means = chosenMeans({ server: at("server"), own: async () => at("own"), policyIn: policy });
	const whenStarted = means.start(input).then((id) =>
		means.follow(id, undefined, {
			onEvent: () => undefined,
			onFailed: (why) => void problems.push(why),
			onEnd: () => undefined,
		}),
	);
	return { started, problems, whenStarted };
}

describe("the way of a run", () => {
	it("is the server where the person has no Ollama of their own", async () => {
		const { started, whenStarted } = ask({ kind: "none" }, async () => personal);
		await whenStarted;
		expect(started).toEqual(["server"]);
	});

	it("is the person's own Ollama where they have one, but for questions about Kith itself", async () => {
		const own: OwnOllama = { kind: "set", settings };
		const chat = ask(own, async () => personal);
		await chat.whenStarted;
		expect(chat.started).toEqual(["own"]);
		const help = ask(own, async () => personal, { kind: "support", language: "de", question: "how?" });
		await help.whenStarted;
		expect(help.started).toEqual(["server"]);
	});

	it("waits until it is known, and goes to nobody where what is kept does not open", async () => {
		const early = ask({ kind: "unread" }, async () => personal);
		await new Promise((resolve) => setTimeout(resolve));
		expect(early.started).toEqual([]);
		ownOllama.set(() => ({ kind: "set", settings }));
		await early.whenStarted;
		expect(early.started).toEqual(["own"]);
		const broken = ask({ kind: "broken" }, async () => personal);
		await broken.whenStarted;
		expect(broken.started).toEqual([]);
		expect(broken.problems).toEqual([{ kind: "own", reason: "unreachable" }]);
	});

	it("is none where somebody chose that the assistant is off, or where that is not known", async () => {
		const off = ask({ kind: "set", settings }, async () => ({ policy: "off", isDefault: false }));
		await off.whenStarted;
		expect(off.problems).toEqual([{ kind: "call", code: "assistant-off" }]);
		const unknown = ask({ kind: "set", settings }, async () => Promise.reject(new Error("no net")));
		await unknown.whenStarted;
		expect(unknown.problems).toEqual([{ kind: "call", code: "offline" }]);
		expect([...off.started, ...unknown.started]).toEqual([]);
	});

	it("is open on this device where nobody chose, and closed elsewhere in the network", async () => {
		const nobody = async () => ({ policy: "off", isDefault: true }) as const;
		const here = ask({ kind: "set", settings }, nobody);
		await here.whenStarted;
		expect(here.started).toEqual(["own"]);
		const there = ask({ kind: "set", settings: { ...settings, origin: "http://192.168.1.20:11434" } }, nobody);
		await there.whenStarted;
		expect(there.started).toEqual([]);
		expect(there.problems).toEqual([{ kind: "call", code: "assistant-off" }]);
	});
});
