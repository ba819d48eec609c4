/** Why an encrypted message cannot be read, each a different case for whoever reads and for whoever repairs. */
export const unreadableReasons = [
	/** Its key has not come. */
	"no-key",
	/** The sender keeps it from this device, since nobody vouches for the device. */
	"withheld-unverified",
	/** The sender keeps it from this device for a reason of their own. */
	"withheld",
	/** The key that came begins behind it. */
	"key-begins-later",
	/** It has no key here and is from before its reader came: nobody had to give them one. */
	"before-you",
	/** The device that sent it is not known, or no longer. */
	"sender-unknown",
	/** Nobody vouches for the device that sent it. */
	"sender-unverified",
	/** The sender's identity was verified, and is another one now. */
	"identity-changed",
	/** The key is not the sender's. */
	"sender-mismatch",
	/** The same ciphertext came before, as another event. */
	"replayed",
	/** It was altered, or is of an algorithm that is not spoken here. */
	"damaged",
] as const;

export type UnreadableReason = (typeof unreadableReasons)[number];
