/**
 * The part of the table of calls by which two devices make sure that there is nobody between them: two of one person, or two
 * of two people. What a page is told of it opens nothing; what a QR code says is asked for by itself, to be drawn and no more.
 * Matrix v1.19 Client-Server API, "Key verification framework".
 */
import * as z from "zod";
import { roomKeySettings } from "./room-key-settings.ts";

const id = z.string().min(1).max(255);
const nothing = z.object({});
const codeBytes = z.array(z.int().min(0).max(255)).min(1).max(3_000);

/** Why it came to an end without a result. */
export const verificationEnd = z.enum([
	/** Somebody ended it there. */
	"declined",
	/** Ten minutes are over. */
	"timeout",
	/** Another device of the same person answered. */
	"elsewhere",
	/** What the two showed was not the same: somebody may be between them. */
	"mismatch",
	/** The keys are not those that they were said to be: somebody may be between them. */
	"tampered",
	/** The code belongs to another device, or was altered. */
	"other-code",
	/** They have no way in common. */
	"no-way",
	/** The engine that knew of it is gone. */
	"lost",
	/** Two asked at once, which ends both. */
	"crossed",
	/** What came makes no sense, or one of them lost what it knew of it. */
	"confused",
]);

/** Where it stands, seen from here. */
export const verificationStep = z.discriminatedUnion("kind", [
	/** One has asked and the other has not answered. */
	z.object({ kind: z.literal("asked") }),
	/** Both are there: how goes on is either's choice. */
	z.object({ kind: z.literal("ready"), canShow: z.boolean(), canScan: z.boolean(), canCompare: z.boolean() }),
	/** The other device has its turn. `hasRead`: the code was the right one, which has to be said there. */
	z.object({ kind: z.literal("waiting"), hasRead: z.boolean() }),
	/** Both show the same, by index into the specification's table, or as three numbers. */
	z.object({
		kind: z.literal("compare"),
		emoji: z.array(z.int().min(0).max(63)),
		numbers: z.array(z.int()),
	}),
	/** The code that is shown here was read, somebody says: the other device shows whether it was that one. */
	z.object({ kind: z.literal("scanned") }),
	z.object({ kind: z.literal("done") }),
	z.object({ kind: z.literal("ended"), why: verificationEnd }),
]);

/** One verification, as pages know it. */
export const verificationSnapshot = z.object({
	flowId: id,
	/** The other person; oneself where both devices are one's own. */
	userId: id,
	isSelf: z.boolean(),
	/** The other device, once it is known. */
	deviceId: id.optional(),
	/** It was begun here. */
	isOurs: z.boolean(),
	/** In which chat it goes on, with another person. */
	roomId: id.optional(),
	step: verificationStep,
});

/** `changed`: another identity than the one that was known; `was-verified`: and that one was verified. */
export const personTrust = z.enum(["none", "known", "verified", "changed", "was-verified"]);

const flow = z.object({ userId: id, flowId: id });
/** Who is in the chat that a verification goes through. */
const place = z.object({ roomId: id, userIds: z.array(id).max(1_000), settings: roomKeySettings });

export const verificationCalls = {
	verifications: { input: nothing, output: z.object({ verifications: z.array(verificationSnapshot) }) },
	/** Asks one's other devices, or one of them. */
	askOwnDevices: {
		input: z.object({ deviceId: id.optional(), canScan: z.boolean() }),
		output: z.object({ flowId: z.string().optional() }),
	},
	/** Asks somebody else, in a chat with them. No flow: they have no identity that could be verified. */
	askPerson: {
		input: z.object({ userId: id, place, canScan: z.boolean() }),
		output: z.object({ flowId: z.string().optional() }),
	},
	/** Says yes to somebody who asked; `place`: where they asked, if that was in a chat. */
	acceptVerification: { input: flow.extend({ place: place.optional(), canScan: z.boolean() }), output: nothing },
	/** Both shall show the same emoji. */
	compareEmoji: { input: flow, output: nothing },
	/** The code for the other device to read; none where that is not possible. */
	verificationCode: { input: flow, output: z.object({ bytes: codeBytes.optional() }) },
	/** The other device's code, as it was read here. */
	scanCode: { input: flow.extend({ bytes: codeBytes }), output: nothing },
	/** They are the same; or the other device has read the code. */
	confirmVerification: { input: flow, output: nothing },
	/** They are not the same. */
	denyVerification: { input: flow, output: nothing },
	/** Ends it, or puts away what has ended. */
	endVerification: { input: flow, output: nothing },
	/** Somebody's devices, and whether their identity vouches for each. */
	devicesOf: {
		input: z.object({ userId: id }),
		output: z.object({
			devices: z.array(z.object({ deviceId: z.string(), name: z.string().optional(), isVouchedFor: z.boolean() })),
		}),
	},
	/** Those of them whom this device's person has verified, by what the device knows: nobody is asked. */
	verifiedAmong: {
		input: z.object({ userIds: z.array(id).max(1_000) }),
		output: z.object({ userIds: z.array(z.string()) }),
	},
	/** How somebody else stands with this device's person. */
	trustOf: {
		input: z.object({ userIds: z.array(id).max(1_000) }),
		output: z.object({
			people: z.array(
				z.object({
					userId: z.string(),
					trust: personTrust,
				}),
			),
		}),
	},
} as const satisfies Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;

export type VerificationEnd = z.infer<typeof verificationEnd>;
export type VerificationStep = z.infer<typeof verificationStep>;
export type VerificationSnapshot = z.infer<typeof verificationSnapshot>;
export type PersonTrust = z.infer<typeof personTrust>;
export type VerificationPlace = z.infer<typeof place>;
