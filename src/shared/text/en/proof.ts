import { addWords } from "../words.ts";

/** That it is still the account's own person who sits there. */
export const proofText = addWords({
	"proof.password": "Your password",
	"proof.wrongPassword": "That is not your password.",
	"proof.passkey": "You’ll be asked for your passkey.",
	"proof.provider": "Your identity provider",
	"proof.providerFirst": "{name} asks you first, and brings you back here.",
	"proof.providerDone": "{name} knows that it’s you.",
	"proof.providerFailed": "{name} did not confirm that it’s you. Try again.",
	"proof.providerAgain": "{name} has to ask you once more.",
});
