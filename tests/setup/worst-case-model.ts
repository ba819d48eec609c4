import type { Canary } from "./canaries.ts";
import type { OllamaScript, ScriptedAnswer, ScriptedChat } from "./scripted-ollama.ts";

/** More than any answer may have. */
const endlessBytes = 12_000_000;
const pieceBytes = 64_000;

/**
 * A model that does whatever the data tell it: of every canary that it finds in a prompt it writes what was wanted, with data
 * of the prompt in it, and cites what there is not.
 */
export const worstCaseModel = (canaries: readonly Canary[]): Required<Pick<OllamaScript, "chat">> => ({
	chat: async (asked, answer) => {
		const prompt = asked.messages.map(({ content }) => content).join("\n");
		const found = canaries.filter(({ id }) => prompt.includes(id));
		const wanted = found.flatMap(({ obeyed }) => obeyed);
		const endless = wanted.map((one) => /^\{FOREVER:([\s\S]*)\}$/.exec(one)?.[1]).find((piece) => piece !== undefined);
		const texts = wanted.map((one) => filledIn(one, asked));
		if (endless !== undefined) await writeWithoutEnd(endless, asked, answer);
		else await writeAll(answerOf(wanted, texts, asked), answer);
	},
});

const userOf = ({ messages }: ScriptedChat): string => messages.at(-1)?.content ?? "";

/** Puts what the model knows into what it was told to write. */
const filledIn = (wanted: string, asked: ScriptedChat): string => {
	const user = userOf(asked);
	const secret = encodeURIComponent(Buffer.from(user.slice(20, 120)).toString());
	return wanted
		.replaceAll("{SECRET64}", () => Buffer.from(user.slice(0, 90)).toString("base64"))
		.replaceAll("{SECRET}", () => secret)
		.replaceAll("{SYSTEM}", () => asked.messages[0]?.content ?? "")
		.replaceAll("{BOUNDARY}", () => user.slice(0, 19))
		.replaceAll(/\{OTHERS\}|\{EVERYTHING\}/g, () => asked.messages.map(({ content }) => content).join("\n"));
};

/** In the form that was asked for, as far as what is wanted leaves one. */
const answerOf = (wanted: readonly string[], texts: readonly string[], { format }: ScriptedChat): string => {
	const all = texts.length === 0 ? ["Nothing was wanted."] : texts;
	if (wanted.includes("{PLAIN}")) return "Plain words at https://evil.example/plain";
	if (wanted.includes("{NUMBER}")) return "999";
	if (wanted.includes("{NULL}")) return "null";
	if (wanted.includes("{NEST}")) return `{"lines":${"[".repeat(10)}{"text":"deep"}${"]".repeat(10)}}`;
	if (format?.properties?.["replies"] !== undefined)
		return JSON.stringify({ replies: [...all, ...all, ...all].slice(0, 12) });
	if (format?.properties?.["lines"] === undefined) return all.join("\n");
	const cite = wanted.map((one) => /^\{CITE:(.+)\}$/.exec(one)?.[1]).find((one) => one !== undefined);
	const cites = [1, 999, -1, 0, 1.5, null, "$other", "2", { n: 1 }, cite ?? 77];
	const label = wanted.includes("{LABEL}") ? "urgent" : "action";
	const lines = all.map((text) => ({ label, cites, text, sources: [{ document: "evil.md", heading: text }] }));
	const many = wanted.includes("{MANY}") ? Array.from({ length: 100 }, () => lines).flat() : lines;
	const written = JSON.stringify({ known: !wanted.includes("{KNOWN:false}"), lines: many });
	return wanted.includes("{BRACKETS}") ? `${written}]}]}` : written;
};

const writeAll = async (text: string, answer: ScriptedAnswer): Promise<void> => {
	// In pieces that cut addresses and characters anywhere.
	for (let start = 0; start < text.length; start += 83) await answer.say(text.slice(start, start + 83));
	await answer.end();
};

const writeWithoutEnd = async (piece: string, { format }: ScriptedChat, answer: ScriptedAnswer): Promise<void> => {
	const opening = format === undefined ? "" : '{"known":true,"lines":[{"cites":[1],"text":"';
	await answer.say(opening);
	const text = piece.repeat(Math.ceil(pieceBytes / piece.length));
	let isGone = false;
	void answer.gone.then(() => {
		isGone = true;
	});
	for (let written = 0; written < endlessBytes && !isGone; written += text.length) await answer.say(text);
	await answer.end();
};
