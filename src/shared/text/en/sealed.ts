import { addWords } from "../words.ts";

/** What is said of a message that came encrypted, or in clear where others are encrypted. */
export const sealedText = addWords({
	"sealed.inClear": "not encrypted",
	"closed.starting": "Opening…",
	"closed.no-engine": "This browser can’t open encrypted messages.",
	"closed.no-key": "The key to this message has not come yet.",
	"closed.withheld-unverified": "Approve this device on another one of yours to read this.",
	"closed.withheld": "The sender gave this device no key to it.",
	"closed.key-begins-later": "From before this device could read here.",
	"closed.before-you": "From before you came here.",
	"closed.sender-unknown": "From a device that is not known any more.",
	"closed.sender-unverified": "From a device that its owner does not vouch for.",
	"closed.identity-changed": "The sender’s identity has changed.",
	"closed.sender-mismatch": "Somebody else wrote this in the sender’s name.",
	"closed.replayed": "An old message, handed out once more.",
	"closed.damaged": "This message was changed on its way.",
});
