import type { WireEncryptedContent } from "../../src/shared/wire/encrypted-content.ts";

/** Content of the right shape, which nobody has encrypted: servers can't tell. */
export const encryptedContent = (
	ciphertext: string,
	relation?: WireEncryptedContent["m.relates_to"],
): WireEncryptedContent => ({
	algorithm: "m.megolm.v1.aes-sha2",
	ciphertext,
	session_id: "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
	sender_key: "Szl29ksW/L8yZGWAX+8dY1XyFi+i5wm+DRhTGkbMiwU",
	device_id: "JLAFKJWSCS",
	...(relation === undefined ? {} : { "m.relates_to": relation }),
});
