import { addWords } from "../words.ts";

/** What keeps encrypted messages from being opened in this browser, and what to do about it. */
export const troubleText = addWords({
	"trouble.label": "Encryption in this browser",
	"trouble.no-storage":
		"This browser keeps nothing for this site, so encrypted messages can’t be opened. Allow it to store data, or leave the private window.",
	"trouble.storage-full":
		"There is no room left on this device. Make some: what you wrote is sent then, and what came is opened.",
	"trouble.wasm-refused": "The part that opens encrypted messages did not load as it was built.",
	"trouble.store-lost": "This browser has lost the keys to your messages.",
	"trouble.reload": "Try again",
	"trouble.signInAgain": "Sign in again",
	"trouble.lostTitle": "Sign in again?",
	"trouble.lostText":
		"The browser emptied the place where the keys to your messages were. Signed in again, this is a new device: your recovery key, or another device of yours, opens your messages here. Nothing that your server has is lost, and what you wrote and was not sent yet waits for you.",
});
