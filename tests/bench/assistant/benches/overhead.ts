import type { StartRunInput } from "../../../../src/shared/wire/assistant.ts";
import { openAssistant } from "../../../ollama/open-assistant.ts";
import { startScriptedOllama } from "../../../setup/scripted-ollama.ts";
import { atMost } from "../../figure.ts";
import { median } from "../../statistics.ts";
import { type AssistantBench, contextTokens, neededOllama } from "../assistant-bench.ts";
import { directCall } from "../direct-call.ts";
import { longChat, marks } from "../long-chat.ts";
import { chatRoom, type RunTaken, timedRun } from "../timed-run.ts";

const pairs = 10;
const mostRatio = 1.05;
const messageCount = 24;

const draftOf = (mark: string): StartRunInput => ({
	...{ kind: "draft", roomId: chatRoom, language: "en", instruction: "Write that I help on Friday.", windowOffset: 0 },
	messages: longChat(messageCount, mark),
});

/** A draft through the whole engine, against the same prompt sent to Ollama as it is; whichever is first changes each time. */
export const overheadBench: AssistantBench = {
	ids: ["first-token.ratio", "run.ratio"],
	isOnModel: true,
	measure: async (context) => {
		const ollama = neededOllama(context);
		const { assistant } = await openAssistant(ollama, { contextTokens });
		const bodyOf = await promptRecorder(ollama.chatModel);
		const mark = marks();
		const ours: RunTaken[] = [];
		const direct: RunTaken[] = [];
		const takeOurs = async () => ours.push(await timedRun(assistant, draftOf(mark.next().value)));
		const takeDirect = async () => direct.push(await directCall(ollama.url, await bodyOf(draftOf(mark.next().value))));
		// Loads the model, and LlamaIndex.
		await timedRun(assistant, draftOf(mark.next().value));
		for (let pair = 0; pair < pairs; pair += 1) {
			for (const take of pair % 2 === 0 ? [takeOurs, takeDirect] : [takeDirect, takeOurs]) await take();
			const [one, other] = [ours.at(-1), direct.at(-1)];
			context.say(
				`overhead: first word ${one?.firstMs.toFixed(0)} ms, directly ${other?.firstMs.toFixed(0)} ms; whole ${one?.wholeMs.toFixed(0)} (${one?.answerTokens} tokens), ${other?.wholeMs.toFixed(0)} ms (${other?.answerTokens})`,
			);
		}
		await assistant.close();
		const ratio = (value: (taken: RunTaken) => number): number => median(ours.map(value)) / median(direct.map(value));
		return [
			atMost(mostRatio, { id: "first-token.ratio", value: ratio(({ firstMs }) => firstMs), unit: "×" }),
			// Answers differ in length by their first lines: what is compared is the time after reading, a token, plus reading.
			atMost(mostRatio, {
				id: "run.ratio",
				value: ratio(perToken(median(direct.map((taken) => taken.answerTokens)))),
				unit: "×",
			}),
		];
	},
};

/** The whole time, had the answer been of so many tokens. */
const perToken =
	(tokens: number) =>
	({ firstMs, wholeMs, answerTokens }: RunTaken): number =>
		firstMs + ((wholeMs - firstMs) / Math.max(1, answerTokens)) * tokens;

/** What the engine sends for an input, as an Ollama of ours was sent it. */
const promptRecorder = async (chatModel: string): Promise<(input: StartRunInput) => Promise<string>> => {
	return async (input) => {
		await using recorder = await startScriptedOllama({
			chat: (_, answer) => answer.say("ok").then(() => answer.end()),
		});
		const { assistant } = await openAssistant({ url: recorder.url, chatModel, embedModel: "none" }, { contextTokens });
		await timedRun(assistant, input);
		await assistant.close();
		return JSON.stringify(recorder.chats[0]);
	};
};
