/**
 * Opens room events, and says of each that it cannot open why. What the machine lets through is looked at once more: the
 * same ciphertext must not come as two events. Matrix v1.19 Client-Server API, "m.megolm.v1.aes-sha2".
 */
import {
	DecryptionErrorCode,
	DecryptionSettings,
	MegolmDecryptionError,
	type OlmMachine,
	RoomId,
	ShieldStateCode,
	TrustRequirement,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import * as z from "zod";
import type { UnreadableReason } from "../../../shared/wire/unreadable-reasons.ts";
import type { ReadResult, SealedEvent } from "../crypto-message.ts";
import type { EngineMemory, SeenCiphertext } from "./engine-memory.ts";
import { createKeyMakers } from "./key-makers.ts";
import { messageIndexOf } from "./message-index.ts";
import { isVerificationEvent } from "./verification/room-channel.ts";

const sealedContent = z.object({
	algorithm: z.literal("m.megolm.v1.aes-sha2"),
	ciphertext: z.string(),
	session_id: z.string(),
});
const openedEvent = z.object({ type: z.string(), content: z.record(z.string(), z.unknown()) });

interface Opened {
	readonly result: ReadResult;
	readonly seen?: SeenCiphertext;
}

export const decryptEvents = async (
	machine: Pick<OlmMachine, "decryptRoomEvent" | "getUserDevices" | "trackedUsers">,
	memory: Pick<EngineMemory, "firstSeen">,
	events: readonly SealedEvent[],
): Promise<ReadResult[]> => {
	const opened: Opened[] = [];
	// One after the other: the machine does one thing at a time, and a batch is in order for it to follow.
	const makers = createKeyMakers(machine);
	for (const event of events) opened.push(await open(machine, event, makers));
	const seen = opened.flatMap((one) => one.seen ?? []);
	const first = new Map((await memory.firstSeen(seen)).map((eventId, index) => [seen[index]?.place, eventId]));
	return opened.map(({ result, seen: place }) => {
		if (place === undefined || first.get(place.place) === place.eventId) return result;
		return { kind: "unreadable", reason: "replayed" };
	});
};

const open = async (
	machine: Pick<OlmMachine, "decryptRoomEvent">,
	event: SealedEvent,
	makers: ReturnType<typeof createKeyMakers>,
): Promise<Opened> => {
	const sealed = sealedContent.safeParse(event.content);
	const index = sealed.success ? messageIndexOf(sealed.data.ciphertext) : undefined;
	if (!sealed.success || index === undefined) return { result: { kind: "unreadable", reason: "damaged" } };
	const sessionId = sealed.data.session_id;
	const seen = { place: `${sessionId} ${index}`, eventId: event.eventId };
	/** A key that was handed on is bound to nobody: that another's device is known to have made it is looked for here. */
	const unlessOthers = async ({ result, handedOnOf }: Read): Promise<ReadResult> => {
		const isOthers = handedOnOf !== undefined && (await makers.isOthers(event.sender, handedOnOf));
		return isOthers ? { kind: "unreadable", reason: "sender-mismatch", sessionId } : result;
	};
	try {
		return { result: await unlessOthers(await read(machine, event, TrustRequirement.CrossSignedOrLegacy)), seen };
	} catch (error) {
		const reason = reasonIn(error);
		const otherwise = await readOtherwise(machine, event, reason);
		if (otherwise !== undefined) return { result: await unlessOthers(otherwise), seen };
		return { result: { kind: "unreadable", reason, sessionId } };
	}
};

interface Read {
	readonly result: Extract<ReadResult, { readonly kind: "read" }>;
	/** The device that made the key, in unpadded base64, where whoever gave it to this one said so and nothing proves it. */
	readonly handedOnOf: string | undefined;
}

const read = async (
	machine: Pick<OlmMachine, "decryptRoomEvent">,
	event: SealedEvent,
	trust: TrustRequirement,
): Promise<Read> => {
	const settings = new DecryptionSettings(trust);
	using decrypted = await machine.decryptRoomEvent(toMatrix(event), new RoomId(event.roomId), settings);
	const { type, content } = openedEvent.parse(JSON.parse(decrypted.event));
	using shield = decrypted.shieldState(false);
	const isVouched = shield.code !== ShieldStateCode.UnsignedDevice && shield.code !== ShieldStateCode.UnknownDevice;
	return {
		result: { kind: "read", type, content, isVouched },
		handedOnOf: shield.code === ShieldStateCode.AuthenticityNotGuaranteed ? decrypted.senderCurve25519Key : undefined,
	};
};

/**
 * What the machine refuses and is to be read all the same.
 * - Of somebody whose verified identity is another one now nothing is believed but what verifies them anew, which proves by
 *   itself who it is from.
 * - A key that was handed on (from the backup, or by whoever invited) is believed as they are. So does the machine, until it
 *   hears of its maker's devices: then it looks for a proof that a key handed on cannot have, finds none, and would refuse
 *   from then on what it let through before.
 */
const readOtherwise = async (
	machine: Pick<OlmMachine, "decryptRoomEvent">,
	event: SealedEvent,
	reason: UnreadableReason,
): Promise<Read | undefined> => {
	if (reason !== "identity-changed" && reason !== "sender-unknown") return undefined;
	try {
		const opened = await read(machine, event, TrustRequirement.Untrusted);
		const { result, handedOnOf } = opened;
		const isVerifying = isVerificationEvent(result.type, result.content);
		const isBelieved = reason === "sender-unknown" ? handedOnOf !== undefined : isVerifying;
		return isBelieved ? opened : undefined;
	} catch (error) {
		reasonIn(error);
		return undefined;
	}
};

const toMatrix = ({ roomId, eventId, sender, originServerTs, content }: SealedEvent): string =>
	JSON.stringify({
		...{ type: "m.room.encrypted", event_id: eventId, sender, room_id: roomId },
		...{ origin_server_ts: originServerTs, content },
	});

const reasonIn = (error: unknown): UnreadableReason => {
	// What is no refusal of the machine's is its end, which whoever asked has to hear of.
	if (error instanceof WebAssembly.RuntimeError) throw error;
	if (!(error instanceof MegolmDecryptionError)) return "damaged";
	const { code, withheldCode } = error;
	error.free();
	switch (code) {
		case DecryptionErrorCode.MissingRoomKey:
			if (withheldCode === undefined) return "no-key";
			return withheldCode === "m.unverified" ? "withheld-unverified" : "withheld";
		case DecryptionErrorCode.UnknownMessageIndex:
			return "key-begins-later";
		case DecryptionErrorCode.UnknownSenderDevice:
			return "sender-unknown";
		case DecryptionErrorCode.UnsignedSenderDevice:
			return "sender-unverified";
		case DecryptionErrorCode.SenderIdentityVerificationViolation:
			return "identity-changed";
		case DecryptionErrorCode.MismatchedIdentityKeys:
		case DecryptionErrorCode.MismatchedSender:
			return "sender-mismatch";
		default:
			return "damaged";
	}
};
