import * as z from "zod";
import { maxRunMessages, rewriteStyles, windowStep } from "./assistant-limits.ts";
import { wireEventId, wireRoomId, wireUserId } from "./identifiers.ts";

/** Whether plaintext of a room may go to the assistant, and how. */
export const wireAssistantPolicy = z.enum(["off", "personal", "bot"]);

/** A language as browsers name it, such as `de` or `pt-BR`. */
const language = z
	.string()
	.max(35)
	.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
/** One message as the person reads it: the client picks and decrypts, the server keeps it for the run alone. */
export const wireAssistantMessage = z.object({
	/** What a citation names. */
	eventId: wireEventId.regex(/^\$[\w+/=:.~-]+$/),
	/** How the sender is shown. */
	sender: z.string().max(120),
	/** Milliseconds since the Unix epoch. */
	at: z.number().int().min(0).max(8.64e15),
	body: z.string().max(20_000),
	/** Written by the person who asks. */
	isOwn: z.boolean().default(false),
});
const messages = z.array(wireAssistantMessage).max(maxRunMessages);
const inRoom = { roomId: wireRoomId, language };
/** How many messages of the chat, modulo `windowStep`, are before the first one here: keeps the model's memory of a chat. */
const windowOffset = z
	.int()
	.min(0)
	.max(windowStep - 1)
	.default(0);

/** What the assistant is asked for. All but `support` take place in one room. */
export const startRunInput = z.discriminatedUnion("kind", [
	/** What happened: the messages in the order in which they were written. `focus` names a topic or a person. */
	z.object({ kind: z.literal("summary"), ...inRoom, messages: messages.min(1), focus: z.string().max(200).optional() }),
	/** A question, with the messages that were found for it, the best first: what does not fit is left out from the end. */
	z.object({
		kind: z.literal("ask"),
		...inRoom,
		question: z.string().trim().min(1).max(1000),
		messages: messages.min(1).max(200),
	}),
	/** Three answers to the last message. */
	z.object({ kind: z.literal("replies"), ...inRoom, messages: messages.min(1).max(60), windowOffset }),
	/** A message by an instruction; what was written before is optional. */
	z.object({
		kind: z.literal("draft"),
		...inRoom,
		instruction: z.string().trim().min(1).max(1000),
		messages: messages.max(60).default([]),
		windowOffset,
	}),
	z.object({
		kind: z.literal("rewrite"),
		...inRoom,
		style: z.enum(rewriteStyles),
		text: z.string().trim().min(1).max(20_000),
	}),
	/** Into `language`. */
	z.object({ kind: z.literal("translate"), ...inRoom, text: z.string().trim().min(1).max(20_000) }),
	/** How something is done in Kith, answered from its own documents. */
	z.object({ kind: z.literal("support"), language, question: z.string().trim().min(1).max(1000) }),
	/** Which command of the chat with the server the owner's own words ask for. */
	z.object({ kind: z.literal("command"), language, words: z.string().trim().min(1).max(1000) }),
]);
export const runKinds = ["summary", "ask", "replies", "draft", "rewrite", "translate", "support", "command"] as const;

export const wireRunId = z
	.string()
	.length(24)
	.regex(/^[\w-]+$/);
/** `position`: what of the queue is before it; 0 runs at once. */
export const startRunOutput = z.object({ runId: wireRunId, position: z.int() });
export const runInput = z.object({ runId: wireRunId });
/** tRPC adds the id of the last event that the client has, when it comes back. */
export const followRunInput = runInput.extend({
	lastEventId: z.string().max(10).regex(/^\d+$/).nullish(),
});

/** Why a run ended without an answer. */
export const runFailures = [
	/** No Ollama answers. */
	"unreachable",
	/** Ollama does not have the model. */
	"no-model",
	/** The model cannot do this, or reads less than the server is set to. */
	"model-too-small",
	/** What has to be read does not fit, even without what may be left out. */
	"too-long",
	/** Nothing came for too long. */
	"timed-out",
	/** The answer broke off. */
	"broken-off",
	/** What came is no answer: not the form that was asked for, or without end. */
	"bad-answer",
	/** Ollama has too much to do. */
	"busy",
	/** Its machine has too little memory for the model. */
	"no-memory",
	/** Ollama said no, or something broke. */
	"failed",
	/** Nobody followed the run any more, or the server is being stopped. */
	"abandoned",
] as const;

/** What a document of Kith says. */
export const wireDocSource = z.object({ document: z.string(), heading: z.string() });

const docSource = z.object({ document: z.string().min(1).max(200), heading: z.string().min(1).max(500) });
export const lookUpInput = z.object({ question: z.string().trim().min(1).max(1000) });
export const lookUpOutput = z.object({ items: z.array(wireDocSource) });
export const passageInput = docSource;
/** `words` as they stand there, in Markdown. */
export const passageOutput = docSource.extend({ words: z.string() });

/** What a run says, in order. The last one is `done`, `failed` or `cancelled`. */
export const wireRunEvent = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("queued"), position: z.int() }),
	/** `leftOut`: messages that did not fit and are not read. */
	z.object({ kind: z.literal("started"), model: z.string(), leftOut: z.int() }),
	/** Parts that are read, of a long range. */
	z.object({ kind: z.literal("progress"), done: z.int(), total: z.int() }),
	/**
	 * A whole line of a summary or an answer. `cites`: the messages that it rests on, checked to be among those that were
	 * given; of `support`, `sources` says which documents. Neither: nothing backs it.
	 */
	z.object({
		kind: z.literal("line"),
		text: z.string(),
		cites: z.array(wireEventId),
		sources: z.array(wireDocSource).optional(),
		/** Of a summary: what somebody is to do, or what was decided. */
		label: z.enum(["plain", "action", "decision"]),
	}),
	/** More of a draft, a rewritten or a translated text. */
	z.object({ kind: z.literal("text"), text: z.string() }),
	z.object({ kind: z.literal("replies"), replies: z.array(z.string()) }),
	/** A line that can be run, once its person has seen it: nothing is done. */
	z.object({ kind: z.literal("command"), line: z.string() }),
	/** `isKnown` is false where the sources do not answer the question. */
	z.object({ kind: z.literal("done"), isKnown: z.boolean(), promptTokens: z.int(), answerTokens: z.int() }),
	z.object({ kind: z.literal("failed"), reason: z.enum(runFailures) }),
	z.object({ kind: z.literal("cancelled") }),
]);

export const assistantStates = ["missing", "unreachable", "no-model", "model-too-small", "busy", "ready"] as const;

/** What the assistant of this server can do now. */
export const assistantStatusOutput = z.object({
	/** `busy`: it works, and who asks now waits. `missing`: the owner has set up none. */
	state: z.enum(assistantStates),
	/** Whose machine reads what is sent: the name of this server. */
	host: z.string(),
	model: z.string(),
	/** Runs that wait. */
	waiting: z.int(),
	/** What a run may read, in tokens. */
	contextTokens: z.int(),
	/** The model that makes vectors of texts; absent: no Ollama has it. */
	embedModel: z.string().optional(),
	/** The assistant as a member of chats; absent: this server has none. */
	botUserId: wireUserId.optional(),
});

/** When the assistant as a member tells what happened: in an hour of the day there, or of one day of the week, 0 a Sunday. */
export const wireDigest = z.object({
	every: z.enum(["day", "week"]),
	hour: z.int().min(0).max(23),
	weekday: z.int().min(0).max(6),
	/** As browsers name it, such as `Europe/Berlin`. */
	zone: z
		.string()
		.max(64)
		.regex(/^[\w+/-]+$/),
});
export const assistantPolicyOutput = z.object({
	policy: wireAssistantPolicy,
	/** Nobody has chosen: encrypted rooms begin with `off`, others with `personal`. */
	isDefault: z.boolean(),
	/** The reader may change it. */
	canSet: z.boolean(),
	/** The assistant is a member of the room. */
	isBotHere: z.boolean(),
	/** When it tells what happened; absent: never. */
	digest: wireDigest.optional(),
	/** It greets who comes. */
	isGreeting: z.boolean(),
});
/** `bot` asks the assistant in, which speaks that language there. */
export const setAssistantPolicyInput = z.object({
	roomId: wireRoomId,
	policy: wireAssistantPolicy,
	language: language.optional(),
	digest: wireDigest.optional(),
	isGreeting: z.boolean().optional(),
});
/** The assistant as a member, for the owner. */
export const assistantBotOutput = z.object({
	/** False: no Ollama is set up. */
	isPossible: z.boolean(),
	isOn: z.boolean(),
	userId: wireUserId.optional(),
	/** Chats that it is in. */
	roomCount: z.int(),
});
export const setAssistantBotInput = z.object({ isOn: z.boolean() });

/** One Ollama, for the owner. */
export const wireAssistantHost = z.object({
	/** Its address. */
	url: z.string(),
	state: z.enum(assistantStates),
	version: z.string().optional(),
	/** Of the two models: whether it has them. */
	models: z.array(
		z.object({
			name: z.string(),
			use: z.enum(["chat", "embed"]),
			isThere: z.boolean(),
			/** A pull that is under way, or how the last one ended. Bytes. */
			pull: z
				.object({ state: z.enum(["running", "done", "failed"]), completed: z.number(), total: z.number() })
				.optional(),
		}),
	),
});
export const assistantHostsOutput = z.object({ items: z.array(wireAssistantHost) });
export const pullModelInput = z.object({ url: z.string().max(2048), model: z.string().max(200) });

export type WireDigest = z.infer<typeof wireDigest>;
export type WireAssistantPolicy = z.infer<typeof wireAssistantPolicy>;
export type WireAssistantMessage = z.infer<typeof wireAssistantMessage>;
export type StartRunInput = z.infer<typeof startRunInput>;
export type RunKind = (typeof runKinds)[number];
export type RewriteStyle = (typeof rewriteStyles)[number];
export type RunFailure = (typeof runFailures)[number];
export type WireRunEvent = z.infer<typeof wireRunEvent>;
export type WireDocSource = z.infer<typeof wireDocSource>;
export type AssistantState = (typeof assistantStates)[number];
export type WireAssistantHost = z.infer<typeof wireAssistantHost>;
