import * as z from "zod";
import { wireEventId } from "./identifiers.ts";
import { megolm } from "./room-encryption.ts";

/** Unpadded base64, as Olm and Megolm write it. */
const base64 = z.string().regex(/^[A-Za-z0-9+/]+$/);
const key = base64.max(64);

/** What an encrypted event says in clear of its relation to another: a reply, an edit, a step of a verification. */
const relation = z.union([
	z.strictObject({ "m.in_reply_to": z.strictObject({ event_id: wireEventId }) }),
	z.strictObject({ rel_type: z.enum(["m.replace", "m.reference"]), event_id: wireEventId }),
]);

/**
 * The content of an encrypted event. The ciphertext is bounded by what an event may be: 65,536 bytes in all, so that some
 * 48,000 bytes of plain text fit. Matrix v1.19 Client-Server API, "m.room.encrypted".
 */
export const wireEncryptedContent = z.strictObject({
	algorithm: z.literal(megolm),
	ciphertext: base64.max(65_536),
	session_id: key,
	/** Old clients want it; nobody may rely on it. */
	sender_key: key.optional(),
	device_id: z.string().min(1).max(255).optional(),
	"m.relates_to": relation.optional(),
});

export type WireEncryptedContent = z.infer<typeof wireEncryptedContent>;

/** The event that the content relates to. */
export const relatedEventId = ({ "m.relates_to": relation }: WireEncryptedContent): string | undefined => {
	if (relation === undefined) return undefined;
	return "m.in_reply_to" in relation ? relation["m.in_reply_to"].event_id : relation.event_id;
};
