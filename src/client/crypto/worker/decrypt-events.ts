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
	machine: Pick<OlmMachine, "decryptRoomEvent">,
	memory: Pick<EngineMemory, "firstSeen">,
	events: readonly SealedEvent[],
): Promise<ReadResult[]> => {
	const opened: Opened[] = [];
	// One after the other: the machine does one thing at a time, and a batch is in order for it to follow.
	for (const event of events) opened.push(await open(machine, event));
	const seen = opened.flatMap((one) => one.seen ?? []);
	const first = new Map((await memory.firstSeen(seen)).map((eventId, index) => [seen[index]?.place, eventId]));
	return opened.map(({ result, seen: place }) => {
		if (place === undefined || first.get(place.place) === place.eventId) return result;
		return { kind: "unreadable", reason: "replayed" };
	});
};

const open = async (machine: Pick<OlmMachine, "decryptRoomEvent">, event: SealedEvent): Promise<Opened> => {
	const sealed = sealedContent.safeParse(event.content);
	const index = sealed.success ? messageIndexOf(sealed.data.ciphertext) : undefined;
	if (!sealed.success || index === undefined) return { result: { kind: "unreadable", reason: "damaged" } };
	const sessionId = sealed.data.session_id;
	const seen = { place: `${sessionId} ${index}`, eventId: event.eventId };
	try {
		return { result: await read(machine, event, TrustRequirement.CrossSignedOrLegacy), seen };
	} catch (error) {
		const reason = reasonIn(error);
		const verifying = reason === "identity-changed" ? await readVerification(machine, event) : undefined;
		if (verifying !== undefined) return { result: verifying, seen };
		return { result: { kind: "unreadable", reason, sessionId } };
	}
};

const read = async (
	machine: Pick<OlmMachine, "decryptRoomEvent">,
	event: SealedEvent,
	trust: TrustRequirement,
): Promise<Extract<ReadResult, { readonly kind: "read" }>> => {
	const settings = new DecryptionSettings(trust);
	using decrypted = await machine.decryptRoomEvent(toMatrix(event), new RoomId(event.roomId), settings);
	const { type, content } = openedEvent.parse(JSON.parse(decrypted.event));
	using shield = decrypted.shieldState(false);
	const isVouched = shield.code !== ShieldStateCode.UnsignedDevice && shield.code !== ShieldStateCode.UnknownDevice;
	return { kind: "read", type, content, isVouched };
};

/**
 * Of somebody whose verified identity is another one now nothing is believed but what verifies them anew, which proves by
 * itself who it is from. Anything else stays closed.
 */
const readVerification = async (
	machine: Pick<OlmMachine, "decryptRoomEvent">,
	event: SealedEvent,
): Promise<ReadResult | undefined> => {
	try {
		const opened = await read(machine, event, TrustRequirement.Untrusted);
		return isVerificationEvent(opened.type, opened.content) ? opened : undefined;
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
