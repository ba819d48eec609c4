import { createOllamaHosts } from "../../../../src/server/adapters/ollama/ollama-hosts.ts";
import { createAssistant, type ModelHost } from "../../../../src/server/assistant/public.ts";
import type { StartRunInput } from "../../../../src/shared/wire/assistant.ts";
import { silentLog } from "../../../setup/silent-log.ts";
import { atMost } from "../../figure.ts";
import { median } from "../../statistics.ts";
import { type AssistantBench, contextTokens, neededOllama } from "../assistant-bench.ts";
import { longChat, marks } from "../long-chat.ts";
import { chatRoom, timedRun } from "../timed-run.ts";

const chats = 5;
const messageCount = 40;
const mostRatio = 0.5;

/** How long the model reads before its first word: of the first suggestion in a chat, and after one more message. */
export const prefixBench: AssistantBench = {
	ids: ["prefix.second.ratio"],
	isOnModel: true,
	measure: async (context) => {
		const { url, ...models } = neededOllama(context);
		const readingMs: number[] = [];
		const hosts = createOllamaHosts({ urls: [url], ...models, contextTokens, clock: Date });
		const timedHosts = {
			...hosts,
			take: () => timed(hosts.take(), (ms) => readingMs.push(ms)),
			giveBack: () => giveBack(),
		};
		let taken: ModelHost | undefined;
		const timed = (host: ModelHost | undefined, note: (ms: number) => void): ModelHost | undefined => {
			if (host === undefined) return undefined;
			taken = host;
			return { ...host, chat: (prompt) => noteFirst(host.chat(prompt), note) };
		};
		const giveBack = (): void => {
			if (taken !== undefined) hosts.giveBack(taken);
		};
		const assistant = createAssistant({
			hosts: timedHosts,
			records: { add: async () => undefined, forgetBefore: async () => undefined },
			policyOf: async () => ({ policy: "personal" }),
			readPassages: async () => [],
			...{ clock: Date, log: silentLog, key: Buffer.from("a key of a bench"), serverName: "kith.example" },
		});
		const ratios: number[] = [];
		const mark = marks();
		while (ratios.length <= chats) {
			const chat = longChat(messageCount + 2, mark.next().value);
			await timedRun(assistant, repliesTo(chat.slice(0, messageCount)));
			await timedRun(assistant, repliesTo(chat));
			const [first = Number.NaN, second = Number.NaN] = readingMs.splice(0);
			ratios.push(second / first);
			context.say(`prefix: ${first.toFixed(0)} ms before the first word, then ${second.toFixed(0)} ms`);
		}
		await assistant.close();
		// The first chat loads the model.
		return [atMost(mostRatio, { id: "prefix.second.ratio", value: median(ratios.slice(1)), unit: "×" })];
	},
};

const repliesTo = (messages: ReturnType<typeof longChat>): StartRunInput => ({
	...{ kind: "replies", roomId: chatRoom, language: "en", windowOffset: 0 },
	messages,
});

async function* noteFirst(
	answer: ReturnType<ModelHost["chat"]>,
	note: (ms: number) => void,
): ReturnType<ModelHost["chat"]> {
	const startMs = performance.now();
	let hasBegun = false;
	try {
		for (;;) {
			const { done, value } = await answer.next();
			if (!hasBegun) note(performance.now() - startMs);
			hasBegun = true;
			if (done === true) return value;
			yield value;
		}
	} finally {
		await answer.return({ promptTokens: 0, answerTokens: 0 });
	}
}
