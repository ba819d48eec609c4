/**
 * What a page and the crypto worker say to each other: one closed table of calls, each with what goes in and what comes
 * out, and what the worker tells unasked. Nothing in it carries a private key out of the worker: answers are words, public
 * keys and facts. The worker checks everything that it hears against this; a page knows it by its types alone, for zod's
 * weight is not for its first screen, and takes the worker's word.
 */
import * as z from "zod";
import { wireDeviceNews } from "../../shared/wire/sync.ts";
import { unreadableReasons } from "../../shared/wire/unreadable-reasons.ts";
import { cryptoProtocol } from "./crypto-protocol.ts";
import { historyCalls } from "./history-call.ts";
import { backupState, recoveryCalls, restoreProgress } from "./recovery-call.ts";
import { roomKeySettings } from "./room-key-settings.ts";
import { verificationCalls, verificationSnapshot } from "./verification-call.ts";

const id = z.string().min(1).max(255);
const json = z.record(z.string(), z.unknown());
const nothing = z.object({});

/** Whose engine it is. */
export const engineAccount = z.object({ userId: id, deviceId: id });

/** An encrypted event as the server hands it out. */
export const sealedEvent = z.object({
	roomId: id,
	eventId: id,
	sender: id,
	originServerTs: z.number(),
	content: json,
});

export const readResult = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("read"),
		type: z.string(),
		content: json,
		/** Whether somebody vouches for the device that sent it: `legacy` keys are from before that was asked. */
		isVouched: z.boolean(),
	}),
	z.object({ kind: z.literal("unreadable"), reason: z.enum(unreadableReasons), sessionId: z.string().optional() }),
]);

/** How this device stands with the identity of its person. */
export const identityStatus = z.enum([
	/** Not asked yet. */
	"unknown",
	/** The identity is there and vouches for this device. */
	"verified",
	/** There is one, which does not know this device yet. */
	"unverified",
]);

/** Who is to read what is sealed for a room, and how the room wants it sealed. */
const readers = z.object({ roomId: id, userIds: z.array(id).max(100_000), settings: roomKeySettings });

/** What a page asks of the worker. */
export const cryptoCalls = {
	/** Opens the store of a device and begins to work for it. `isNew`: there was none, and everything begins here. */
	start: {
		input: engineAccount.extend({ protocol: z.literal(cryptoProtocol) }),
		output: z.object({ isNew: z.boolean() }),
	},
	/** Takes in what a sync item brings for the device; answered once it is processed and stored. */
	receive: {
		input: z.object({
			news: wireDeviceNews,
			/** It came with a start, which says nothing of whose devices changed: anybody's may have. */
			isStart: z.boolean(),
		}),
		output: nothing,
	},
	/** Seals content for these people's devices, after handing them the room's key. */
	encrypt: {
		input: readers.extend({ type: z.string().min(1).max(255), content: json }),
		output: z.object({ content: json }),
	},
	/** Hands these people's devices the room's key, so that what is sealed next need not wait for it. */
	prepare: { input: readers, output: nothing },
	/** The person has seen that somebody's identity is another one now, and goes on. */
	acceptIdentities: { input: z.object({ userIds: z.array(id).max(1_000) }), output: nothing },
	/** Opens events, in order. */
	decrypt: {
		input: z.object({ events: z.array(sealedEvent).max(10_000) }),
		output: z.object({ results: z.array(readResult) }),
	},
	/** What was sent to this device and will never come: too much waited for it, or engines ended over it. */
	inboxLosses: { input: nothing, output: z.object({ dropped: z.number(), setAside: z.number() }) },
	/** How the device stands. */
	status: { input: nothing, output: z.object({ identity: identityStatus }) },
	...recoveryCalls,
	...historyCalls,
	...verificationCalls,
	/** Ends the engine and deletes what it kept. */
	forget: { input: nothing, output: nothing },
} as const satisfies Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;

export type CryptoCallName = keyof typeof cryptoCalls;
export type CryptoInput<C extends CryptoCallName> = z.infer<(typeof cryptoCalls)[C]["input"]>;
export type CryptoOutput<C extends CryptoCallName> = z.infer<(typeof cryptoCalls)[C]["output"]>;

/** A call on its way to the worker. `page` and `id` bring its answer back. */
export const cryptoCall = z.object({
	kind: z.literal("call"),
	page: z.string(),
	id: z.int(),
	call: z.enum(Object.keys(cryptoCalls) as [CryptoCallName, ...CryptoCallName[]]),
	input: z.unknown(),
});

/** Why a call failed. */
export const cryptoFailure = z.enum([
	/** What was asked is not what the table says. */
	"bad-call",
	/** The server could not be reached, or refused; the same call may work later. */
	"unreachable",
	/** Somebody's identity is not the one that it was: nothing was sealed for it. */
	"identity-changed",
	/** Nobody vouches for this device yet: what it seals nobody would be shown. */
	"device-unverified",
	/** This browser gives no place to keep keys in. */
	"no-storage",
	/** The browser has no room left: nothing was lost, and nothing can be taken in. */
	"storage-full",
	/** The store was emptied while the session went on: under this device's name the server has other keys. */
	"store-lost",
	/** The crypto module is not the one that this app was built with. */
	"wasm-refused",
	/** What it kept was deleted: there is no engine for this device any more. */
	"forgotten",
	/** The engine broke down; it is started anew. */
	"broken",
	"internal",
]);

/** Failures that last until somebody does something about them. */
export const engineTrouble = z.enum(["no-storage", "storage-full", "store-lost", "wasm-refused"]);

/** What the worker says. */
export const cryptoReply = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("answer"), page: z.string(), id: z.int(), output: z.unknown() }),
	z.object({ kind: z.literal("failure"), page: z.string(), id: z.int(), code: cryptoFailure }),
	/** It listens from now on: what was asked before may be lost. */
	z.object({ kind: z.literal("here") }),
	/** Keys have come, or are not to come: what could not be read for want of them may be tried again. */
	z.object({ kind: z.literal("roomKeys"), sessions: z.array(z.object({ roomId: z.string(), sessionId: z.string() })) }),
	/** People whose devices or identities are not what they were. */
	z.object({ kind: z.literal("people"), userIds: z.array(z.string()) }),
	z.object({ kind: z.literal("identity"), status: identityStatus }),
	/** How the backup of room keys stands. */
	z.object({ kind: z.literal("backup"), state: backupState }),
	/** How far bringing keys back is. */
	z.object({ kind: z.literal("restore"), progress: restoreProgress }),
	/** Something that only a person can put right. */
	z.object({ kind: z.literal("trouble"), trouble: engineTrouble }),
	/** Verifications, whenever one stands otherwise; a new engine knows of none, and those before it are lost. */
	z.object({
		kind: z.literal("verifications"),
		verifications: z.array(verificationSnapshot),
		isNewEngine: z.boolean(),
	}),
	/** It cannot go on and ends; the next one takes over where it was. */
	z.object({ kind: z.literal("ending") }),
]);

export type CryptoCall = z.infer<typeof cryptoCall>;
export type CryptoReply = z.infer<typeof cryptoReply>;
export type CryptoNews = Exclude<CryptoReply, { readonly kind: "answer" | "failure" | "here" | "ending" }>;
export type CryptoFailureCode = z.infer<typeof cryptoFailure>;
export type EngineTrouble = z.infer<typeof engineTrouble>;
export type EngineAccount = z.infer<typeof engineAccount>;
export type RoomKeySettings = z.infer<typeof roomKeySettings>;
export type SealedEvent = z.infer<typeof sealedEvent>;
export type ReadResult = z.infer<typeof readResult>;
export type IdentityStatus = z.infer<typeof identityStatus>;
